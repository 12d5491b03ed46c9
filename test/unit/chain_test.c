/*
 * chain_test.c - networks of measurements: positions against geodesics,
 * ellipses against Monte Carlo, reasons, outliers
 */
#include "mf_chain.h"

#include <geodesic.h>

#include "unit.h"

#define RADIANS (M_PI / 180.0)
#define MOST 500

static MfChainPoint points[MOST];
static MfChainLeg legs[2 * MOST];
static MfChainShared shared[4];
static MfChainNetwork networks[MOST];
static MfChainPlane plane;

/* A normal deviate (Box and Muller). */
static double
random_normal(void)
{
	return sqrt(-2.0 * log(1.0 - random_unit())) * cos(2.0 * M_PI * random_unit());
}

static MfChain
chain_of(uint32_t npoints, uint32_t nlegs, uint32_t nshared)
{
	MfChain		chain = {
		.plane = &plane, .points = points, .npoints = npoints, .legs = legs, .nlegs = nlegs,
		.shared = shared, .nshared = nshared, .networks = networks
	};

	return chain;
}

static void
set_fixed(uint32_t i, double x, double y, double sd)
{
	points[i].fixed = true;
	points[i].given_x = x;
	points[i].given_y = y;
	points[i].sd_m = sd;
	points[i].source = MF_FROM_LANDMARK;
}

static void
set_leg(uint32_t i, uint32_t from, uint32_t to, double azimuth_deg, double distance)
{
	legs[i] = (MfChainLeg) {
		.from = from, .to = to, .has_azimuth = true, .has_distance = true,
		.azimuth = azimuth_deg * RADIANS, .distance_m = distance,
		.azimuth_sd = 0.7 * RADIANS, .distance_sd = 0.02 * distance, .turn = -1, .stretch = -1
	};
}

static void
clear(void)
{
	memset(points, 0, sizeof(points));
	memset(legs, 0, sizeof(legs));
	memset(shared, 0, sizeof(shared));
	chain_plane_about(&plane, 50.3, 41.2);
}

/* ---- positions ---- */

/* A true azimuth and a ground distance are a geodesic. */
static void
test_geodesics(void)
{
	struct geod_geodesic wgs84;
	Cases		ends = {0, 0};
	Cases		back = {0, 0};

	geod_init(&wgs84, MF_WGS84_A, MF_WGS84_F);
	for (int i = 0; i < 20000; i++)
	{
		MfChain		chain = chain_of(2, 1, 0);
		double		lon = random_between(-180, 180);
		double		lat = random_between(-75, 75);
		double		azimuth = random_between(0, 360);
		double		distance = random_between(0, 2000);
		double		start[2],
					end[2],
					xy[2],
					lonlat[2],
					wanted_lat,
					wanted_lon;

		chain_plane_about(&plane, lon, lat);
		start[0] = random_between(-5000, 5000);
		start[1] = random_between(-5000, 5000);
		set_leg(0, 0, 1, azimuth, distance);
		legs[0].true_north = true;
		leg_end(&chain, &legs[0], false, start, end);
		chain_plane_inverse(&plane, start, lonlat);
		geod_direct(&wgs84, lonlat[1], lonlat[0], azimuth, distance, &wanted_lat, &wanted_lon, NULL);
		chain_plane_forward(&plane, (double[2]) {wanted_lon, wanted_lat}, xy);
		case_check(&ends, hypot(xy[0] - end[0], xy[1] - end[1]) < 0.002,
				   "%g %g: azimuth %g, %g m: off by %g m", lon, lat, azimuth, distance,
				   hypot(xy[0] - end[0], xy[1] - end[1]));
		leg_end(&chain, &legs[0], true, end, xy);
		case_check(&back, hypot(xy[0] - start[0], xy[1] - start[1]) < 1e-5,
				   "backwards off by %g m", hypot(xy[0] - start[0], xy[1] - start[1]));
	}
	check_cases(&ends, "legs from true north end where geodesics end");
	check_cases(&back, "and lead back to where they begin");
}

/* ---- ellipses ---- */

/*
 * Two landmarks, a marker and three points of a field, tied twice; with the
 * errors of landmarks, azimuths, distances and two that legs share.
 */
