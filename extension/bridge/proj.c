/*
 * proj.c - the only door to PROJ: geodesics on WGS 84
 *
 * geodesic.h is plain arithmetic: no context, no allocation, no failure.
 */
#include "mf_bridge.h"

#include <geodesic.h>
#include <proj.h>

#define MF_STRINGIFY_(x) #x
#define MF_STRINGIFY(x) MF_STRINGIFY_(x)

static const struct geod_geodesic *
wgs84(void)
{
	static struct geod_geodesic geodesic;
	static bool ready = false;

	if (!ready)
	{
		geod_init(&geodesic, MF_WGS84_A, MF_WGS84_F);
		ready = true;
	}
	return &geodesic;
}

double
mf_geodesic_distance(double lon1, double lat1, double lon2, double lat2)
{
	double		distance;

	geod_inverse(wgs84(), lat1, lon1, lat2, lon2, &distance, NULL, NULL);
	return distance;
}

double
mf_geodesic_azimuth(double lon1, double lat1, double lon2, double lat2)
{
	double		azimuth;

	geod_inverse(wgs84(), lat1, lon1, lat2, lon2, NULL, &azimuth, NULL);
	if (azimuth < 0)
		azimuth += 360.0;
	/* a hair west of north rounds up to the full circle; -0 becomes 0 */
	return azimuth >= 360.0 ? 0.0 : azimuth + 0.0;
}

const char *
mf_proj_version(void)
{
	return proj_info().version;
}

const char *
mf_proj_compiled(void)
{
	return MF_STRINGIFY(PROJ_VERSION_MAJOR) "." MF_STRINGIFY(PROJ_VERSION_MINOR)
		"." MF_STRINGIFY(PROJ_VERSION_PATCH);
}
