/*
 * geos.c - the only door to GEOS
 *
 * One re-entrant context per backend, whose handlers only copy what GEOS
 * says.  GEOS objects live in a scope: a memory context whose reset destroys
 * them, so that an error anywhere frees them without PG_TRY.  Everything is
 * handed in and out as extents; overlay runs in longitude and latitude, and
 * only buffers in a local metric plane.
 */
#include "mf_bridge.h"

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include "utils/memutils.h"

#define QUADRANT_SEGMENTS 32

static GEOSContextHandle_t geos;
static char geos_said[256];
static GEOSInterruptCallback *previous_interrupt;

/* ---- the library ---- */

static void
geos_notice(const char *message, void *arg)
{
}

static void
geos_error(const char *message, void *arg)
{
	strlcpy(geos_said, message, sizeof(geos_said));
}

/* Is the query to end, and may it end here? */
static bool
query_cancelled(void)
{
	return (QueryCancelPending || ProcDiePending) &&
		InterruptHoldoffCount == 0 && CritSectionCount == 0;
}

/* PostGIS asks through a callback of its own; both are heard. */
static void
geos_interrupt(void)
{
	if (query_cancelled())
		GEOS_interruptRequest();
	else
	{
		GEOS_interruptCancel();
		if (previous_interrupt != NULL)
			previous_interrupt();
	}
}

void
mf_geos_init(void)
{
	previous_interrupt = GEOS_interruptRegisterCallback(geos_interrupt);
	mf_interrupted = query_cancelled;
}

static GEOSContextHandle_t
geos_handle(void)
{
	if (geos == NULL)
	{
		geos = GEOS_init_r();
		if (geos == NULL)
			mf_foreign_error("GEOS", "starting GEOS", NULL);
		GEOSContext_setNoticeMessageHandler_r(geos, geos_notice, NULL);
		GEOSContext_setErrorMessageHandler_r(geos, geos_error, NULL);
	}
	return geos;
}

const char *
mf_geos_version(void)
{
	return GEOSversion();
}

const char *
mf_geos_compiled(void)
{
	return GEOS_CAPI_VERSION;
}

/* ---- scopes ---- */

typedef struct MfGeosScope
{
	MemoryContext caller;		/* where results go */
	MemoryContext context;		/* deleting it destroys what is below */
	MemoryContextCallback callback;
	const char *what;			/* is being done, for an error */
	GEOSGeometry **items;		/* always room for one more */
	int			nitems;
	int			size;
	const GEOSPreparedGeometry *prepared[2];
	int			nprepared;
	GEOSMakeValidParams *valid_params;
	GEOSBufferParams *buffer_params;
} MfGeosScope;

static void
scope_destroy(void *arg)
{
	MfGeosScope *scope = arg;

	for (int i = 0; i < scope->nprepared; i++)
		GEOSPreparedGeom_destroy_r(geos, scope->prepared[i]);
	for (int i = 0; i < scope->nitems; i++)
		GEOSGeom_destroy_r(geos, scope->items[i]);
	if (scope->valid_params != NULL)
		GEOSMakeValidParams_destroy_r(geos, scope->valid_params);
	if (scope->buffer_params != NULL)
		GEOSBufferParams_destroy_r(geos, scope->buffer_params);
}

static MfGeosScope *
scope_open(const char *what)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "minefield GEOS scope",
												  ALLOCSET_SMALL_SIZES);
	MfGeosScope *scope = MemoryContextAllocZero(context, sizeof(*scope));

	geos_handle();
	geos_said[0] = '\0';
	scope->caller = CurrentMemoryContext;
	scope->context = context;
	scope->what = what;
	scope->size = 16;
	scope->items = MemoryContextAlloc(context, sizeof(*scope->items) * scope->size);
	scope->callback.func = scope_destroy;
	scope->callback.arg = scope;
	MemoryContextRegisterResetCallback(context, &scope->callback);
	return scope;
}

static void
scope_close(MfGeosScope *scope)
{
	MemoryContextDelete(scope->context);
}

static void
scope_fail(const MfGeosScope *scope)
{
	mf_foreign_error("GEOS", scope->what, geos_said);
}

