/*
 * mf_bridge.h - the only doors to foreign software
 *
 * bridge/postgis.c reads and writes PostGIS geometry, bridge/geos.c runs
 * GEOS, bridge/proj.c runs PROJ's geodesics.  No type of theirs appears here.
 */
#ifndef MF_BRIDGE_H
#define MF_BRIDGE_H

#include "mf_pg.h"

#include "mf_location.h"
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

/*
 * The way from a coordinate reference system to WGS 84, by codes such as
 * EPSG:28409 and EPSG:15865.  Coordinates are pairs of easting (or longitude)
 * and northing (or latitude) in this order, in metres or degrees, whatever
 * the system says of its axes.
 *
 * PROJ's objects are kept for the backend, the MF_GRIDS_KEPT last asked for;
 * a grid is good until as many others have been asked for.  No network, and
 * no file but PROJ's own data.  Not for functions that are immutable.
 */
typedef struct MfGrid MfGrid;

#define MF_GRIDS_KEPT 64

/*
 * crs and operation match ^[A-Z]+:[0-9]+$.  operation NULL: where the system
 * is on WGS 84 already no operation is needed, elsewhere that is an error.
 * operation "": the datum is left alone, which is enough for mf_grid_to_own()
 * and its like; WGS 84 is out of reach, unless the system is on it.
 * NULL with the error set (ERRCODE_INVALID_PARAMETER_VALUE, hint): no such
 * code, the operation does not lead from crs to WGS 84, its files are not
 * installed, the system is neither geographic nor projected in two axes.
 */
extern const MfGrid *mf_grid_find(const char *crs, const char *operation,
								  MfError *error);
/* Is it projected (metres) or geographic (degrees)? */
extern bool mf_grid_is_projected(const MfGrid *grid);
/* Metres a unit of the projected system; 1 for degrees. */
extern double mf_grid_unit_m(const MfGrid *grid);
/* Of the operation, in metres; 0 where none is needed, NaN: not known. */
extern double mf_grid_accuracy_m(const MfGrid *grid);
/*
 * n points from grid coordinates to longitude and latitude on WGS 84, in
 * place, and back.  False: some are beyond the projection; they become NaN.
 */
extern bool mf_grid_to_wgs84(const MfGrid *grid, double *xy, Size n);
extern bool mf_grid_from_wgs84(const MfGrid *grid, double *xy, Size n);
/* The same to longitude and latitude of the system's own datum, and back. */
extern bool mf_grid_to_own(const MfGrid *grid, double *xy, Size n);
extern bool mf_grid_from_own(const MfGrid *grid, double *xy, Size n);
/*
 * Meridian convergence in degrees (true azimuth = grid azimuth + convergence)
 * and the scale factor (grid length / length on the ellipsoid) at a point of
 * a projected system that is conformal; 0 and 1 of a geographic one.  False:
 * beyond the projection.
 */
extern bool mf_grid_factors(const MfGrid *grid, const double *xy,
							double *convergence_deg, double *scale);
/* Does the point (grid coordinates) lie where crs and operation are used? */
extern bool mf_grid_in_use(const MfGrid *grid, const double *xy);

/* One way from the datum of a system to WGS 84. */
typedef struct MfOperation
{
	const char *code;			/* NULL: it has none, and cannot be named */
	const char *name;
	double		accuracy_m;		/* NaN: not known */
	const char *area;			/* where it is meant for; NULL: not known */
	double		west;			/* its box, NaN: not known; west > east: */
	double		south;			/* across the 180th meridian */
	double		east;
	double		north;
	bool		ballpark;		/* ignores the datum */
	bool		usable;			/* has a code, and its files are there */
} MfOperation;

/*
 * All operations from the datum of crs to WGS 84 that PROJ knows, those of
 * better accuracy first, then by code; kept for the backend as grids are.
 * -1: error set.
 */
extern int	mf_operation_list(const char *crs, const MfOperation **operations,
							  MfError *error);
/* Is the place within the box of an operation? */
extern bool mf_operation_covers(const MfOperation *operation,
								const double *lonlat);
/*
 * The operation for a record that names none, at a place known well enough
 * (lonlat on any datum): of the usable ones whose box has the place and which
 * are no ballpark, with country (an English name, NULL: unknown) the most
 * accurate of those whose area names it, without it the only one.  NULL: crs
 * is on WGS 84, *reason is set to MF_REASON_NONE.  NULL with MF_REASON_AMBIGUOUS:
 * there are several, said lists their codes; MF_REASON_NOT_ONE: there is none.
 */
extern const MfOperation *mf_operation_choose(const char *crs,
											  const double *lonlat,
											  const char *country,
											  MfReason *reason, char *said,
											  MfError *error);

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
