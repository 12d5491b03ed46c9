/*
 * lines_test.c - lines and points against the edges of many records
 *
 * The oracle measures with extent_distance() and PROJ's geodesics, record by
 * record, at points along the lines; what is inside is asked of
 * extent_touches().
 */
#include "flat.h"
#include "mf_lines.h"

#include <geodesic.h>

#include "unit.h"

#define MOST_RECORDS	60
#define MOST_COPIES	100		/* more than a plane keeps in mind */
#define MOST_POINTS		400

static struct geod_geodesic wgs84;

static double
measure(double lon1, double lat1, double lon2, double lat2)
{
	double		s12;

	geod_inverse(&wgs84, lat1, lon1, lat2, lon2, &s12, NULL, NULL);
	return s12;
}

/* ---- random records ---- */

typedef struct Record
{
	MfExtent	extent;
	uint32_t	parts[4];
	uint32_t	rings[8];
	double		xy[2 * MOST_POINTS];
} Record;

typedef struct Field
{
	double		lon;			/* what all lie about */
	double		lat;
	double		size;			/* degrees of latitude */
	double		wide;			/* of longitude for the same length */
	bool		lattice;		/* coordinates on a coarse grid */
	uint32_t	n;
	Record		records[MOST_COPIES];
	MfStore		store;
	MfRuns		runs;
} Field;

static void
place_point(const Field *field, double x, double y, double *p)
{
	if (field->lattice)
	{
		x = floor(x * 8) / 8;
		y = floor(y * 8) / 8;
	}
	p[0] = fmax(-180, fmin(180, field->lon + x * field->size * field->wide));
	p[1] = fmax(-90, fmin(90, field->lat + y * field->size));
}

static void
add_ring(const Field *field, Record *record, double x, double y, double r, uint32_t n, bool closed)
{
	MfExtent   *extent = &record->extent;
	double	   *xy = record->xy + 2 * extent->npoints;
	double		turn = random_between(0, 7);

	for (uint32_t i = 0; i < n; i++)
	{
		double		a = turn + 2 * 3.14159265358979 * i / (closed ? n - 1 : 7);
		double		d = r * random_between(closed ? 0.6 : 0.1, 1);

		place_point(field, x + d * cos(a), y + d * sin(a), xy + 2 * i);
	}
	if (closed)
	{
		xy[2 * n - 2] = xy[0];
		xy[2 * n - 1] = xy[1];
	}
	record->rings[extent->nrings++] = n;
	extent->npoints += n;
}

static void
random_record(const Field *field, Record *record)
{
	MfExtent   *extent = &record->extent;
	double		x = random_between(-1, 1);
	double		y = random_between(-1, 1);
	double		r = random_between(0.01, 0.3);
	int			kind = random_below(10);

	memset(extent, 0, sizeof(*extent));
	extent->part_rings = record->parts;
	extent->ring_points = record->rings;
	extent->xy = record->xy;
	extent->nparts = 1;
	record->parts[0] = 1;
	switch (kind)
	{
		case 0:
			extent->kind = MF_POINT;
			add_ring(field, record, x, y, r, 1, false);
			break;
		case 1:
			extent->kind = MF_LINESTRING;
			add_ring(field, record, x, y, r, (uint32_t) (2 + random_below(40)), false);
			break;
		case 2:
			extent->kind = MF_MULTIPOLYGON;
			extent->nparts = 2;
			record->parts[1] = 1;
			add_ring(field, record, x, y, r, 5, true);
			add_ring(field, record, x + r, y, r, 9, true);
			break;
		case 3:
			extent->kind = MF_POLYGON;
			record->parts[0] = 2;
			add_ring(field, record, x, y, r, (uint32_t) (5 + random_below(100)), true);
			add_ring(field, record, x, y, r / 2, 6, true);
			break;
		default:
			extent->kind = MF_POLYGON;
			add_ring(field, record, x, y, r, (uint32_t) (4 + random_below(20)), true);
	}
	extent->nrings = 0;
	for (uint32_t i = 0; i < extent->nparts; i++)
		extent->nrings += record->parts[i];
}