/* Take charge of what GEOS just made; NULL means that it could not. */
static GEOSGeometry *
scope_own(MfGeosScope *scope, GEOSGeometry *g)
{
	if (g == NULL)
		scope_fail(scope);
	scope->items[scope->nitems++] = g;
	if (scope->nitems == scope->size)
	{
		scope->size *= 2;
		scope->items = repalloc_huge(scope->items,
									 sizeof(*scope->items) * scope->size);
	}
	return g;
}

/* Give up the items from n on, which GEOS now owns or has used up. */
static GEOSGeometry **
scope_disown(MfGeosScope *scope, int n)
{
	scope->nitems = n;
	return &scope->items[n];
}

/* Destroy the items from n on. */
static void
scope_drop(MfGeosScope *scope, int n)
{
	while (scope->nitems > n)
		GEOSGeom_destroy_r(geos, scope->items[--scope->nitems]);
}

static const GEOSPreparedGeometry *
scope_prepare(MfGeosScope *scope, const GEOSGeometry *g)
{
	const GEOSPreparedGeometry *prepared = GEOSPrepare_r(geos, g);

	if (prepared == NULL)
		scope_fail(scope);
	scope->prepared[scope->nprepared++] = prepared;
	return prepared;
}

/* The three-valued answer of a predicate. */
static bool
scope_answer(const MfGeosScope *scope, char answer)
{
	if (answer != 0 && answer != 1)
		scope_fail(scope);
	return answer == 1;
}

/* ---- extents to GEOS ---- */

static GEOSCoordSequence *
import_points(MfGeosScope *scope, const double *xy, uint32 n)
{
	GEOSCoordSequence *sequence = GEOSCoordSeq_copyFromBuffer_r(geos, xy, n, 0, 0);

	if (sequence == NULL)
		scope_fail(scope);
	return sequence;
}

/* One part of a single kind; the new item is the last of the scope. */
static void
import_part(MfGeosScope *scope, const MfExtent *part)
{
	const double *xy = part->xy;
	int			first = scope->nitems;
	GEOSGeometry **rings;

	switch (part->kind)
	{
		case MF_POINT:
			scope_own(scope, GEOSGeom_createPoint_r(geos, import_points(scope, xy, 1)));
			return;
		case MF_LINESTRING:
			scope_own(scope, GEOSGeom_createLineString_r(geos,
														 import_points(scope, xy, part->npoints)));
			return;
		default:
			break;
	}
	for (uint32 i = 0; i < part->nrings; i++)
	{
		scope_own(scope, GEOSGeom_createLinearRing_r(geos,
													 import_points(scope, xy, part->ring_points[i])));
		xy += 2 * (Size) part->ring_points[i];
	}
	/* createPolygon takes the rings even when it fails */
	rings = scope_disown(scope, first);
	scope_own(scope, GEOSGeom_createPolygon_r(geos, rings[0], rings + 1,
											  part->nrings - 1));
}

static GEOSGeometry *
collect_items(MfGeosScope *scope, int first, int type)
{
	int			n = scope->nitems - first;
	GEOSGeometry **items = scope_disown(scope, first);

	return scope_own(scope, GEOSGeom_createCollection_r(geos, type, items, n));
}

static GEOSGeometry *
import_extent(MfGeosScope *scope, const MfExtent *extent)
{
	static const int types[] = {
		GEOS_GEOMETRYCOLLECTION,
		GEOS_MULTIPOINT, GEOS_MULTILINESTRING, GEOS_MULTIPOLYGON,
		GEOS_MULTIPOINT, GEOS_MULTILINESTRING, GEOS_MULTIPOLYGON
	};
	int			first = scope->nitems;
	MfExtentPart parts;
	MfExtent	part;

	extent_part_begin(&parts, extent);
	while (extent_part_next(&parts, &part))
		import_part(scope, &part);
	if (extent->nparts == 1 && !kind_is_multi(extent->kind))
		return scope->items[first];
	return collect_items(scope, first, types[extent->kind]);
}

