/*
 * ground.c - what is recorded within an area of interest
 *
 * The footprints of a set of records and their arrangement in the area.  Most
 * footprints are the extents as they are, read in place; only what is invalid,
 * has a width or is given a margin is made by GEOS.
 */
#include "mf_analysis.h"

/* The area of interest, valid and as it came where it is. */
static const MfExtent *
valid_aoi(const MfExtent *aoi)
{
	return mf_plainly_valid(aoi) ? aoi : mf_geos_valid(aoi);
}

void
ground_find(MfGround *ground, const MfRecordSet *set)
{
	MfOptions	options;
	MinefieldBox aoi_box;
	Size		room;

	record_set_get_options(set, &options);
	memset(ground, 0, sizeof(*ground));
	ground->set = set;
	record_set_memory(set, &ground->memory);
	ground->aoi = valid_aoi(record_set_get_aoi(set));
	ground->aoi_m2 = measure_area(ground->aoi);
	box_of_extent(&aoi_box, ground->aoi);
	ground->records = ground->nentries = record_set_list(set, &ground->entries);
	room = Max(ground->nentries, 1);
	ground->footprints = mf_alloc_large(CurrentMemoryContext, sizeof(MfExtent *) * room);
	memset(ground->footprints, 0, sizeof(MfExtent *) * room);
	ground->met = mf_alloc_large(CurrentMemoryContext, sizeof(MfExtent *) * room);
	ground->met_boxes = mf_alloc_large(CurrentMemoryContext, sizeof(MinefieldBox) * room);
	for (uint32 i = 0; i < ground->nentries; i++)
	{
		const MfEntry *entry = &ground->entries[i];
		const MfExtent *footprint;
		MinefieldBox box;

		CHECK_FOR_INTERRUPTS();
		if (entry->extent.nparts == 0)
		{
			ground->unlocated++;
			continue;
		}
		if (isnan(entry->accuracy95_m))
			ground->accuracy_unknown++;
		footprint = footprint_view(&entry->extent, entry->plain, entry->width_m,
								   options.margin_m);
		ground->footprints[i] = footprint;
		if (footprint == NULL)
		{
			ground->without_area++;
			continue;
		}
		if (footprint == &entry->extent)
			box = entry->box;
		else
			box_of_extent(&box, footprint);
		if (box_overlaps(&box, &aoi_box))
		{
			ground->met_boxes[ground->nmet] = box;
			ground->met[ground->nmet++] = footprint;
		}
	}
}

const MfExtent *
ground_shape(const MfGround *ground, uint32 n)
{
	return ground->footprints[n] ? ground->footprints[n] : &ground->entries[n].extent;
}

/* ---- the arrangement ---- */

static void
listed_extent(uint32_t n, MfExtent *extent, void *arg)
{
	*extent = *((const MfExtent *const *) arg)[n];
}

/* Give back what was listed. */
static void
ground_forget(MfGround *ground)
{
	mf_free_large(ground->entries);
	mf_free_large(ground->footprints);
	mf_free_large(ground->met);
	mf_free_large(ground->met_boxes);
	ground->entries = NULL;
	ground->footprints = ground->met = NULL;
	ground->met_boxes = NULL;
}

static void
met_store(MfStore *records, const MfGround *ground)
{
	mf_status_check(store_build_boxed(records, &ground->memory, ground->nmet, listed_extent,
									  ground->met_boxes, NULL, ground->met));
}

bool		mf_debug_arrange_by_geos = false;

/* MF_INCONSISTENT: there is no arrangement yet. */
static MfStatus
arrange(MfArrangement *arrangement, const MfGround *ground, MfStore *records, bool with_gaps)
{
	MfStore		aoi;

	if (mf_debug_arrange_by_geos)
	{
		store_free(records);
		return MF_INCONSISTENT;
	}
	mf_status_check(store_build(&aoi, &ground->memory, 1, listed_extent, NULL,
								(void *) &ground->aoi));
	return arrangement_find(arrangement, &ground->memory, records, &aoi, with_gaps);
}

/*
 * What the arrangement failed at, by GEOS.  As that should not be, it is worth
 * a line in the server's log.
 */
static void
arrange_otherwise(MfStatus status, MfArrangement *arrangement, const MfGround *ground,
				  const MfExtent *const *extents, uint32 n, bool with_gaps)
{
	if (status != MF_INCONSISTENT)
		mf_status_check(status);
	else
	{
		ereport(mf_debug_arrange_by_geos ? DEBUG1 : LOG,
				(errmsg("minefield: arrangement of %u extents left to GEOS", n),
				 errdetail("The answer is right, but took longer than usual.")));
		overlay_arrange(arrangement, ground->aoi, extents, n, with_gaps);
	}
}

void
ground_arrange(MfArrangement *arrangement, const MfGround *ground,
			   const MfExtent *const *extents, uint32 n, bool with_gaps)
{
	MfStore		records;
	MfStatus	status;

	if (extents == ground->met)
		met_store(&records, ground);
	else
		mf_status_check(store_build(&records, &ground->memory, n, listed_extent, NULL,
									(void *) extents));
	status = arrange(arrangement, ground, &records, with_gaps);
	arrange_otherwise(status, arrangement, ground, extents, n, with_gaps);
}

void
ground_gaps(MfArrangement *arrangement, MfGround *ground, bool forget)
{
	MfStore		records;
	MfStatus	status;

	if (ground->nmet == 0)
	{
		memset(arrangement, 0, sizeof(*arrangement));
		arrangement->memory = ground->memory;
		arrangement->gaps = *extent_join(&ground->aoi, 1);
		return;
	}
	met_store(&records, ground);
	if (forget)
		ground_forget(ground);
	status = arrange(arrangement, ground, &records, true);
	if (status == MF_INCONSISTENT && forget)
		ground_find(ground, ground->set);	/* once more */
	arrange_otherwise(status, arrangement, ground, ground->met, ground->nmet, true);
}
