/*
 * postgis.c - the only file that knows PostGIS
 *
 * Geometry is read in place from its stored form (GSERIALIZED version 2) and
 * written as EWKB through geometry's own receive function, so that results
 * stay right if PostGIS changes what it stores.  Once per backend the reader
 * is checked against a known value; when it does not agree, or when a value
 * has a form it does not know, reading goes through geometry's send function
 * instead: slow and right.
 */
#include "mf_bridge.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "parser/parse_func.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#define SRID_LONLAT		4326

/* gserialized v2 flag bits */
#define GFLAG_Z			0x01
#define GFLAG_M			0x02
#define GFLAG_BBOX		0x04
#define GFLAG_GEODETIC	0x08
#define GFLAG_EXTENDED	0x10
#define GFLAG_VERSION	0x40
#define GFLAG_UNKNOWN	0xA0

#define GEOM_COLLECTION 7
#define GEOM_LAST_KNOWN 7

/* srid and flags, optional extended flags, largest box, type word */
#define GEOMETRY_SLICE	(8 + 32 + 8 + 4)

/* What is known of the installed PostGIS; reloaded when pg_type changes. */
static struct
{
	bool		valid;
	bool		checked;		/* the self-check has run */
	bool		slow;			/* and failed */
	Oid			type;
	uint32		hash;
	Oid			extension_schema;
	FmgrInfo	receive;
	FmgrInfo	send;
	Oid			ioparam;
	MemoryContext context;
}			postgis;

/* A geometry while it is read, before it is an extent. */
typedef struct GeometryReader
{
	const uint8 *p;
	const uint8 *end;
	int			ndims;
	bool		ewkb;			/* rather than gserialized */
	MfKind		kind;
	StringInfoData parts;		/* uint32 each */
	StringInfoData rings;		/* uint32 each */
	StringInfoData xy;			/* doubles */
	uint32		npoints;
	const char *unsupported;	/* why not, when reading failed */
} GeometryReader;

/* ---- finding PostGIS ---- */

static void
postgis_invalidate(Datum arg, int cacheid, uint32 hashvalue)
{
	if (hashvalue == 0 || hashvalue == postgis.hash)
		postgis.valid = false;
}

void
mf_postgis_init(void)
{
	CacheRegisterSyscacheCallback(TYPEOID, postgis_invalidate, (Datum) 0);
}

/* The schema of an extension; get_extension_schema() exists from 16 on. */
static Oid
extension_schema(Oid extension)
{
	Relation	rel = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			schema = InvalidOid;

	ScanKeyInit(&key, Anum_pg_extension_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(extension));
	scan = systable_beginscan(rel, ExtensionOidIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		schema = ((Form_pg_extension) GETSTRUCT(tuple))->extnamespace;
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return schema;
}

static void
postgis_load(void)
{
	Oid			extension;
	Oid			type = InvalidOid;
	Oid			func;
	bool		varlena;

	if (postgis.valid)
		return;
	extension = get_extension_oid("postgis", true);
	if (OidIsValid(extension))
	{
		postgis.extension_schema = extension_schema(extension);
		type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
							   CStringGetDatum("geometry"),
							   ObjectIdGetDatum(postgis.extension_schema));
	}
	if (!OidIsValid(type))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("extension \"postgis\" is not installed in this database"),
				 errhint("Run CREATE EXTENSION postgis.")));

	if (postgis.context == NULL)
		postgis.context = AllocSetContextCreate(CacheMemoryContext,
												"minefield postgis functions",
												ALLOCSET_SMALL_SIZES);
	else
		MemoryContextReset(postgis.context);
	getTypeBinaryInputInfo(type, &func, &postgis.ioparam);
	fmgr_info_cxt(func, &postgis.receive, postgis.context);
	getTypeBinaryOutputInfo(type, &func, &varlena);
	fmgr_info_cxt(func, &postgis.send, postgis.context);
	postgis.type = type;
	postgis.hash = GetSysCacheHashValue1(TYPEOID, ObjectIdGetDatum(type));
	postgis.checked = false;
	postgis.valid = true;
}