/* In metres east and north of the plane's origin. */
static GEOSGeometry *
import_planar(MfGeosScope *scope, const MfExtent *extent, const MfPlane *plane)
{
	MfExtent	planar = *extent;
	Size		size = 16 * (Size) extent->npoints;
	double	   *xy = MemoryContextAllocExtended(scope->context, size,
												MCXT_ALLOC_HUGE);

	memcpy(xy, extent->xy, size);
	plane_forward(plane, xy, extent->npoints);
	planar.xy = xy;
	return import_extent(scope, &planar);
}

/* About the middle of the extent's box. */
static void
plane_of(MfPlane *plane, const MfExtent *extent)
{
	MinefieldBox box;

	box_of_extent(&box, extent);
	plane_about(plane, ((double) box.xmin + box.xmax) / 2,
				((double) box.ymin + box.ymax) / 2);
}

/* ---- GEOS to extents ---- */

typedef struct PolygonList
{
	const GEOSGeometry **items;
	uint32		n;
	uint32		size;
} PolygonList;

/* The polygons of a result, whatever they are wrapped in. */
static void
list_polygons(MfGeosScope *scope, const GEOSGeometry *g, PolygonList *list)
{
	int			type = GEOSGeomTypeId_r(geos, g);
	int			n;

	if (type == GEOS_POLYGON)
	{
		if (scope_answer(scope, GEOSisEmpty_r(geos, g)))
			return;
		if (list->n == list->size)
		{
			list->size = list->size ? 2 * list->size : 16;
			list->items = list->items == NULL ?
				MemoryContextAlloc(scope->context, sizeof(*list->items) * list->size) :
				repalloc_huge(list->items, sizeof(*list->items) * list->size);
		}
		list->items[list->n++] = g;
		return;
	}
	if (type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION)
		return;
	n = GEOSGetNumGeometries_r(geos, g);
	for (int i = 0; i < n; i++)
		list_polygons(scope, GEOSGetGeometryN_r(geos, g, i), list);
}

/* Ring 0 is the shell. */
static const GEOSCoordSequence *
polygon_ring(MfGeosScope *scope, const GEOSGeometry *polygon, int n,
			 unsigned int *npoints)
{
	const GEOSGeometry *ring = n == 0 ? GEOSGetExteriorRing_r(geos, polygon) :
		GEOSGetInteriorRingN_r(geos, polygon, n - 1);
	const GEOSCoordSequence *sequence = ring ? GEOSGeom_getCoordSeq_r(geos, ring) : NULL;

	if (sequence == NULL || !GEOSCoordSeq_getSize_r(geos, sequence, npoints))
		scope_fail(scope);
	return sequence;
}

/*
 * Copy a ring backwards: normal form has shells clockwise, GeoJSON has them
 * counter-clockwise.
 */
static void
export_ring(MfGeosScope *scope, const GEOSCoordSequence *sequence,
			double *xy, unsigned int n)
{
	if (!GEOSCoordSeq_copyToBuffer_r(geos, sequence, xy, 0, 0))
		scope_fail(scope);
	for (unsigned int i = 0, j = n - 1; i < j; i++, j--)
	{
		double		x = xy[2 * i];
		double		y = xy[2 * i + 1];

		xy[2 * i] = xy[2 * j];
		xy[2 * i + 1] = xy[2 * j + 1];
		xy[2 * j] = x;
		xy[2 * j + 1] = y;
	}
	/* -0 and 0 are one value in extents */
	for (Size i = 0; i < 2 * (Size) n; i++)
		xy[i] += 0.0;
}

static MfExtent *
export_polygons(MfGeosScope *scope, const PolygonList *list)
{
	uint32		nrings = 0;
	Size		npoints = 0;
	unsigned int n;
	MfExtentRoom room;
	MfExtent   *extent;

	for (uint32 i = 0; i < list->n; i++)
	{
		int			rings = 1 + GEOSGetNumInteriorRings_r(geos, list->items[i]);

		for (int k = 0; k < rings; k++)
		{
			polygon_ring(scope, list->items[i], k, &n);
			npoints += n;
		}
		nrings += rings;
	}
	extent = extent_alloc(scope->caller, MF_MULTIPOLYGON, list->n, nrings,
						  npoints, &room);
	for (uint32 i = 0; i < list->n; i++)
	{
		uint32		rings = 1 + GEOSGetNumInteriorRings_r(geos, list->items[i]);

		*room.part_rings++ = rings;
		for (uint32 k = 0; k < rings; k++)
		{
			const GEOSCoordSequence *sequence = polygon_ring(scope, list->items[i], k, &n);

			export_ring(scope, sequence, room.xy, n);
			*room.ring_points++ = n;
			room.xy += 2 * (Size) n;
		}
	}
	return extent;
}

