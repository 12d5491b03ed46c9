/*
 * collect.c - gathering GeoJSON coordinates while they are parsed
 *
 * Keeps a million vertices as a flat array of doubles rather than as a tree
 * of JSON values.
 */
#include "mf_collect.h"

void
collect_begin(MfCollector *c, bool drop_z)
{
	memset(c, 0, sizeof(*c));
	c->drop_z = drop_z;
	initStringInfo(&c->xy);
	initStringInfo(&c->rings);
	initStringInfo(&c->parts);
}

const char *
collect_array_start(MfCollector *c)
{
	if (c->level == MF_COORDINATE_DEPTH)
		return "coordinates are nested too deeply";
	if (c->leaf != 0 && c->level >= c->leaf)
		return "position has an array where a number must be";
	c->children[c->level]++;
	c->level++;
	c->children[c->level] = 0;
	return NULL;
}

static void
append_count(StringInfo counts, uint32 *count)
{
	appendBinaryStringInfo(counts, (const char *) count, sizeof(uint32));
	*count = 0;
}

const char *
collect_array_end(MfCollector *c)
{
	int			level = c->level--;

	if (c->children[level] == 0)
	{
		if (level != 1)
			return "coordinates have an empty array inside";
		c->empty = true;
		return NULL;
	}
	if (level == c->leaf)
	{
		if (c->children[level] < 2)
			return "position has fewer than two numbers";
		c->npoints++;
		c->ring_points++;
	}
	else if (level == c->leaf - 1)
	{
		append_count(&c->rings, &c->ring_points);
		c->part_rings++;
	}
	else if (level == c->leaf - 2)
		append_count(&c->parts, &c->part_rings);
	return NULL;
}

const char *
collect_number(MfCollector *c, double value)
{
	if (c->level == 0)
		return "coordinates are not an array";
	if (c->leaf == 0)
	{
		/* a number beside an array: the arrays came first at this level */
		if (c->children[c->level] > 0)
			return "coordinates are nested unevenly";
		c->leaf = c->level;
	}
	else if (c->level != c->leaf)
		return "coordinates are nested unevenly";
	if (++c->children[c->level] > 2)
	{
		if (!c->drop_z)
			return "position has more than two numbers";
		c->dropped = true;
		return NULL;
	}
	appendBinaryStringInfo(&c->xy, (const char *) &value, sizeof(double));
	return NULL;
}

/* n ones, for kinds whose parts are rings or points of one. */
static const uint32 *
ones(uint32 n)
{
	uint32	   *array = palloc(sizeof(uint32) * Max(n, 1));

	for (uint32 i = 0; i < n; i++)
		array[i] = 1;
	return array;
}

const char *
collect_finish(MfCollector *c, MfKind kind, MfExtent *extent)
{
	static const int leaf_of_kind[] = {0, 1, 2, 3, 2, 3, 4};

	memset(extent, 0, sizeof(*extent));
	extent->kind = kind;
	if (c->empty && c->npoints == 0)
		return NULL;
	if (c->leaf != leaf_of_kind[kind])
		return "coordinates are not nested as this type of geometry wants";
	extent->npoints = c->npoints;
	extent->xy = (const double *) c->xy.data;
	switch (kind)
	{
		case MF_POINT:
		case MF_MULTIPOINT:
			extent->nparts = extent->nrings = c->npoints;
			extent->part_rings = extent->ring_points = ones(c->npoints);
			break;
		case MF_LINESTRING:
		case MF_MULTILINESTRING:
			extent->nparts = extent->nrings = c->rings.len / sizeof(uint32);
			extent->part_rings = ones(extent->nparts);
			extent->ring_points = (const uint32 *) c->rings.data;
			break;
		default:
			extent->nparts = c->parts.len / sizeof(uint32);
			extent->nrings = c->rings.len / sizeof(uint32);
			extent->part_rings = (const uint32 *) c->parts.data;
			extent->ring_points = (const uint32 *) c->rings.data;
	}
	return NULL;
}