static MfChain
sample_network(void)
{
	clear();
	set_fixed(0, 0, 0, 8.0);
	set_fixed(1, 900, 250, 5.0);
	shared[0] = (MfChainShared) {.sd = 1.0, .source = MF_FROM_AZIMUTH};
	shared[1] = (MfChainShared) {.sd = 1.0, .source = MF_FROM_ASSUMPTION};
	set_leg(0, 0, 2, 40, 350);
	set_leg(1, 2, 3, 95, 240);
	set_leg(2, 3, 4, 170, 120);
	set_leg(3, 2, 5, 10, 300);
	for (int i = 0; i < 4; i++)
	{
		legs[i].turn = 0;
		legs[i].turn_by = 0.4 * RADIANS;
		legs[i].stretch = 1;
		legs[i].stretch_by = 0.03 * legs[i].distance_m;
	}
	return chain_of(6, 4, 2);
}

/* The last leg joins the second landmark; its values agree with the others. */
static MfChain
tied_network(void)
{
	MfChain		chain = sample_network();
	double		dx,
				dy;

	(void) chain_solve(&chain, &mf_memory_malloc);
	dx = points[3].x - 900;
	dy = points[3].y - 250;
	set_leg(4, 1, 3, atan2(dx, dy) / RADIANS, hypot(dx, dy));
	legs[4].azimuth_sd = 0.1 * RADIANS;
	legs[4].distance_sd = 2.0;
	chain.nlegs = 5;
	return chain;
}

static void
draw_measurements(const MfChain *chain, const MfChainLeg *exact)
{
	double		turn = random_normal();
	double		stretch = random_normal();

	set_fixed(0, 8.0 * random_normal(), 8.0 * random_normal(), 8.0);
	set_fixed(1, 900 + 5.0 * random_normal(), 250 + 5.0 * random_normal(), 5.0);
	for (uint32_t i = 0; i < chain->nlegs; i++)
	{
		legs[i] = exact[i];
		legs[i].azimuth += exact[i].azimuth_sd * random_normal() +
			(exact[i].turn >= 0 ? turn * exact[i].turn_by : 0.0);
		legs[i].distance_m += exact[i].distance_sd * random_normal() +
			(exact[i].stretch >= 0 ? stretch * exact[i].stretch_by : 0.0);
	}
}

static void
test_monte_carlo(MfChain chain, const char *what)
{
	enum {DRAWS = 20000};
	MfChainLeg	exact[5];
	MfCovariance told[6];
	double		mean[6][2];
	MfCovariance drawn[6];
	Cases		axes = {0, 0};

	(void) chain_solve(&chain, &mf_memory_malloc);
	memcpy(exact, legs, sizeof(MfChainLeg) * chain.nlegs);
	for (int i = 0; i < 6; i++)
	{
		told[i] = covariance_sum(points[i].covariance);
		mean[i][0] = points[i].x;
		mean[i][1] = points[i].y;
		drawn[i] = (MfCovariance) {0, 0, 0};
	}
	for (int d = 0; d < DRAWS; d++)
	{
		draw_measurements(&chain, exact);
		(void) chain_solve(&chain, &mf_memory_malloc);
		for (int i = 0; i < 6; i++)
		{
			double		dx = points[i].x - mean[i][0];
			double		dy = points[i].y - mean[i][1];

			drawn[i].xx += dx * dx / DRAWS;
			drawn[i].xy += dx * dy / DRAWS;
			drawn[i].yy += dy * dy / DRAWS;
		}
	}
	for (int i = 0; i < 6; i++)
	{
		MfEllipse	a,
					b;

		if (chain.nlegs == 4 && i == 1)
			continue;			/* hangs together with nothing */
		ellipse_95(&told[i], &a);
		ellipse_95(&drawn[i], &b);
		case_check(&axes, fabs(a.major_m / b.major_m - 1.0) < 0.03 &&
				   fabs(a.minor_m / b.minor_m - 1.0) < 0.03,
				   "point %d: %.3f x %.3f m, drawn %.3f x %.3f m", i,
				   a.major_m, a.minor_m, b.major_m, b.minor_m);
		if (a.major_m > 1.3 * a.minor_m)
			case_check(&axes, fabs(remainder(a.azimuth_deg - b.azimuth_deg, 180.0)) < 4.0,
					   "point %d: azimuth %.2f, drawn %.2f", i, a.azimuth_deg, b.azimuth_deg);
	}
	check_cases(&axes, what);
}

static void
test_ellipse(void)
{
	MfCovariance c = {4, 0, 1};
	MfEllipse	e;

	ellipse_95(&c, &e);
	check(fabs(e.major_m - 2 * MF_ELLIPSE_95) < 1e-12 && fabs(e.minor_m - MF_ELLIPSE_95) < 1e-12 &&
		  e.azimuth_deg == 90.0, "an ellipse that is longer to the east");
	c = (MfCovariance) {1, 1, 1};
	ellipse_95(&c, &e);
	check(fabs(e.azimuth_deg - 45.0) < 1e-9 && e.minor_m < 1e-6, "a line to the north-east");
	c = (MfCovariance) {3, 0, 3};
	ellipse_95(&c, &e);
	check(e.azimuth_deg == 0.0 && e.major_m == e.minor_m, "a circle has no azimuth");
}