static GEOSGeometry *
make_valid(MfGeosScope *scope, const GEOSGeometry *g)
{
	if (scope->valid_params == NULL)
	{
		scope->valid_params = GEOSMakeValidParams_create_r(geos);
		if (scope->valid_params == NULL ||
			!GEOSMakeValidParams_setMethod_r(geos, scope->valid_params,
											 GEOS_MAKE_VALID_STRUCTURE) ||
			!GEOSMakeValidParams_setKeepCollapsed_r(geos, scope->valid_params, 0))
			scope_fail(scope);
	}
	return scope_own(scope, GEOSMakeValidWithParams_r(geos, g, scope->valid_params));
}

/* The polygonal part of an item of the scope, valid and in normal form. */
static MfExtent *
export_valid(MfGeosScope *scope, GEOSGeometry *g)
{
	PolygonList list = {NULL, 0, 0};

	if (!scope_answer(scope, GEOSisValid_r(geos, g)))
		g = make_valid(scope, g);
	if (GEOSNormalize_r(geos, g) != 0)
		scope_fail(scope);
	list_polygons(scope, g, &list);
	return export_polygons(scope, &list);
}

/* ---- validity ---- */

bool
mf_geos_is_valid(const MfExtent *extent, char **reason)
{
	MfGeosScope *scope = scope_open("validity check");
	GEOSGeometry *g = import_extent(scope, extent);
	bool		valid = scope_answer(scope, GEOSisValid_r(geos, g));

	if (reason != NULL)
	{
		*reason = NULL;
		if (!valid)
		{
			char	   *text = GEOSisValidReason_r(geos, g);

			if (text == NULL)
				scope_fail(scope);
			strlcpy(geos_said, text, sizeof(geos_said));
			GEOSFree_r(geos, text);
			*reason = pstrdup(geos_said);
		}
	}
	scope_close(scope);
	return valid;
}

MfExtent *
mf_geos_valid(const MfExtent *extent)
{
	MfGeosScope *scope;
	GEOSGeometry *g;
	MfExtent   *result;

	if (!kind_is_polygonal(extent->kind))
		return extent_join(NULL, 0);
	/* what is plainly valid needs no second opinion */
	if (mf_plainly_valid(extent))
		return extent_join(&extent, 1);
	scope = scope_open("making a valid copy");
	g = import_extent(scope, extent);
	if (scope_answer(scope, GEOSisValid_r(geos, g)))
		result = extent_join(&extent, 1);
	else
		result = export_valid(scope, make_valid(scope, g));
	scope_close(scope);
	return result;
}

/* ---- overlay ---- */

MfExtent *
mf_geos_union(const MfExtent *const *extents, int n)
{
	MfGeosScope *scope;
	MfExtent   *result;

	if (n <= 1)
		return extent_join(extents, n);
	scope = scope_open("union");
	for (int i = 0; i < n; i++)
		import_extent(scope, extents[i]);
	result = export_valid(scope,
						  scope_own(scope,
									GEOSUnaryUnion_r(geos,
													 collect_items(scope, 0, GEOS_GEOMETRYCOLLECTION))));
	scope_close(scope);
	return result;
}

MfExtent *
mf_geos_difference(const MfExtent *a, const MfExtent *b)
{
	MfGeosScope *scope = scope_open("difference");
	GEOSGeometry *ga = import_extent(scope, a);
	GEOSGeometry *gb = import_extent(scope, b);
	MfExtent   *result = export_valid(scope, scope_own(scope, GEOSDifference_r(geos, ga, gb)));

	scope_close(scope);
	return result;
}

/* ---- predicates ---- */

