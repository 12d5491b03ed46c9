/*
 * ground.c - what is recorded within an area of interest
 *
 * The footprints of a set of records, in canonical order, and their overlay
 * with the area of interest.  Footprints that do not hang together are united
 * separately, so the work grows with the records and not with their square.
 */
#include "mf_analysis.h"

static void
boxes_of(const MfExtent *const *extents, uint32 n, MinefieldBox **boxes)
{
	*boxes = palloc_extended(sizeof(MinefieldBox) * Max(n, 1), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < n; i++)
		box_of_extent(&(*boxes)[i], extents[i]);
}

void
ground_find(MfGround *ground, const MfRecordSet *set)
{
	MfOptions	options;
	MinefieldBox aoi_box;

	record_set_get_options(set, &options);
	memset(ground, 0, sizeof(*ground));
	ground->aoi = mf_geos_valid(record_set_get_aoi(set));
	ground->aoi_m2 = measure_area(ground->aoi);
	box_of_extent(&aoi_box, ground->aoi);
	ground->records = ground->nentries = record_set_entries(set, &ground->entries);
	ground->footprints = palloc_extended(sizeof(MfExtent *) * Max(ground->nentries, 1),
										 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	ground->met = palloc_extended(sizeof(MfExtent *) * Max(ground->nentries, 1),
								  MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < ground->nentries; i++)
	{
		const MfEntry *entry = &ground->entries[i];
		MfExtent   *footprint;
		MinefieldBox box;

		CHECK_FOR_INTERRUPTS();
		if (entry->extent.nparts == 0)
		{
			ground->unlocated++;
			continue;
		}
		if (isnan(entry->accuracy95_m))
			ground->accuracy_unknown++;
		footprint = footprint_of(&entry->extent, entry->width_m, options.margin_m);
		ground->footprints[i] = footprint;
		if (footprint == NULL)
		{
			ground->without_area++;
			continue;
		}
		box_of_extent(&box, footprint);
		if (box_overlaps(&box, &aoi_box))
			ground->met[ground->nmet++] = footprint;
	}
}

MfExtent *
ground_union(const MfExtent *const *extents, uint32 n)
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

MfExtent *
ground_gaps(const MfGround *ground)
{
	if (ground->nmet == 0)
		return extent_join((const MfExtent *const *) &ground->aoi, 1);
	return mf_geos_difference(ground->aoi,
							  ground_union(ground->met, ground->nmet));
}

const MfExtent *
ground_shape(const MfGround *ground, uint32 n)
{
	return ground->footprints[n] ? ground->footprints[n] : &ground->entries[n].extent;
}