static void
record_source(uint32_t n, MfExtent *extent, void *arg)
{
	*extent = ((Field *) arg)->records[n].extent;
}

static void
random_field(Field *field, uint32_t n)
{
	static const double sizes[] = {0.001, 0.01, 0.1, 1};

	field->size = sizes[random_below(4)];
	field->lon = random_between(-170, 170);
	field->lat = random_between(-75, 75);
	switch (random_below(12))
	{
		case 0:
			field->lat = random_below(2) ? 89.9995 : -89.9995;
			break;
		case 1:
			field->lon = random_below(2) ? 180 : -180;
			break;
		case 2:
			field->lon = field->lat = 0;
			break;
	}
	field->wide = 1 / fmax(0.01, cos(field->lat * 3.14159265358979 / 180));
	field->lattice = random_below(3) == 0;
	field->n = n;
	for (uint32_t i = 0; i < n; i++)
		random_record(field, &field->records[i]);
}

static bool
field_store(Field *field)
{
	if (store_build(&field->store, &mf_memory_malloc, field->n, record_source, NULL, field) != MF_DONE)
		return false;
	return runs_build(&field->runs, &field->store) == MF_DONE;
}

static void
field_free(Field *field)
{
	runs_free(&field->runs);
	store_free(&field->store);
}

static const MfExtent *
point_extent(const double *p)
{
	static const uint32_t one = 1;
	static MfExtent extent;

	extent = (MfExtent) {MF_POINT, 1, 1, 1, &one, &one, p};
	return &extent;
}

static double
oracle_distance(const Field *field, const double *p, double enough)
{
	double		least = INFINITY;

	for (uint32_t i = 0; i < field->n && least > enough; i++)
		least = fmin(least, extent_distance(point_extent(p), &field->records[i].extent, enough, measure));
	return least;
}

/* ---- points ---- */

static void
test_points(void)
{
	static Field field;
	Cases		touching = {0};
	Cases		nearest = {0};
	Cases		within = {0};

	for (int round = 0; round < 40; round++)
	{
		random_field(&field, (uint32_t) (1 + random_below(MOST_RECORDS)));
		if (!field_store(&field))
			return;
		for (int k = 0; k < 20; k++)
		{
			double		p[2];
			double		least,
						found;
			uint32_t	record;
			uint32_t	hint = random_below(2) ? MF_NONE : (uint32_t) random_below((int) field.runs.nruns);
			MfNearest	got_nearest;
			double		reach = k % 5 == 0 ? 300 : 1.2;
			bool		touched = false;

			place_point(&field, random_between(-reach, reach), random_between(-reach, reach), p);
			for (uint32_t i = 0; i < field.n; i++)
			{
				bool		expected = extent_touches(point_extent(p),
													  &field.records[field.store.numbers[i]].extent);

				touched |= expected;
				case_check(&touching, runs_record_touches(&field.runs, i, p) == expected,
						   "record %u at %.17g %.17g", i, p[0], p[1]);
			}
			least = oracle_distance(&field, p, 0);
			case_check(&touching, (runs_touching(&field.runs, p) != MF_NONE) == touched,
					   "touching at %.17g %.17g", p[0], p[1]);
			if (touched)
				continue;
			case_check(&nearest, runs_nearest(&field.runs, p, measure, hint, &got_nearest) == MF_DONE, "done");
			record = got_nearest.record;
			found = got_nearest.distance_m;
			case_check(&nearest, fabs(found - least) <= 1e-3 + 1e-9 * least,
					   "nearest at %.17g %.17g: %.9g, not %.9g", p[0], p[1], found, least);
			case_check(&nearest, record < field.n &&
					   extent_distance(point_extent(p), &field.records[field.store.numbers[record]].extent,
									   0, measure) <= least + 1e-3 + 1e-9 * least,
					   "the nearest at %.17g %.17g", p[0], p[1]);
			for (uint32_t i = 0; i < field.n; i++)
			{
				double		d = extent_distance(point_extent(p),
												&field.records[field.store.numbers[i]].extent, 0, measure);
				double		limit = d * random_between(0.5, 1.5);
				double		got = runs_record_distance(&field.runs, i, p, limit, measure);

				if (d == 0)
					continue;
				case_check(&within, d <= limit ? fabs(got - d) <= 1e-3 + 1e-9 * d : got > limit - 1e-3,
						   "record %u at %.17g %.17g: %.9g, not %.9g, limit %.9g",
						   i, p[0], p[1], got, d, limit);
			}
		}
		field_free(&field);
	}
	check_cases(&touching, "what touches a point");
	check_cases(&nearest, "the nearest record");
	check_cases(&within, "the distance from one record, up to a limit");
}