void
mf_geos_where(const MfExtent *area, const MfExtent *const *extents, int n,
			  MfWhere *where)
{
	MfGeosScope *scope = scope_open("containment check");
	const GEOSPreparedGeometry *prepared = scope_prepare(scope,
														 import_extent(scope, area));
	int			first = scope->nitems;

	for (int i = 0; i < n; i++)
	{
		GEOSGeometry *g = import_extent(scope, extents[i]);

		CHECK_FOR_INTERRUPTS();
		if (scope_answer(scope, GEOSPreparedCovers_r(geos, prepared, g)))
			where[i] = MF_INSIDE;
		else if (scope_answer(scope, GEOSPreparedIntersects_r(geos, prepared, g)))
			where[i] = MF_ACROSS;
		else
			where[i] = MF_OUTSIDE;
		scope_drop(scope, first);
	}
	scope_close(scope);
}

bool
mf_geos_covers(const MfExtent *a, const MfExtent *b)
{
	MfGeosScope *scope = scope_open("containment check");
	GEOSGeometry *ga = import_extent(scope, a);
	GEOSGeometry *gb = import_extent(scope, b);
	bool		covers = scope_answer(scope, GEOSCovers_r(geos, ga, gb));

	scope_close(scope);
	return covers;
}

/* ---- faces ---- */

static void
add_line(MfGeosScope *scope, const double *xy, uint32 npoints)
{
	scope_own(scope, GEOSGeom_createLineString_r(geos,
												 import_points(scope, xy, npoints)));
}

/*
 * The edges of an extent that may meet the box.  What is left over of them
 * outside the faces dangles, and polygonizing drops it.
 */
static void
add_edges(MfGeosScope *scope, const MfExtent *extent, const MinefieldBox *box)
{
	const double *xy = extent->xy;

	for (uint32 k = 0; k < extent->nrings; k++)
	{
		for (uint32 i = 0; i + 1 < extent->ring_points[k]; i++)
		{
			const double *edge = &xy[2 * (Size) i];
			MinefieldBox edge_box;

			box_set_empty(&edge_box);
			box_add_point(&edge_box, edge[0], edge[1]);
			box_add_point(&edge_box, edge[2], edge[3]);
			if (box_overlaps(&edge_box, box))
				add_line(scope, edge, 2);
		}
		xy += 2 * (Size) extent->ring_points[k];
	}
}

/* Every edge once, cut wherever two meet. */
static GEOSGeometry *
noded_edges(MfGeosScope *scope, const MfExtent *const *extents, int n,
			const MfExtent *cut)
{
	MinefieldBox box;

	box_set_empty(&box);
	for (int i = 0; i < n; i++)
	{
		const double *xy = extents[i]->xy;
		MinefieldBox one;

		for (uint32 k = 0; k < extents[i]->nrings; k++)
		{
			add_line(scope, xy, extents[i]->ring_points[k]);
			xy += 2 * (Size) extents[i]->ring_points[k];
		}
		box_of_extent(&one, extents[i]);
		box_add_box(&box, &one);
	}
	if (cut != NULL)
		add_edges(scope, cut, &box);
	return scope_own(scope,
					 GEOSUnaryUnion_r(geos,
									  collect_items(scope, 0, GEOS_MULTILINESTRING)));
}

int
mf_geos_faces(const MfExtent *const *extents, int n, const MfExtent *cut,
			  MfExtent ***faces, double **inside)
{
	MfGeosScope *scope = scope_open("cutting into faces");
	const GEOSGeometry *lines = noded_edges(scope, extents, n, cut);
	GEOSGeometry *polygons = scope_own(scope, GEOSPolygonize_r(geos, &lines, 1));
	PolygonList list = {NULL, 0, 0};

	if (GEOSNormalize_r(geos, polygons) != 0)
		scope_fail(scope);
	list_polygons(scope, polygons, &list);
	*faces = palloc_extended(sizeof(**faces) * Max(list.n, 1), MCXT_ALLOC_HUGE);
	*inside = palloc_extended(16 * (Size) Max(list.n, 1), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < list.n; i++)
	{
		PolygonList one = {&list.items[i], 1, 1};
		double	   *scratch;

		CHECK_FOR_INTERRUPTS();
		(*faces)[i] = export_polygons(scope, &one);
		scratch = palloc_extended(sizeof(double) * (*faces)[i]->npoints,
								  MCXT_ALLOC_HUGE);
		extent_inside((*faces)[i], scratch, *inside + 2 * (Size) i);
		pfree(scratch);
	}
	scope_close(scope);
	return list.n;
}