/* ---- reasons ---- */

static void
test_states(void)
{
	MfChain		chain;

	clear();
	set_fixed(0, 0, 0, 1);
	set_leg(0, 0, 1, 90, 100);
	set_leg(1, 1, 2, 90, 100);
	legs[1].has_azimuth = false;
	set_leg(2, 2, 3, 90, 100);
	set_leg(3, 4, 5, 0, 10);
	set_leg(4, 6, 7, 0, 10);
	set_leg(5, 7, 8, 120, 10);
	set_leg(6, 8, 6, 240, 10);
	chain = chain_of(10, 7, 0);
	check(chain_solve(&chain, &mf_memory_malloc) == MF_DONE, "a location with much missing is solved");
	check(points[1].state == MF_POINT_SOLVED && fabs(points[1].x - 100) < 1e-6 &&
		  fabs(points[1].y) < 1e-6, "a point is where its leg ends");
	check(points[2].state == MF_POINT_BEHIND && points[2].via == 1 &&
		  points[3].state == MF_POINT_BEHIND && points[3].via == 1,
		  "points behind a leg that lacks something name that leg");
	check(points[4].state == MF_POINT_UNTIED && points[5].state == MF_POINT_UNTIED,
		  "points without a way to a fixed one are untied");
	check(points[6].state == MF_POINT_LOOP && points[8].state == MF_POINT_LOOP,
		  "a loop without a tie is told from that");
	check(points[9].state == MF_POINT_ALONE, "a point without leg and coordinates is alone");
	check(chain.nnetworks == 1 && networks[0].redundancy == 0 && isnan(networks[0].sigma0) &&
		  isnan(networks[0].worst_w), "without redundancy nothing is checked");
}

static void
test_directions(void)
{
	MfChain		chain;

	clear();
	set_fixed(0, 0, 0, 1);
	set_fixed(1, 100, 0, 1);
	set_leg(0, 0, 2, 45, 0);
	set_leg(1, 1, 2, 315, 0);
	set_leg(2, 0, 3, 10, 0);
	set_leg(3, 1, 3, 11, 0);
	for (int i = 0; i < 4; i++)
		legs[i].has_distance = false;
	chain = chain_of(4, 4, 0);
	(void) chain_solve(&chain, &mf_memory_malloc);
	check(points[2].state == MF_POINT_SOLVED && fabs(points[2].x - 50) < 1e-6 &&
		  fabs(points[2].y - 50) < 1e-6, "two directions fix a point");
	check(points[3].state == MF_POINT_BEHIND, "directions that hardly cross do not");
}

static void
test_too_many(void)
{
	MfChain		chain;

	clear();
	set_fixed(0, 0, 0, 1);
	for (uint32_t i = 0; i + 1 < MOST; i++)
		set_leg(i, i, i + 1, 0, 10);
	chain = chain_of(MOST, MOST - 1, 0);
	check(chain_solve(&chain, &mf_memory_malloc) == MF_DONE &&
		  points[MOST - 1].state == MF_POINT_TOO_MANY, "a network beyond the limit is not solved");
	points[MF_CHAIN_POINTS].fixed = false;
	chain = chain_of(MF_CHAIN_POINTS, MF_CHAIN_POINTS - 1, 0);
	check(chain_solve(&chain, &mf_memory_malloc) == MF_DONE &&
		  points[MF_CHAIN_POINTS - 1].state == MF_POINT_SOLVED &&
		  fabs(points[MF_CHAIN_POINTS - 1].y - 10.0 * (MF_CHAIN_POINTS - 1)) < 1e-3,
		  "one of the limit is");
}

static bool
stop(void)
{
	return true;
}

static void
test_interrupt(void)
{
	MfChain		chain = tied_network();

	mf_interrupted = stop;
	check(chain_solve(&chain, &mf_memory_malloc) == MF_INTERRUPTED, "an interrupt stops it");
	mf_interrupted = NULL;
}

/* ---- gross errors ---- */