/* A hundred copies: the plane leaves them to the search, which takes the first. */
static void
test_copies(void)
{
	static Field field;
	MfNearest	nearest;
	double		p[2];

	random_field(&field, 1);
	field.n = MOST_COPIES;
	for (uint32_t i = 1; i < field.n; i++)
	{
		field.records[i] = field.records[0];
		field.records[i].extent.part_rings = field.records[i].parts;
		field.records[i].extent.ring_points = field.records[i].rings;
		field.records[i].extent.xy = field.records[i].xy;
	}
	if (!field_store(&field))
		return;
	place_point(&field, 5, 5, p);
	check(runs_nearest(&field.runs, p, measure, MF_NONE, &nearest) == MF_DONE && nearest.record == 0 &&
		  fabs(nearest.distance_m - oracle_distance(&field, p, 0)) <= 1e-3 + 1e-9 * nearest.distance_m,
		  "the first of %u copies", field.n);
	field_free(&field);
}

/* The plane about a point is off by no more than it says. */
static void
test_flat(void)
{
	Cases		shares = {0};

	for (int i = 0; i < 20000; i++)
	{
		double		lon = random_between(-150, 150);
		double		lat = random_between(-85, 85);
		double		reach = pow(10, random_between(-5, 0));
		double		xy[6];
		static const uint32_t one = 1;
		static const uint32_t two = 2;
		MfExtent	point = {MF_POINT, 1, 1, 1, &one, &one, xy};
		MfExtent	edge = {MF_LINESTRING, 1, 1, 2, &one, &two, xy + 2};
		double		p[2],
					a[2],
					b[2],
					u[2],
					flat_m,
					true_m,
					share;
		Flat		flat;

		if (!flat_about(&flat, lon, lat))
			continue;
		for (int k = 0; k < 3; k++)
		{
			xy[2 * k] = lon + random_between(-reach, reach) / flat.cosine;
			xy[2 * k + 1] = lat + random_between(-reach, reach);
		}
		flat_place(&flat, xy, p);
		flat_place(&flat, xy + 2, a);
		flat_place(&flat, xy + 4, b);
		u[0] = b[0] - a[0];
		u[1] = b[1] - a[1];
		flat_m = sqrt(flat_apart2(p, a, u));
		true_m = extent_distance(&point, &edge, 0, measure);
		/* geodesics between them leave their latitudes by little */
		share = flat_share(&flat, 1.1 * reach * 0.017453292519943295);
		if (share <= FLAT_SHARE)
			case_check(&shares, fabs(true_m - flat_m) <= share * flat_m + 1e-3,
					   "about %.17g %.17g, reach %g: %.9g, in the plane %.9g, off by %g at most",
					   lon, lat, reach, true_m, flat_m, share);
	}
	check_cases(&shares, "distances in the plane about a point");
}

/* ---- lines ---- */

typedef struct Line
{
	MfExtent	extent;
	uint32_t	parts[3];
	uint32_t	rings[3];
	double		xy[300];
} Line;