Oid
mf_geometry_oid(void)
{
	postgis_load();
	return postgis.type;
}

char *
mf_postgis_version(void)
{
	Oid			function;

	postgis_load();
	function = LookupFuncName(list_make2(makeString(get_namespace_name(postgis.extension_schema)),
										 makeString(pstrdup("postgis_lib_version"))),
							  0, NULL, false);
	return text_to_cstring(DatumGetTextPP(OidFunctionCall0(function)));
}

/* ---- reading ---- */

static bool
reader_fail(GeometryReader *r, const char *why)
{
	r->unsupported = why;
	return false;
}

static bool
read_u32(GeometryReader *r, uint32 *value)
{
	if (r->end - r->p < 4)
		return reader_fail(r, "it ends too early");
	memcpy(value, r->p, 4);
	r->p += 4;
	return true;
}

static bool
read_points(GeometryReader *r, uint32 n)
{
	Size		size;

	if (n > (Size) (r->end - r->p) / (8 * r->ndims))
		return reader_fail(r, "it ends too early");
	size = (Size) n * 8 * r->ndims;
	if (r->ndims == 2)
		appendBinaryStringInfo(&r->xy, (const char *) r->p, size);
	else
	{
		for (uint32 i = 0; i < n; i++)
			appendBinaryStringInfo(&r->xy,
								   (const char *) r->p + (Size) i * 8 * r->ndims, 16);
	}
	r->p += size;
	r->npoints += n;
	return true;
}

static bool
add_part(GeometryReader *r, uint32 nrings)
{
	appendBinaryStringInfo(&r->parts, (const char *) &nrings, 4);
	return true;
}

static bool
add_ring(GeometryReader *r, uint32 npoints)
{
	appendBinaryStringInfo(&r->rings, (const char *) &npoints, 4);
	return read_points(r, npoints);
}

/* One Point or LineString; an empty one adds no part. */
static bool
read_simple(GeometryReader *r, bool point)
{
	uint32		n = 1;

	/* EWKB writes a point without a count, an empty one as NaN NaN */
	if (!(point && r->ewkb) && !read_u32(r, &n))
		return false;
	if (point && r->ewkb && r->end - r->p >= 16)
	{
		double		c[2];

		memcpy(c, r->p, 16);
		if (isnan(c[0]) && isnan(c[1]))
		{
			r->p += 8 * r->ndims;
			return true;
		}
	}
	return n == 0 || (add_part(r, 1) && add_ring(r, n));
}

static bool
read_polygon(GeometryReader *r)
{
	uint32		nrings;
	const uint8 *counts;

	if (!read_u32(r, &nrings))
		return false;
	if (nrings > (Size) (r->end - r->p) / 4)
		return reader_fail(r, "it ends too early");
	if (r->ewkb)
	{
		if (nrings > 0)
			add_part(r, nrings);
		for (uint32 i = 0; i < nrings; i++)
		{
			uint32		n;

			if (!read_u32(r, &n) || !add_ring(r, n))
				return false;
		}
		return true;
	}
	counts = r->p;
	r->p += 4 * ((Size) nrings + (nrings & 1));
	if (r->p > r->end)
		return reader_fail(r, "it ends too early");
	if (nrings == 1)
	{
		uint32		n;

		/* an empty polygon may be written as one ring of no points */
		memcpy(&n, counts, 4);
		if (n == 0)
			return true;
	}
	if (nrings > 0)
		add_part(r, nrings);
	for (uint32 i = 0; i < nrings; i++)
	{
		uint32		n;

		memcpy(&n, counts + 4 * (Size) i, 4);
		if (!add_ring(r, n))
			return false;
	}
	return true;
}

