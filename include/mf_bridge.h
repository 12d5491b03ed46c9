/*
 * mf_bridge.h - the only doors to foreign software
 *
 * bridge/postgis.c reads and writes PostGIS geometry, bridge/geos.c runs
 * GEOS, bridge/proj.c runs PROJ's geodesics.  No type of theirs appears here.
 */
#ifndef MF_BRIDGE_H
#define MF_BRIDGE_H

#include "mf_pg.h"

#include "mf_store.h"

/* ---- error.c ---- */

/*
 * Raise what a foreign library said: first a pending cancel, then
 * ERRCODE_EXTERNAL_ROUTINE_EXCEPTION "<what> failed", detail "<library>: ...".
 */
extern void mf_foreign_error(const char *library, const char *what,
							 const char *said) pg_attribute_noreturn();

/* ---- memory.c: extents in palloc'd memory ---- */

/* Where to write the counts and coordinates of a new extent. */
typedef struct MfExtentRoom
{
	uint32	   *part_rings;
	uint32	   *ring_points;
	double	   *xy;
} MfExtentRoom;

/* An extent in one chunk, its counts and coordinates left to fill in. */
extern MfExtent *extent_alloc(MemoryContext context, MfKind kind, uint32 nparts,
							  uint32 nrings, Size npoints, MfExtentRoom *room);
/* All parts of n polygonal extents as one MF_MULTIPOLYGON (no overlay). */
extern MfExtent *extent_join(const MfExtent *const *extents, int n);

/* A walk over the parts of an extent, each a view of its own. */
typedef struct MfExtentPart
{
	const MfExtent *extent;
	uint32		next;
	const uint32 *ring_points;
	const double *xy;
} MfExtentPart;

extern void extent_part_begin(MfExtentPart *part, const MfExtent *extent);
extern bool extent_part_next(MfExtentPart *part, MfExtent *view);

/*
 * A block that may be of any size, perhaps one of those kept from an earlier
 * call.  Large ones ask the system for large pages,
 * where it has them: to be given small ones one by one takes longer than much
 * of what is done with them.
 */
extern void *mf_alloc_large(MemoryContext context, Size size);
/* Its end before that of the context; pfree and repalloc are not for such. */
extern void mf_free_large(void *block);
/* Memory for the core out of a context; huge blocks allowed. */
extern void mf_memory_of(MfMemory *memory, MemoryContext context);

/* Memory that may not become more than a limit. */
typedef struct MfBudget
{
	MemoryContext context;
	Size		used;
	Size		limit;
	void		(*exceeded) (void *arg);	/* raises the error */
	void	   *arg;
} MfBudget;

/* The same out of a budget, which must live as long as the memory. */
extern void mf_memory_within(MfMemory *memory, MfBudget *budget);
/* Raise what the core could not do; a pending cancel comes first. */
extern void mf_status_check(MfStatus status);

/*
 * Is it polygonal and valid at first sight, without GEOS?  False: perhaps.
 */
extern bool mf_plainly_valid(const MfExtent *extent);

/* ---- postgis.c ---- */

/*
 * The extent of a geometry datum.  SRID must be 4326 (ERRCODE_DATATYPE_
 * MISMATCH, hint ST_Transform or ST_SetSRID), coordinates within +-180/+-90
 * and finite; Z and M are refused (hint ST_Force2D) unless drop_z;
 * collections and curves are refused (hint ST_CollectionExtract,
 * ST_CurveToLine).  The view points into the datum or into memory palloc'd
 * in the current context.  Whole-ring checks (closed, 4 points) included.
 */
extern void mf_geometry_extent(Datum geometry, bool drop_z, MfExtent *extent);
/* Does it have Z or M values? */
extern bool mf_geometry_has_z(Datum geometry);
/*
 * An area of interest: the same, but only Polygon and MultiPolygon (any
 * number of parts, empty allowed); others ERRCODE_INVALID_PARAMETER_VALUE.
 * what names the argument in the message.
 */
extern void mf_geometry_aoi(Datum geometry, const char *what, MfExtent *extent);
/* A line, the same way: only LineString and MultiLineString. */
extern void mf_geometry_line(Datum geometry, const char *what, MfExtent *extent);
/* A place, the same way: only Point, which may be empty. */
extern void mf_geometry_point(Datum geometry, const char *what, MfExtent *extent);
/* The outward-rounded box, through a header slice where there is one. */
extern void mf_geometry_box(Datum geometry, MinefieldBox *box);
/*
 * The same for estimates: never raises; false when the header does not tell.
 */
