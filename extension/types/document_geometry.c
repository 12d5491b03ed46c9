/*
 * document_geometry.c - the geometry object of a document
 *
 * Takes its members as the parser meets them, and leaves their order free: what
 * the coordinates mean is known only when the type has been read, too.
 */
#include "document.h"

void
geometry_end(Parser *p)
{
	if (!p->kind_seen)
		parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION, NULL, "geometry has no type");
	else if (!p->coordinates_seen)
		parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION,
			 "Write \"geometry\": null for a record that is not located.",
			 "geometry has no coordinates");
	p->mode = PARSE_DOCUMENT;
}

/* A member of the geometry object. */
void
geometry_member(Parser *p, const char *name)
{
	if (strcmp(name, "type") == 0)
		(void) parser_see_once(p, &p->kind_seen);
	else if (strcmp(name, "coordinates") == 0)
	{
		if (parser_see_once(p, &p->coordinates_seen))
		{
			p->mode = PARSE_COORDINATES;
			p->mode_depth = p->depth;
			collect_begin(&p->coordinates, p->drop_z);
		}
	}
	else if (strcmp(name, "bbox") == 0)
	{
		if (parser_see_once(p, &p->bbox_seen))
		{
			p->mode = PARSE_IGNORED;
			p->mode_depth = p->depth;
		}
	}
	else if (strcmp(name, "geometries") == 0)
		parser_fail(p, ERRCODE_FEATURE_NOT_SUPPORTED,
			 "Make one record of each member, or write the parts as one multi geometry.",
			 "a geometry collection cannot be an extent");
	else
		parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION,
			 "What else the paper says of the place belongs in properties.location.",
			 "geometry has a member other than type, coordinates and bbox");
}

void
coordinates_fault(Parser *p, const char *fault)
{
	if (fault == NULL)
		return;
	parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION,
		 strstr(fault, "more than two") ?
		 "Extents are flat: leave out heights, or load with mf_load or mf_make, which can drop them." : NULL,
		 fault);
}

/* A scalar inside the geometry object. */
void
geometry_scalar(Parser *p, const char *token, JsonTokenType type)
{
	if (strcmp(p->frames[p->depth - 1].key, "type") != 0)
		return;
	if (type != JSON_TOKEN_STRING)
	{
		parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION, NULL,
			 "type of a geometry must be a string");
		return;
	}
	p->kind = kind_from_name(token, strlen(token));
	if (p->kind == MF_UNLOCATED)
		parser_fail(p, ERRCODE_FEATURE_NOT_SUPPORTED,
			 "Extents are Point, LineString, Polygon and their Multi forms.",
			 "geometry of this type cannot be an extent");
}

void
coordinate_scalar(Parser *p, const char *token, JsonTokenType type)
{
	double		value;

	if (type != JSON_TOKEN_NUMBER)
		parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION,
			 type == JSON_TOKEN_NULL ?
			 "Write \"geometry\": null for a record that is not located." : NULL,
			 "coordinate is not a number");
	else if (parser_number(p, token, &value))
		coordinates_fault(p, collect_number(&p->coordinates, value));
}

bool
parser_extent(Parser *p, MfExtent *extent)
{
	char	   *path = psprintf("%s/geometry", p->base);
	const char *fault;

	memset(extent, 0, sizeof(*extent));
	if (!p->coordinates_seen)
		return true;
	fault = collect_finish(&p->coordinates, p->kind, extent);
	if (fault != NULL)
	{
		mf_error_set(p->error, ERRCODE_INVALID_TEXT_REPRESENTATION,
					 psprintf("%s/coordinates", path), NULL, "%s", fault);
		return false;
	}
	return extent_check(extent, path, p->error);
}