/* The head of a geometry inside: its type, and in EWKB its byte order. */
static bool
read_type(GeometryReader *r, uint32 *type)
{
	if (r->ewkb)
	{
		if (r->end - r->p < 5)
			return reader_fail(r, "it ends too early");
#ifdef WORDS_BIGENDIAN
		if (*r->p != 0)
#else
		if (*r->p != 1)
#endif
			return reader_fail(r, "its byte order is foreign");
		r->p++;
	}
	if (!read_u32(r, type))
		return false;
	if (r->ewkb)
	{
		r->ndims = 2 + ((*type & 0x80000000) != 0) + ((*type & 0x40000000) != 0);
		if (*type & 0x20000000)
		{
			uint32		srid;

			if (!read_u32(r, &srid))
				return false;
		}
		*type &= 0x0FFFFFFF;
	}
	return true;
}

static bool
read_body(GeometryReader *r, uint32 type)
{
	uint32		n;

	switch (type)
	{
		case MF_POINT:
		case MF_LINESTRING:
			return read_simple(r, type == MF_POINT);
		case MF_POLYGON:
			return read_polygon(r);
		case MF_MULTIPOINT:
		case MF_MULTILINESTRING:
		case MF_MULTIPOLYGON:
			if (!read_u32(r, &n))
				return false;
			for (uint32 i = 0; i < n; i++)
			{
				uint32		member;

				if (!read_type(r, &member))
					return false;
				if (member != type - 3)
					return reader_fail(r, "a member has another type");
				if (!read_body(r, member))
					return false;
			}
			return true;
		default:
			return reader_fail(r, "its type is not supported");
	}
}

static void
reader_begin(GeometryReader *r, const void *p, Size size, int ndims, bool ewkb)
{
	memset(r, 0, sizeof(*r));
	r->p = p;
	r->end = r->p + size;
	r->ndims = ndims;
	r->ewkb = ewkb;
	initStringInfo(&r->parts);
	initStringInfo(&r->rings);
	initStringInfo(&r->xy);
}

static void
reader_finish(const GeometryReader *r, MfExtent *extent)
{
	extent->kind = r->kind;
	extent->nparts = r->parts.len / 4;
	extent->nrings = r->rings.len / 4;
	extent->npoints = r->npoints;
	extent->part_rings = (const uint32 *) r->parts.data;
	extent->ring_points = (const uint32 *) r->rings.data;
	extent->xy = (const double *) r->xy.data;
}

typedef struct GeometryHead
{
	int32		srid;
	uint8		flags;
	Size		body;			/* offset of the type word */
	Size		box;			/* offset of the box, 0: none */
} GeometryHead;

/* The fixed part; false: a form this reader does not know. */
static bool
read_head(const struct varlena *g, GeometryHead *head)
{
	const uint8 *b = (const uint8 *) g;

	if (VARSIZE(g) < 8)
		return false;
	head->srid = (b[4] << 16) | (b[5] << 8) | b[6];
	head->srid &= 0x1FFFFF;
	if (head->srid & 0x100000)
		head->srid -= 0x200000;
	head->flags = b[7];
	if (!(head->flags & GFLAG_VERSION) || (head->flags & GFLAG_UNKNOWN))
		return false;
	head->body = 8;
	if (head->flags & GFLAG_EXTENDED)
		head->body += 8;
	head->box = 0;
	if (head->flags & GFLAG_BBOX)
	{
		int			n = 2 + ((head->flags & GFLAG_Z) != 0) +
		((head->flags & GFLAG_M) != 0);

		if (head->flags & GFLAG_GEODETIC)
			return false;
		head->box = head->body;
		head->body += 8 * n;
	}
	return true;
}

static bool
read_in_place(const struct varlena *g, const GeometryHead *head,
			  GeometryReader *r)
{
	uint32		type;

	if (VARSIZE(g) < head->body + 4)
		return false;
	reader_begin(r, (const uint8 *) g + head->body, VARSIZE(g) - head->body,
				 2 + ((head->flags & GFLAG_Z) != 0) + ((head->flags & GFLAG_M) != 0),
				 false);
	if (!read_u32(r, &type) || type < MF_POINT || type > MF_MULTIPOLYGON)
		return false;
	r->kind = (MfKind) type;
	return read_body(r, type);
}