static void
random_line(const Field *field, Line *line)
{
	MfExtent   *extent = &line->extent;
	uint32_t	nparts = (uint32_t) (1 + random_below(3));
	double		x = random_between(-1.5, 1.5);
	double		y = random_between(-1.5, 1.5);
	double		step = random_below(2) ? 0.05 : 1;

	*extent = (MfExtent) {nparts > 1 ? MF_MULTILINESTRING : MF_LINESTRING,
		nparts, nparts, 0, line->parts, line->rings, line->xy};
	for (uint32_t i = 0; i < nparts; i++)
	{
		line->parts[i] = 1;
		line->rings[i] = (uint32_t) (2 + random_below(40));
		for (uint32_t k = 0; k < line->rings[i]; k++)
		{
			/* the first point of a part may be the last of the one before */
			if (k > 0 || i == 0 || random_below(2))
			{
				x += random_between(-step, step);
				y += random_between(-step, step);
				if (fabs(x) > 1.5 || fabs(y) > 1.5)
					x = y = 0;
			}
			place_point(field, x, y, line->xy + 2 * extent->npoints++);
		}
	}
}

static void
line_point(const Line *line, uint32_t edge, double t, double *p)
{
	const double *a = line->xy + 2 * edge;

	p[0] = a[0] + t * (a[2] - a[0]);
	p[1] = a[1] + t * (a[3] - a[1]);
}

/* Metres along an edge to a parameter: many short geodesics. */
static double
edge_length(const Line *line, uint32_t edge, double t)
{
	double		sum = 0;
	/* near the poles edges bend much */
	int			n = fabs(line->xy[2 * edge + 1]) > 85 ? 5000 : fabs(line->xy[2 * edge + 1]) > 60 ? 1000 : 200;

	for (int i = 0; i < n; i++)
	{
		double		p[2],
					q[2];

		line_point(line, edge, t * i / n, p);
		line_point(line, edge, t * (i + 1) / n, q);
		sum += measure(p[0], p[1], q[0], q[1]);
	}
	return sum;
}

static bool
in_gap(const MfLineGaps *found, uint32_t edge, double t)
{
	for (uint32_t i = 0; i < found->n; i++)
	{
		const MfLineGap *gap = &found->gaps[i];

		if ((gap->from_edge < edge || (gap->from_edge == edge && gap->from_t <= t)) &&
			(gap->to_edge > edge || (gap->to_edge == edge && gap->to_t >= t)))
			return true;
	}
	return false;
}

static void
check_samples(Cases *cases, const Field *field, const Line *line, const MfLineGaps *found,
			  double distance, double tolerance)
{
	uint32_t	edge = 0;

	for (uint32_t part = 0; part < line->extent.nparts; part++, edge++)
	{
		for (uint32_t k = 0; k + 1 < line->rings[part]; k++, edge++)
		{
			const double *a = line->xy + 2 * edge;

			/* an edge of no length, as those in a pole are, has no gap */
			if (a[1] == a[3] && (a[0] == a[2] || fabs(a[1]) == 90))
				continue;
			for (int i = 0; i < 6; i++)
			{
				double		t = random_unit();
				double		p[2];
				double		d;

				line_point(line, edge, t, p);
				d = oracle_distance(field, p, distance - 2 * tolerance);
				case_check(cases, in_gap(found, edge, t) ? d > distance - tolerance :
						   d < distance + tolerance,
						   "(%u) at %.17g %.17g: %.9g from the records, limit %.9g, %s", edge, p[0], p[1], d,
						   distance, in_gap(found, edge, t) ? "gap" : "no gap");
			}
		}
	}
}

