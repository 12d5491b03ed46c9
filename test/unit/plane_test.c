/*
 * plane_test.c - the local metric plane against geodesics
 */
#include "mf_core.h"

#include <geodesic.h>

#include "unit.h"

static void
test_lengths(struct geod_geodesic *wgs84)
{
	Cases		cases = {0, 0};
	Cases		back = {0, 0};

	for (int i = 0; i < 50000; i++)
	{
		MfPlane		plane;
		double		lat = random_between(-70, 70);
		double		lon = random_between(-179, 179);
		double		reach = random_between(1, 2000);
		double		xy[4];
		double		lonlat[4];
		double		length;

		for (int k = 0; k < 2; k++)
			geod_direct(wgs84, lat, lon, random_between(0, 360), reach, &lonlat[2 * k + 1],
						&lonlat[2 * k], NULL);
		if (fabs(lonlat[0] - lon) > 90 || fabs(lonlat[2] - lon) > 90)
			continue;
		memcpy(xy, lonlat, sizeof(xy));
		plane_about(&plane, lon, lat);
		plane_forward(&plane, xy, 2);
		geod_inverse(wgs84, lonlat[1], lonlat[0], lonlat[3], lonlat[2], &length, NULL, NULL);

		/* The scale along parallels changes by tan(lat) / radius per metre. */
		case_check(&cases, fabs(hypot(xy[2] - xy[0], xy[3] - xy[1]) - length) <=
				   2 * reach * (reach / 6.3e6) * (fabs(tan(lat * M_PI / 180)) + 0.02) + 1e-6,
				   "lat %g reach %g: %.9g, not %.9g", lat, reach,
				   hypot(xy[2] - xy[0], xy[3] - xy[1]), length);
		plane_inverse(&plane, xy, 2);
		for (int k = 0; k < 4; k++)
			case_check(&back, fabs(xy[k] - lonlat[k]) < 1e-13 * 180, "%.17g, not %.17g",
					   xy[k], lonlat[k]);
	}
	check_cases(&cases, "lengths within 2 km");
	check_cases(&back, "there and back again");
}

static void
test_known(void)
{
	MfPlane		plane;
	double		xy[] = {1, 1};

	plane_about(&plane, 0, 0);
	check(fabs(plane.mx - 111319.490793) < 1e-5 && fabs(plane.my - 110574.275822) < 1e-5,
		  "a degree at the equator: %.6f and %.6f m", plane.mx, plane.my);
	plane_forward(&plane, xy, 1);
	check(xy[0] == plane.mx && xy[1] == plane.my, "x is east, y is north");
	plane_about(&plane, 10, -90);
	xy[0] = 12;
	xy[1] = -89;
	plane_forward(&plane, xy, 1);
	plane_inverse(&plane, xy, 1);
	check(fabs(xy[0] - 12) < 1e-9 && fabs(xy[1] + 89) < 1e-9, "a pole does no harm");
}

int
main(void)
{
	struct geod_geodesic wgs84;

	geod_init(&wgs84, MF_WGS84_A, MF_WGS84_F);
	unit_seed();
	test_known();
	test_lengths(&wgs84);
	return unit_done();
}