/* Through geometry's send function: whatever its stored form. */
static void
read_ewkb(Datum geometry, GeometryReader *r, int32 *srid)
{
	bytea	   *wkb;
	uint32		type;

	postgis_load();
	wkb = DatumGetByteaPP(FunctionCall1(&postgis.send, geometry));
	reader_begin(r, VARDATA_ANY(wkb), VARSIZE_ANY_EXHDR(wkb), 2, true);
	*srid = 0;
	if (VARSIZE_ANY_EXHDR(wkb) >= 9)
	{
		memcpy(&type, r->p + 1, 4);
		if (type & 0x20000000)
			memcpy(srid, r->p + 5, 4);
	}
	if (!read_type(r, &type))
		type = 0;
	if (type == GEOM_COLLECTION)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("a geometry collection cannot be an extent"),
				 errhint("Take one kind out of it with ST_CollectionExtract, or make one record of each member.")));
	if (type < MF_POINT || type > MF_MULTIPOLYGON)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("a geometry of this type cannot be an extent"),
				 errdetail("Extents are points, lines and polygons and their multi forms."),
				 errhint("Turn curves into lines with ST_CurveToLine.")));
	r->kind = (MfKind) type;
	if (!read_body(r, type))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("geometry could not be read"),
				 errdetail("The geometry was not understood: %s.", r->unsupported)));
}

/*
 * Receive a polygon written as EWKB and read it back in place: if PostGIS
 * stores something else than this file knows, take the slow way.
 */
static void
postgis_check(void)
{
	static const double xy[] = {50, 41, 50.25, 41, 50.25, 41.5, 50, 41};
	static const uint32 part_rings[] = {1};
	static const uint32 ring_points[] = {4};
	static const MfExtent known = {MF_POLYGON, 1, 1, 4, part_rings, ring_points, xy};
	struct varlena *g;
	GeometryHead head;
	GeometryReader r;

	postgis_load();
	if (postgis.checked)
		return;
	g = PG_DETOAST_DATUM(mf_geometry_make(&known));
	postgis.slow = !(read_head(g, &head) && head.srid == SRID_LONLAT &&
					 read_in_place(g, &head, &r) && r.kind == MF_POLYGON &&
					 r.npoints == 4 && r.xy.len == sizeof(xy) &&
					 memcmp(r.xy.data, xy, sizeof(xy)) == 0);
	postgis.checked = true;
	if (postgis.slow)
		ereport(WARNING,
				(errmsg("the stored form of PostGIS geometry is not the one this version of minefield knows"),
				 errhint("Geometry is read through its binary output instead, which is slower. Look for a newer version of minefield.")));
}

bool
mf_postgis_slow(void)
{
	postgis_check();
	return postgis.slow;
}

static void
check_srid(int32 srid)
{
	if (srid == SRID_LONLAT)
		return;
	if (srid == 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("geometry has no SRID"),
				 errhint("Extents are WGS 84 longitude and latitude. If these coordinates are, say so with ST_SetSRID(geometry, 4326).")));
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("geometry has SRID %d, not 4326", srid),
			 errhint("Extents are WGS 84 longitude and latitude. Transform with ST_Transform(geometry, 4326).")));
}

static void
check_fault(const MfExtent *extent)
{
	uint32		part,
				ring,
				point;
	MfExtentFault fault = extent_fault(extent, &part, &ring, &point);

	if (fault != MF_EXTENT_OK)
		ereport(ERROR,
				(errcode(fault == MF_EXTENT_OUT_OF_RANGE ?
						 ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE :
						 ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s", extent_fault_text(fault)),
				 errdetail("Part %u, ring %u, position %u of the geometry.",
						   part + 1, ring + 1, point + 1),
				 fault == MF_EXTENT_OUT_OF_RANGE ?
				 errhint("Extents are WGS 84 longitude and latitude in degrees; coordinates of another reference system belong in properties.location with its crs.") : 0));
}

/* PostGIS has -0 and 0 as two values; here they are one. */
static void
drop_negative_zeros(double *xy, Size n)
{
	for (Size i = 0; i < n; i++)
		xy[i] += 0.0;
}

void
mf_geometry_extent(Datum geometry, bool drop_z, MfExtent *extent)
{
	struct varlena *g = PG_DETOAST_DATUM(geometry);
	GeometryHead head;
	GeometryReader r;
	int32		srid;
	bool		z_or_m;

	postgis_check();
	if (!postgis.slow && read_head(g, &head) && read_in_place(g, &head, &r))
		srid = head.srid;
	else
		read_ewkb(PointerGetDatum(g), &r, &srid);
	z_or_m = r.ndims > 2;
	check_srid(srid);
	if (z_or_m && !drop_z)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("geometry has Z or M values"),
				 errhint("Drop them with ST_Force2D; heights belong in the record's properties.")));
	drop_negative_zeros((double *) r.xy.data, (Size) r.npoints * 2);
	reader_finish(&r, extent);
	check_fault(extent);
}