/* Ends of a gap are at the distance, or where a part begins or ends. */
static void
check_ends(Cases *cases, const Field *field, const Line *line, const MfLineGaps *found,
		   double distance, double tolerance)
{
	double		before = -1;

	for (uint32_t i = 0; i < found->n; i++)
	{
		const MfLineGap *gap = &found->gaps[i];
		double		p[2];

		case_check(cases, gap->from_m >= before && gap->to_m > gap->from_m &&
				   gap->to_m <= found->length_m, "order of gap %u", i);
		before = gap->to_m;
		line_point(line, gap->from_edge, gap->from_t, p);
		if (gap->from_t > 0)
		{
			double		d = oracle_distance(field, p, 0);

			case_check(cases, fabs(d - distance) <= tolerance, "beginning of gap %u: %.9g, not %.9g",
					   i, d, distance);
		}
		line_point(line, gap->to_edge, gap->to_t, p);
		if (gap->to_t < 1)
		{
			double		d = oracle_distance(field, p, 0);

			case_check(cases, fabs(d - distance) <= tolerance, "end of gap %u: %.9g, not %.9g",
					   i, d, distance);
		}
	}
}

static void
check_lengths(Cases *cases, const Line *line, const MfLineGaps *found, double tolerance)
{
	uint32_t	edge = 0;
	uint32_t	gap = 0;
	double		along = 0;

	for (uint32_t part = 0; part < line->extent.nparts; part++, edge++)
	{
		for (uint32_t k = 0; k + 1 < line->rings[part]; k++, edge++)
		{
			for (; gap < found->n && found->gaps[gap].from_edge == edge; gap++)
			{
				double		m = along + edge_length(line, edge, found->gaps[gap].from_t);

				case_check(cases, fabs(found->gaps[gap].from_m - m) <= tolerance + (fabs(line->xy[1]) > 89 ? 1e-7 : 1e-8) * m,
						   "gap begins at %.9g, not %.9g, at %g %g, tolerance %g", found->gaps[gap].from_m, m, line->xy[0], line->xy[1], tolerance);
			}
			along += edge_length(line, edge, 1);
		}
	}
	case_check(cases, fabs(along - found->length_m) <= 1e-3 + (fabs(line->xy[1]) > 89 ? 1e-7 : 1e-8) * along,
			   "length %.9g, not %.9g, at %g %g", found->length_m, along, line->xy[0], line->xy[1]);
}

static void
test_lines(void)
{
	static Field field;
	Cases		samples = {0};
	Cases		ends = {0};
	Cases		lengths = {0};
	long		gaps = 0;

	for (int round = 0; round < 50; round++)
	{
		Line		line;
		MfLineGaps	found;
		double		distance;
		double		tolerance;

		random_field(&field, (uint32_t) random_below(MOST_RECORDS));
		distance = random_below(8) == 0 ? 0 : field.size * 111000 * pow(10, random_between(-4, 0.3));
		distance = fmin(distance, 100000);
		tolerance = 1e-3 + 1e-5 * distance;
		random_line(&field, &line);
		if (!field_store(&field))
			return;
		if (line_gaps_find(&found, &field.runs, &line.extent, distance) != MF_DONE)
			return;
		check_samples(&samples, &field, &line, &found, distance, tolerance);
		check_ends(&ends, &field, &line, &found, distance, tolerance);
		check_lengths(&lengths, &line, &found, tolerance);
		gaps += found.n;
		memory_give(&mf_memory_malloc, found.gaps);
		field_free(&field);
	}
	printf("# %ld gaps\n", gaps);
	check_cases(&samples, "points along lines are in a gap or near a record");
	check_cases(&ends, "gaps end at the distance");
	check_cases(&lengths, "lengths along lines");
}