extern bool mf_geometry_box_guess(Datum geometry, MinefieldBox *box);
/*
 * A geometry datum with SRID 4326, through geometry's own receive function.
 * An unlocated extent (kind 0) becomes POINT EMPTY of no use: callers return
 * NULL instead.
 */
extern Datum mf_geometry_make(const MfExtent *extent);
/* The same in two steps: of a large extent, what is not needed can go between. */
extern void mf_geometry_write(StringInfo ewkb, const MfExtent *extent);
extern Datum mf_geometry_receive(StringInfo ewkb);
/* OID of type geometry, wherever postgis is; error when it is not installed. */
extern Oid	mf_geometry_oid(void);
/* postgis_lib_version() and friends, for mf_full_version(). */
extern char *mf_postgis_version(void);
/* True when the self-check failed and reading goes through WKB. */
extern bool mf_postgis_slow(void);
extern void mf_postgis_init(void);

/* ---- proj.c ---- */

extern double mf_geodesic_distance(double lon1, double lat1,
								   double lon2, double lat2);
/* Initial azimuth in degrees 0..360, clockwise from north. */
extern double mf_geodesic_azimuth(double lon1, double lat1,
								  double lon2, double lat2);
extern const char *mf_proj_version(void);	/* running with */
extern const char *mf_proj_compiled(void);	/* compiled against */

/* ---- measure.c: extent_area() and its like, cancels raised ---- */

extern double measure_area(const MfExtent *extent);
extern bool measure_touch(const MfExtent *a, const MfExtent *b);
/* At most enough, or exact, as extent_distance(). */
extern double measure_distance(const MfExtent *a, const MfExtent *b,
							   double enough);

/* ---- kept.c: for memory.c ---- */

/* A kept block, until given back or the context goes; NULL: not of that size. */
extern void *kept_get(MemoryContext context, Size size);
/* 0: it is none of these. */
extern Size kept_size(const void *block);
/* False: it is none of these. */
extern bool kept_give(void *block);

/* ---- query.c ---- */

/* What is done with the value; it is gone afterwards. */
typedef void (*mf_value_taker) (Datum value, bool isnull, void *arg);

/*
 * Run a query that gives one row with one value, as the current user and
 * without writing, in parallel where the planner likes; nulls as in SPI.
 */
extern void mf_query_value(const char *sql, int nargs, Oid *types,
						   Datum *values, const char *nulls,
						   mf_value_taker take, void *arg);

/* ---- geos.c ---- */

/*
 * Results come back as extents palloc'd whole in the context current at the
 * call; GEOS objects never leave the bridge.
 */
extern void mf_geos_init(void);
extern const char *mf_geos_version(void);	/* running with */
extern const char *mf_geos_compiled(void);	/* compiled against */

/* Is the extent valid as OGC has it?  reason may be NULL. */
extern bool mf_geos_is_valid(const MfExtent *extent, char **reason);
/*
 * The polygonal part of a valid copy (MakeValid, structure method, when it
 * is not valid already) as MF_MULTIPOLYGON; empty when there is none.
 */
extern MfExtent *mf_geos_valid(const MfExtent *extent);
/* Overlay of polygonal extents in lon/lat; results are valid MultiPolygons. */
extern MfExtent *mf_geos_union(const MfExtent *const *extents, int n);
extern MfExtent *mf_geos_difference(const MfExtent *a, const MfExtent *b);
/* How each extent lies to an area. */
typedef enum MfWhere
{
	MF_OUTSIDE,					/* no point in common */
	MF_ACROSS,
	MF_INSIDE					/* every point in it */
} MfWhere;

extern void mf_geos_where(const MfExtent *area, const MfExtent *const *extents,
						  int n, MfWhere *where);
/* Does a cover b: is no point of b outside a? */
extern bool mf_geos_covers(const MfExtent *a, const MfExtent *b);
/*
 * The faces of the arrangement of n polygonal extents: every bounded face of
 * the noded rings, with a point inside each.  The edges of cut (NULL: none)
 * cut the faces, too.  For areas recorded k times.
 */
extern int	mf_geos_faces(const MfExtent *const *extents, int n,
						  const MfExtent *cut, MfExtent ***faces,
						  double **inside);
/*
 * Everything within distance_m (each part in a local metric plane about the
 * middle of its box, 32 segments a quadrant), as a valid MultiPolygon cut at
 * the edge of the world.  Lines may have flat ends.
 */
extern MfExtent *mf_geos_buffer(const MfExtent *extent, double distance_m,
								bool flat_ends);
/* The centroid, in lon/lat. */
extern void mf_geos_centroid(const MfExtent *extent, double *lonlat);

#endif							/* MF_BRIDGE_H */
