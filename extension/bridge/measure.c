/*
 * measure.c - the core's long measurements, as a server must make them
 *
 * The core stops in the middle when a cancel is pending, and what it hands
 * back then is no measurement.  The executor does not always look at cancels
 * once a function has returned (a cursor's FETCH hands its rows out first),
 * so they are raised here, before the number can be believed.
 */
#include "mf_bridge.h"

double
measure_area(const MfExtent *extent)
{
	double		area = extent_area(extent);

	CHECK_FOR_INTERRUPTS();
	return area;
}

bool
measure_touch(const MfExtent *a, const MfExtent *b)
{
	bool		touches = extent_touches(a, b);

	CHECK_FOR_INTERRUPTS();
	return touches;
}

double
measure_distance(const MfExtent *a, const MfExtent *b, double enough)
{
	double		distance = extent_distance(a, b, enough, mf_geodesic_distance);

	CHECK_FOR_INTERRUPTS();
	if (isnan(distance))
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("out of memory while measuring a distance")));
	return distance;
}
