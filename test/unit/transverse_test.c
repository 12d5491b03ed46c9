/*
 * transverse_test.c - transverse Mercator and UPS: known points, and there
 * and back again
 *
 * test/t/ compares them with PROJ; here the meridian is measured by geodesics.
 */
#include "mf_core.h"
#include "mf_location.h"

#include <geodesic.h>

#include "unit.h"

static void
test_back(void)
{
	Cases		cases = {0, 0};
	Cases		polar = {0, 0};

	for (int i = 0; i < 100000; i++)
	{
		MfTransverse tm;
		double		lonlat[2] = {0, random_between(-89.9, 89.9)};
		double		grid[2];
		double		back[2];
		bool		north = random_below(2);

		transverse_utm(&tm, 1 + random_below(60), north);
		if (random_below(2))
			transverse_gauss(&tm, 1 + random_below(60));
		lonlat[0] = remainder(tm.lon0 + random_between(-30, 30), 360);
		transverse_forward(&tm, lonlat, grid);
		transverse_inverse(&tm, grid, back);
		case_check(&cases, fabs(remainder(back[0] - lonlat[0], 360)) * cos(lonlat[1] * M_PI / 180) < 1e-12 * 20 &&
				   fabs(back[1] - lonlat[1]) < 1e-12 * 20, "%.15g %.15g: %.15g %.15g",
				   lonlat[0], lonlat[1], back[0], back[1]);
		lonlat[0] = random_between(-180, 180);
		lonlat[1] = north ? random_between(40, 90) : random_between(-90, -40);
		ups_forward(north, lonlat, grid);
		ups_inverse(north, grid, back);
		case_check(&polar, fabs(remainder(back[0] - lonlat[0], 360)) * cos(lonlat[1] * M_PI / 180) < 1e-12 * 20 &&
				   fabs(back[1] - lonlat[1]) < 1e-12 * 20, "%.15g %.15g: %.15g %.15g",
				   lonlat[0], lonlat[1], back[0], back[1]);
	}
	check_cases(&cases, "transverse Mercator there and back");
	check_cases(&polar, "UPS there and back");
}

/* On the central meridian the northing is the length of the meridian. */
static void
test_meridian(void)
{
	Cases		cases = {0, 0};
	struct geod_geodesic krassowsky;

	geod_init(&krassowsky, 6378245.0, 1 / 298.3);
	for (int i = 0; i < 10000; i++)
	{
		MfTransverse tm;
		double		lonlat[2];
		double		grid[2];
		double		length;
		int			zone = 1 + random_below(60);

		transverse_gauss(&tm, zone);
		lonlat[0] = zone * 6 - 3;
		lonlat[1] = random_between(0, 89);
		transverse_forward(&tm, lonlat, grid);
		geod_inverse(&krassowsky, 0, lonlat[0], lonlat[1], lonlat[0], &length, NULL, NULL);
		case_check(&cases, fabs(grid[1] - length) < 1e-7 &&
				   fabs(grid[0] - zone * 1e6 - 5e5) < 1e-7, "%.15g: %.9f, not %.9f",
				   lonlat[1], grid[1], length);
	}
	check_cases(&cases, "northings on the central meridian are its length");
}

static void
test_known(void)
{
	MfTransverse tm;
	double		grid[2];
	const double here[] = {50.3011959533, 41.2000867937};
	const double pole[] = {17, 90};

	/* PROJ 9.1: cct -d 6 +proj=utm +zone=39; +proj=ups */
	transverse_utm(&tm, 39, true);
	transverse_forward(&tm, (const double[]) {50.3, 41.2}, grid);
	check(fabs(grid[0] - 441307.046345) < 1e-6 && fabs(grid[1] - 4561195.515177) < 1e-6, "UTM 39: %.6f %.6f", grid[0], grid[1]);
	transverse_gauss(&tm, 9);
	transverse_forward(&tm, here, grid);
	check(fabs(grid[0] - 9441382.974882) < 1e-6 && fabs(grid[1] - 4563110.201185) < 1e-6, "Gauss 9: %.6f %.6f", grid[0], grid[1]);
	ups_forward(false, (const double[]) {-60, -85}, grid);
	check(fabs(grid[0] - 1518959.788343) < 1e-6 && fabs(grid[1] - 2277728.695691) < 1e-6, "UPS south: %.6f %.6f", grid[0], grid[1]);
	ups_forward(true, pole, grid);
	check(grid[0] == 2e6 && grid[1] == 2e6, "the pole");
}

int
main(void)
{
	unit_seed();
	test_known();
	test_meridian();
	test_back();
	return unit_done();
}