bool
mf_geometry_has_z(Datum geometry)
{
	struct varlena *g = PG_DETOAST_DATUM(geometry);
	GeometryHead head;
	GeometryReader r;
	int32		srid;

	postgis_check();
	if (!postgis.slow && read_head(g, &head))
		return (head.flags & (GFLAG_Z | GFLAG_M)) != 0;
	read_ewkb(PointerGetDatum(g), &r, &srid);
	return r.ndims > 2;
}

void
mf_geometry_aoi(Datum geometry, const char *what, MfExtent *extent)
{
	mf_geometry_extent(geometry, true, extent);
	if (!kind_is_polygonal(extent->kind))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be a polygon or multipolygon, not a %s", what,
						kind_name(extent->kind)),
				 errhint("To ask about the ground along a line, give the line a width with ST_Buffer on geography.")));
}

void
mf_geometry_line(Datum geometry, const char *what, MfExtent *extent)
{
	mf_geometry_extent(geometry, true, extent);
	if (extent->kind != MF_LINESTRING && extent->kind != MF_MULTILINESTRING)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be a linestring or multilinestring, not a %s", what,
						kind_name(extent->kind)),
				 errhint("The outline of an area is ST_Boundary(area).")));
}

void
mf_geometry_point(Datum geometry, const char *what, MfExtent *extent)
{
	mf_geometry_extent(geometry, true, extent);
	if (extent->kind != MF_POINT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be a point, not a %s", what, kind_name(extent->kind)),
				 errhint("Take the points of a multipoint apart with ST_Dump, or one point of an area with ST_PointOnSurface.")));
}

/*
 * Does PostGIS's box hold every point?  It is that of the shells: holes of
 * invalid polygons may stick out.
 */
static bool
box_holds_all(const struct varlena *slice, const GeometryHead *head, uint32 type)
{
	uint32		nrings;

	if (type != MF_POLYGON)
		return type >= MF_POINT && type < MF_MULTIPOLYGON;
	if (VARSIZE(slice) < head->body + 8)
		return false;
	memcpy(&nrings, (const char *) slice + head->body + 4, 4);
	return nrings <= 1;
}

void
mf_geometry_box(Datum geometry, MinefieldBox *box)
{
	struct varlena *slice = PG_DETOAST_DATUM_SLICE(geometry, 0, GEOMETRY_SLICE - VARHDRSZ);
	GeometryHead head;
	MfExtent	extent;

	postgis_check();
	if (!postgis.slow && read_head(slice, &head) && head.box != 0 &&
		VARSIZE(slice) >= head.body + 4)
	{
		float		b[4];
		uint32		type;

		memcpy(b, (const char *) slice + head.box, sizeof(b));
		memcpy(&type, (const char *) slice + head.body, 4);
		if (box_holds_all(slice, &head, type) &&
			b[0] >= -180 && b[1] <= 180 && b[2] >= -90 && b[3] <= 90)
		{
			check_srid(head.srid);
			box->xmin = b[0] + 0.0f;
			box->xmax = b[1] + 0.0f;
			box->ymin = b[2] + 0.0f;
			box->ymax = b[3] + 0.0f;
			return;
		}
	}
	mf_geometry_extent(geometry, true, &extent);
	box_of_extent(box, &extent);
}

