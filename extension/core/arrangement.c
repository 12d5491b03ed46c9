/*
 * arrangement.c - what many records leave of an area, and how often they
 * cover the rest: the steps in their order
 */
#include "arrangement.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "exact.h"

bool
times_add(Times *times, uint32_t k, double m2)
{
	double		error;

	if (k >= times->n &&
		!memory_grow(times->memory, (void **) &times->sums, &times->room, (size_t) k + 1,
					 sizeof(*times->sums)))
		return false;
	for (; times->n <= k; times->n++)
		memset(&times->sums[times->n], 0, sizeof(*times->sums));
	times->sums[k].sum = exact_sum(times->sums[k].sum, m2, &error);
	times->sums[k].lost += error;
	times->sums[k].bulk += fabs(m2);
	return true;
}

static MfStatus
take_times(MfArrangement *a, const Times *times)
{
	a->ntimes = (uint32_t) times->n;
	a->times = memory_get(&a->memory, times->n, sizeof(double));
	a->doubt = memory_get(&a->memory, times->n, sizeof(double));
	if (a->times == NULL || a->doubt == NULL)
		return MF_NO_MEMORY;
	for (size_t k = 0; k < times->n; k++)
	{
		a->times[k] = times->sums[k].sum + times->sums[k].lost;
		/* each share is good to a few roundings of itself */
		a->doubt[k] = 8 * DBL_EPSILON * times->sums[k].bulk;
	}
	return MF_DONE;
}

MfStatus
arrangement_find(MfArrangement *a, const MfMemory *memory, MfStore *records,
				 MfStore *aoi, bool with_gaps)
{
	Findings	findings = {.with_gaps = with_gaps};
	MfStatus	status = MF_DONE;

	memset(a, 0, sizeof(*a));
	a->memory = *memory;
	a->gaps.kind = MF_MULTIPOLYGON;
	findings.times.memory = memory;
	findings.pieces.vertices.memory = findings.rings.vertices.memory = memory;
	if (aoi->nrecords > 0)
		status = walk_all(&findings, records, aoi);
	store_free(records);
	store_free(aoi);
	if (status == MF_DONE)
		status = link_pieces(&findings.rings, &findings.pieces);
	pieces_free(&findings.pieces);
	if (status == MF_DONE)
		status = mend_rings(&findings.rings);
	if (status == MF_DONE)
		status = polygons_make(a, &findings.rings);
	if (status == MF_DONE)
		status = take_times(a, &findings.times);
	rings_free(&findings.rings);
	memory_give(memory, findings.times.sums);
	if (status != MF_DONE)
		arrangement_free(a);
	return status;
}

void
arrangement_free(MfArrangement *a)
{
	memory_give(&a->memory, a->times);
	memory_give(&a->memory, a->doubt);
	memory_give(&a->memory, a->part_rings);
	memory_give(&a->memory, a->ring_points);
	memory_give(&a->memory, a->xy);
	a->times = a->doubt = a->xy = NULL;
	a->part_rings = a->ring_points = NULL;
}