/* A square of a degree and lines about it, with known answers. */
static void
test_known(void)
{
	static Field field;
	static const double square[] = {0, 0, 1, 0, 1, 1, 0, 1, 0, 0};
	static const double across[] = {-1, 0.5, 2, 0.5};
	static const double edge[] = {-1, 1, 2, 1};
	static const double corner[] = {-1, 1, 1, -1};
	static const double parts[] = {3, 0, 4, 0, 4, 0, 5, 0, 6, 0, 7, 0};
	static const uint32_t ones[] = {1, 1, 1};
	static const uint32_t twos[] = {2, 2, 2};
	Record	   *record = &field.records[0];
	MfLineGaps	found;
	MfExtent	line;
	double		xy[8];

	record->extent = (MfExtent) {MF_POLYGON, 1, 1, 5, record->parts, record->rings, record->xy};
	record->parts[0] = 1;
	record->rings[0] = 5;
	memcpy(record->xy, square, sizeof(square));
	field.n = 1;
	check(field_store(&field), "a store of one square");

	line = (MfExtent) {MF_LINESTRING, 1, 1, 2, ones, twos, across};
	check(line_gaps_find(&found, &field.runs, &line, 0) == MF_DONE && found.n == 2 &&
		  fabs(found.gaps[0].to_t - 1.0 / 3) < 1e-11 && fabs(found.gaps[1].from_t - 2.0 / 3) < 1e-11 &&
		  found.gaps[1].to_t == 1, "a line across, touching counts as near");
	check(line_gap_room(&found.gaps[0]) == 2 && line_gap_points(&line, &found.gaps[0], xy) == 2 &&
		  xy[0] == -1 && fabs(xy[2]) < 1e-11 && xy[3] == 0.5, "the points of the first gap");
	memory_give(&mf_memory_malloc, found.gaps);

	line.xy = edge;
	check(line_gaps_find(&found, &field.runs, &line, 0) == MF_DONE && found.n == 2 &&
		  fabs(found.gaps[0].to_t - 1.0 / 3) < 1e-11 && fabs(found.gaps[1].from_t - 2.0 / 3) < 1e-11,
		  "a line along an edge");
	memory_give(&mf_memory_malloc, found.gaps);

	line.xy = corner;
	check(line_gaps_find(&found, &field.runs, &line, 0) == MF_DONE && found.n == 1 &&
		  found.gaps[0].from_m == 0 && found.gaps[0].to_m == found.length_m,
		  "a line that touches a corner: one gap");
	memory_give(&mf_memory_malloc, found.gaps);

	line = (MfExtent) {MF_MULTILINESTRING, 3, 3, 6, ones, twos, parts};
	check(line_gaps_find(&found, &field.runs, &line, 1000) == MF_DONE && found.n == 2 &&
		  found.gaps[0].from_edge == 0 && found.gaps[0].to_edge == 2 &&
		  found.gaps[1].from_edge == 4 && found.gaps[1].from_m == found.gaps[0].to_m,
		  "parts that join are one gap, parts that do not are two");
	check(line_gap_points(&line, &found.gaps[0], xy) == 3 && xy[4] == 5, "joined at one point");
	memory_give(&mf_memory_malloc, found.gaps);
	field_free(&field);

	field.n = 0;
	check(field_store(&field), "an empty store");
	check(line_gaps_find(&found, &field.runs, &line, 5) == MF_DONE && found.n == 2 &&
		  found.gaps[1].to_m == found.length_m, "without records all is gap");
	memory_give(&mf_memory_malloc, found.gaps);
	check(runs_touching(&field.runs, across) == MF_NONE, "nothing touches");
	{
		MfNearest	nearest;

		check(runs_nearest(&field.runs, across, measure, MF_NONE, &nearest) == MF_DONE &&
			  nearest.record == MF_NONE && isinf(nearest.distance_m), "nothing is nearest");
	}
	field_free(&field);
}

static int	polls_left;

static bool
stop_soon(void)
{
	return polls_left-- <= 0;
}

static void
test_interrupt(void)
{
	static Field field;
	Line		line;
	MfLineGaps	found;

	random_field(&field, MOST_RECORDS);
	field.lattice = false;
	random_line(&field, &line);
	check(field_store(&field), "a store");
	mf_interrupted = stop_soon;
	polls_left = 1;
	check(line_gaps_find(&found, &field.runs, &line.extent, 10) == MF_INTERRUPTED && found.gaps == NULL,
		  "a line is interrupted, nothing is left");
	mf_interrupted = NULL;
	field_free(&field);
}

int
main(void)
{
	geod_init(&wgs84, 6378137.0, 1 / 298.257223563);
	unit_seed();
	test_known();
	test_points();
	test_copies();
	test_flat();
	test_lines();
	test_interrupt();
	return unit_done();
}