bool
mf_geometry_box_guess(Datum geometry, MinefieldBox *box)
{
	struct varlena *slice = PG_DETOAST_DATUM_SLICE(geometry, 0, GEOMETRY_SLICE - VARHDRSZ);
	GeometryHead head;
	float		b[4];
	uint32		point[2];
	double		xy[2];

	postgis_check();
	if (postgis.slow || !read_head(slice, &head) || head.srid != SRID_LONLAT)
		return false;
	box_set_empty(box);
	if (head.box != 0 && VARSIZE(slice) >= head.box + sizeof(b))
	{
		memcpy(b, (const char *) slice + head.box, sizeof(b));
		box_add_point(box, b[0], b[2]);
		box_add_point(box, b[1], b[3]);
		return b[0] <= b[1] && b[2] <= b[3];
	}
	if (VARSIZE(slice) < head.body + sizeof(point) + sizeof(xy))
		return false;
	memcpy(point, (const char *) slice + head.body, sizeof(point));
	memcpy(xy, (const char *) slice + head.body + sizeof(point), sizeof(xy));
	box_add_point(box, xy[0], xy[1]);
	return point[0] == MF_POINT && point[1] == 1 && !isnan(xy[0]) && !isnan(xy[1]);
}

/* ---- writing ---- */

static void
put_u32(StringInfo out, uint32 value)
{
	appendBinaryStringInfo(out, (const char *) &value, 4);
}

static void
put_head(StringInfo out, uint32 type, bool with_srid)
{
#ifdef WORDS_BIGENDIAN
	appendStringInfoCharMacro(out, 0);
#else
	appendStringInfoCharMacro(out, 1);
#endif
	put_u32(out, with_srid ? type | 0x20000000 : type);
	if (with_srid)
		put_u32(out, SRID_LONLAT);
}

static const double *
put_part(StringInfo out, MfKind kind, uint32 nrings,
		 const uint32 *ring_points, const double *xy)
{
	if (kind == MF_POLYGON)
		put_u32(out, nrings);
	for (uint32 i = 0; i < nrings; i++)
	{
		if (kind != MF_POINT)
			put_u32(out, ring_points[i]);
		appendBinaryStringInfo(out, (const char *) xy, 16 * ring_points[i]);
		xy += 2 * (Size) ring_points[i];
	}
	return xy;
}

static void
put_extent(StringInfo out, const MfExtent *extent)
{
	const double *xy = extent->xy;
	const uint32 *ring_points = extent->ring_points;
	bool		multi = kind_is_multi(extent->kind);
	MfKind		member = multi ? (MfKind) (extent->kind - 3) : extent->kind;

	put_head(out, extent->kind, true);
	if (multi)
		put_u32(out, extent->nparts);
	else if (extent->nparts == 0)
	{
		static const double nan2[2] = {NAN, NAN};

		if (extent->kind == MF_POINT)
			appendBinaryStringInfo(out, (const char *) nan2, 16);
		else
			put_u32(out, 0);
	}
	for (uint32 i = 0; i < extent->nparts; i++)
	{
		if (multi)
			put_head(out, member, false);
		xy = put_part(out, member, extent->part_rings[i], ring_points, xy);
		ring_points += extent->part_rings[i];
	}
}

void
mf_geometry_write(StringInfo ewkb, const MfExtent *extent)
{
	initStringInfo(ewkb);
	/* at once: growing would copy it all again and again */
	enlargeStringInfo(ewkb, (int) Min(16 * (Size) extent->npoints + 4 * (Size) extent->nrings +
									  9 * (Size) extent->nparts + 32, MaxAllocSize));
	put_extent(ewkb, extent);
}

Datum
mf_geometry_receive(StringInfo ewkb)
{
	Datum		result;

	postgis_load();
	result = ReceiveFunctionCall(&postgis.receive, ewkb, postgis.ioparam, -1);
	pfree(ewkb->data);
	return result;
}

Datum
mf_geometry_make(const MfExtent *extent)
{
	StringInfoData ewkb;

	mf_geometry_write(&ewkb, extent);
	return mf_geometry_receive(&ewkb);
}