/* ---- in the metric plane ---- */

static GEOSGeometry *
buffer_planar(MfGeosScope *scope, const GEOSGeometry *g, double distance_m,
			  bool flat_ends)
{
	if (scope->buffer_params == NULL)
	{
		scope->buffer_params = GEOSBufferParams_create_r(geos);
		if (scope->buffer_params == NULL ||
			!GEOSBufferParams_setQuadrantSegments_r(geos, scope->buffer_params,
													QUADRANT_SEGMENTS) ||
			!GEOSBufferParams_setEndCapStyle_r(geos, scope->buffer_params,
											   flat_ends ? GEOSBUF_CAP_FLAT : GEOSBUF_CAP_ROUND))
			scope_fail(scope);
	}
	return scope_own(scope, GEOSBufferWithParams_r(geos, g, scope->buffer_params,
												   distance_m));
}

/* Back to degrees, no further than the edge of the world. */
static GEOSGeometry *
from_plane(MfGeosScope *scope, GEOSGeometry *g, const MfPlane *plane)
{
	static const double world[] = {-180, -90, 180, -90, 180, 90, -180, 90, -180, -90};
	static const uint32 one = 1;
	static const uint32 five = 5;
	static const MfExtent whole = {MF_POLYGON, 1, 1, 5, &one, &five, world};
	PolygonList list = {NULL, 0, 0};
	MemoryContext caller = scope->caller;
	MfExtent   *planar;
	bool		beyond = false;

	list_polygons(scope, g, &list);
	scope->caller = scope->context;
	planar = export_polygons(scope, &list);
	scope->caller = caller;
	plane_inverse(plane, (double *) planar->xy, planar->npoints);
	for (uint32 i = 0; i < planar->npoints; i++)
		beyond |= fabs(planar->xy[2 * i]) > 180.0 || fabs(planar->xy[2 * i + 1]) > 90.0;
	g = import_extent(scope, planar);
	if (beyond)
		g = scope_own(scope, GEOSIntersection_r(geos, g, import_extent(scope, &whole)));
	return g;
}

/* One part, in a plane about its own middle; an item of the scope. */
static void
buffer_part(MfGeosScope *scope, const MfExtent *part, double distance_m,
			bool flat_ends)
{
	int			first = scope->nitems;
	MfPlane		plane;
	GEOSGeometry *g;

	plane_of(&plane, part);
	g = buffer_planar(scope, import_planar(scope, part, &plane), distance_m,
					  flat_ends);
	g = from_plane(scope, g, &plane);
	/* keep the last item only */
	Assert(g == scope->items[scope->nitems - 1]);
	scope->items[scope->nitems - 1] = scope->items[first];
	scope->items[first] = g;
	scope_drop(scope, first + 1);
}

MfExtent *
mf_geos_buffer(const MfExtent *extent, double distance_m, bool flat_ends)
{
	MfGeosScope *scope = scope_open("buffer");
	MfExtentPart parts;
	MfExtent	part;
	GEOSGeometry *g;
	MfExtent   *result;

	extent_part_begin(&parts, extent);
	while (extent_part_next(&parts, &part))
		buffer_part(scope, &part, distance_m, flat_ends);
	g = collect_items(scope, 0, GEOS_GEOMETRYCOLLECTION);
	if (extent->nparts > 1)
		g = scope_own(scope, GEOSUnaryUnion_r(geos, g));
	result = export_valid(scope, g);
	scope_close(scope);
	return result;
}

/* ---- points ---- */

void
mf_geos_centroid(const MfExtent *extent, double *lonlat)
{
	MfGeosScope *scope = scope_open("centroid");
	GEOSGeometry *point = scope_own(scope,
									GEOSGetCentroid_r(geos, import_extent(scope, extent)));

	if (!GEOSGeomGetX_r(geos, point, &lonlat[0]) ||
		!GEOSGeomGetY_r(geos, point, &lonlat[1]))
		scope_fail(scope);
	scope_close(scope);
}