static void
test_outlier(void)
{
	MfChain		chain = tied_network();
	double		honest;

	(void) chain_solve(&chain, &mf_memory_malloc);
	check(chain.nnetworks == 1 && networks[0].redundancy == 2 && networks[0].worst_w < 1e-3 &&
		  networks[0].misclosure_m < 1e-3, "a second tie that agrees leaves no residual");
	honest = covariance_sum(points[3].covariance).xx;
	legs[4].distance_m += 80;
	(void) chain_solve(&chain, &mf_memory_malloc);
	check(networks[0].worst_w > MF_CHAIN_CRITICAL_W, "a gross error stands out (%.1f)",
		  networks[0].worst_w);
	check(fabs(networks[0].misclosure_m - 80) < 0.1, "the loop misses by it (%.3f m)",
		  networks[0].misclosure_m);
	check(fabs(networks[0].loop_m - (legs[0].distance_m + legs[1].distance_m + legs[4].distance_m)) < 1e-6,
		  "the loop is as long as its legs");
	check(covariance_sum(points[3].covariance).xx > 2 * honest,
		  "and the ellipses grow where the paper contradicts itself");
}

/* Which of two legs between the same points is wrong shows from a third. */
static void
test_blame(void)
{
	MfChain		chain;

	clear();
	set_fixed(0, 0, 0, 0.1);
	set_fixed(1, 400, 0, 0.1);
	set_fixed(2, 0, 400, 0.1);
	set_leg(0, 0, 3, 45, 282.843);
	set_leg(1, 1, 3, 315, 282.843);
	set_leg(2, 2, 3, 135, 282.843);
	legs[1].azimuth += 8 * RADIANS;
	chain = chain_of(4, 3, 0);
	(void) chain_solve(&chain, &mf_memory_malloc);
	check(networks[0].worst_leg == 1, "the leg that is wrong has the largest residual");
}

/* ---- anything at all ---- */

static void
test_random(void)
{
	Cases		sane = {0, 0};
	long		solved = 0;

	for (int i = 0; i < 4000; i++)
	{
		uint32_t	npoints = 2 + random_below(12);
		uint32_t	nlegs = random_below(25);
		MfChain		chain;

		clear();
		for (uint32_t j = 0; j < npoints; j++)
		{
			if (random_below(4) == 0)
				set_fixed(j, random_between(-5000, 5000), random_between(-5000, 5000),
						  random_below(3) == 0 ? 0.0 : random_between(0, 50));
		}
		for (uint32_t j = 0; j < nlegs; j++)
		{
			uint32_t	from = random_below((int) npoints);
			uint32_t	to = (from + 1 + random_below((int) npoints - 1)) % npoints;

			set_leg(j, from, to, random_between(0, 360),
					random_below(10) == 0 ? 0.0 : random_between(0, 3000));
			legs[j].has_azimuth = random_below(6) != 0;
			legs[j].has_distance = random_below(6) != 0;
			legs[j].true_north = random_below(2) == 0;
			legs[j].turn = random_below(3) - 1;
			legs[j].turn_by = random_between(0, 0.1);
			legs[j].stretch = random_below(3) - 1;
			legs[j].stretch_by = random_between(0, 50);
			if (random_below(5) == 0)
				legs[j].azimuth_sd = legs[j].distance_sd = 0.0;
		}
		shared[0] = (MfChainShared) {.sd = 1.0, .source = MF_FROM_AZIMUTH};
		shared[1] = (MfChainShared) {.sd = 1.0, .source = MF_FROM_ASSUMPTION};
		chain = chain_of(npoints, nlegs, 2);
		case_check(&sane, chain_solve(&chain, &mf_memory_malloc) == MF_DONE, "network %d failed", i);
		for (uint32_t j = 0; j < npoints; j++)
		{
			MfCovariance c = covariance_sum(points[j].covariance);
			MfEllipse	e;

			if (points[j].state != MF_POINT_SOLVED)
			{
				case_check(&sane, !points[j].fixed || points[j].state == MF_POINT_VAGUE,
						   "network %d: fixed point %u in state %d", i, j, points[j].state);
				continue;
			}
			ellipse_95(&c, &e);
			solved++;
			case_check(&sane, isfinite(points[j].x) && isfinite(points[j].y) && isfinite(e.major_m) &&
					   e.major_m > 0 && e.minor_m >= 0 && e.azimuth_deg >= 0 && e.azimuth_deg < 180,
					   "network %d: point %u at %g %g, %g x %g m", i, j,
					   points[j].x, points[j].y, e.major_m, e.minor_m);
		}
	}
	check_cases(&sane, "random networks are solved to finite places and errors");
	check(solved > 4000, "of which a fair share is tied");
}

int
main(void)
{
	unit_seed();
	test_geodesics();
	test_ellipse();
	test_monte_carlo(sample_network(), "a chain spreads as its ellipses say");
	test_monte_carlo(tied_network(), "so does a chain with a second tie");
	test_states();
	test_directions();
	test_too_many();
	test_interrupt();
	test_outlier();
	test_blame();
	test_random();
	return unit_done();
}
