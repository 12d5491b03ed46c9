/*
 * overlay.c - the arrangement by GEOS, should our own fail
 *
 * Extents that hang together are noded and cut into faces, each face counts
 * the extents that contain it, and gaps are the difference from their union.
 * Slower by far, and independent.
 */
#include "mf_analysis.h"

/* ---- union ---- */

static void
boxes_of(const MfExtent *const *extents, uint32 n, MinefieldBox **boxes)
{
	*boxes = palloc_extended(sizeof(MinefieldBox) * Max(n, 1), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < n; i++)
		box_of_extent(&(*boxes)[i], extents[i]);
}

static MfExtent *
unite(const MfExtent *const *extents, uint32 n)
{
	MinefieldBox *boxes;
	MfClusters	clusters;
	const MfExtent **unions;
	const MfExtent **members;
	MfExtent   *joined;

	boxes_of(extents, n, &boxes);
	box_clusters(boxes, n, &clusters);
	unions = palloc_extended(sizeof(MfExtent *) * Max(clusters.n, 1), MCXT_ALLOC_HUGE);
	members = palloc_extended(sizeof(MfExtent *) * Max(n, 1), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < clusters.n; i++)
	{
		uint32		start = clusters.start[i];
		uint32		count = clusters.start[i + 1] - start;

		CHECK_FOR_INTERRUPTS();
		for (uint32 k = 0; k < count; k++)
			members[k] = extents[clusters.members[start + k]];
		unions[i] = count == 1 ? members[0] : mf_geos_union(members, count);
	}
	joined = extent_join(unions, clusters.n);
	pfree(boxes);
	pfree(members);
	pfree(unions);
	return joined;
}

/* ---- areas ---- */

/* Areas covered exactly k times, k = 1 .. n. */
typedef struct Times
{
	double	   *m2;				/* [size], k - 1 */
	uint32		size;
} Times;

static void
times_add(Times *times, uint32 k, double m2)
{
	if (k == 0 || !(m2 > 0))
		return;
	if (k > times->size)
	{
		uint32		size = Max(2 * times->size, Max(k, 8));

		times->m2 = times->m2 == NULL ?
			palloc0(sizeof(double) * size) :
			repalloc(times->m2, sizeof(double) * size);
		for (uint32 i = times->size; i < size; i++)
			times->m2[i] = 0;
		times->size = size;
	}
	times->m2[k - 1] += m2;
}

/* ---- counting the records over each face ---- */

/* Is a point in a valid polygonal extent? */
static bool
extent_contains(const MfExtent *extent, const double *point)
{
	MfExtentPart parts;
	MfExtent	part;

	extent_part_begin(&parts, extent);
	while (extent_part_next(&parts, &part))
	{
		if (point_in_part(point, part.xy, part.ring_points, part.nrings))
			return true;
	}
	return false;
}

typedef struct FaceCount
{
	const MfExtent *const *members;
	const double *inside;
	uint32	   *k;				/* records over each face */
} FaceCount;

static void
count_over_face(uint32 face, uint32 member, void *arg)
{
	FaceCount  *count = arg;

	if (extent_contains(count->members[member], &count->inside[2 * (Size) face]))
		count->k[face]++;
}

/*
 * A cluster of extents that hang together; aoi is NULL where all of it lies
 * within the area of interest.
 */
static void
add_cluster(Times *times, const MfExtent *const *members, uint32 n,
			const MfExtent *aoi)
{
	MfExtent  **faces;
	double	   *inside;
	int			nfaces = mf_geos_faces(members, n, aoi, &faces, &inside);
	MinefieldBox *face_boxes = palloc_extended(sizeof(MinefieldBox) * Max(nfaces, 1),
											   MCXT_ALLOC_HUGE);
	MinefieldBox *boxes = palloc_extended(sizeof(MinefieldBox) * n, MCXT_ALLOC_HUGE);
	FaceCount	count;

	for (int i = 0; i < nfaces; i++)
	{
		box_set_empty(&face_boxes[i]);
		box_add_point(&face_boxes[i], inside[2 * i], inside[2 * i + 1]);
	}
	for (uint32 i = 0; i < n; i++)
		box_of_extent(&boxes[i], members[i]);
	count.members = members;
	count.inside = inside;
	count.k = palloc_extended(sizeof(uint32) * Max(nfaces, 1),
							  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	box_sweep(face_boxes, nfaces, boxes, n, count_over_face, &count);
	for (int i = 0; i < nfaces; i++)
	{
		if (aoi == NULL || extent_contains(aoi, &inside[2 * (Size) i]))
			times_add(times, count.k[i], measure_area(faces[i]));
	}
}

static void
find_times(Times *times, const MfExtent *aoi, const MfExtent *const *extents, uint32 n)
{
	MfWhere    *where = palloc_extended(sizeof(MfWhere) * Max(n, 1), MCXT_ALLOC_HUGE);
	const MfExtent **members = palloc_extended(sizeof(MfExtent *) * Max(n, 1), MCXT_ALLOC_HUGE);
	MinefieldBox *boxes = palloc_extended(sizeof(MinefieldBox) * Max(n, 1), MCXT_ALLOC_HUGE);
	MfClusters	clusters;

	mf_geos_where(aoi, extents, n, where);
	for (uint32 i = 0; i < n; i++)
	{
		if (where[i] == MF_OUTSIDE)
			box_set_empty(&boxes[i]);
		else
			box_of_extent(&boxes[i], extents[i]);
	}
	box_clusters(boxes, n, &clusters);
	for (uint32 i = 0; i < clusters.n; i++)
	{
		uint32		count = 0;
		bool		across = false;

		CHECK_FOR_INTERRUPTS();
		for (uint32 k = clusters.start[i]; k < clusters.start[i + 1]; k++)
		{
			uint32		member = clusters.members[k];

			if (where[member] == MF_OUTSIDE)
				continue;
			members[count++] = extents[member];
			across |= where[member] == MF_ACROSS;
		}
		if (count == 1 && !across)
			times_add(times, 1, measure_area(members[0]));
		else if (count > 0)
			add_cluster(times, members, count, across ? aoi : NULL);
	}
}

void
overlay_arrange(MfArrangement *arrangement, const MfExtent *aoi,
				const MfExtent *const *extents, uint32 n, bool with_gaps)
{
	Times		times = {NULL, 0};
	double		covered = 0;

	memset(arrangement, 0, sizeof(*arrangement));
	mf_memory_of(&arrangement->memory, CurrentMemoryContext);
	arrangement->gaps.kind = MF_MULTIPOLYGON;
	find_times(&times, aoi, extents, n);
	arrangement->ntimes = times.size + 1;
	arrangement->times = palloc0(sizeof(double) * arrangement->ntimes);
	arrangement->doubt = palloc0(sizeof(double) * arrangement->ntimes);
	for (uint32 k = 0; k < times.size; k++)
		covered += arrangement->times[k + 1] = times.m2[k];
	arrangement->times[0] = Max(measure_area(aoi) - covered, 0);
	if (with_gaps)
		arrangement->gaps = *mf_geos_difference(aoi, unite(extents, n));
}
