/*
 * generate.c - records, an area, front lines and points to measure with
 *
 *   generate TABLE RECORDS [SEED]     rows for COPY, on standard output
 *
 *   records   key, book, properties, geometry
 *   aoi       geometry (one irregular outline with holes)
 *   lines     key, geometry (front lines, a vertex every 16 m)
 *   points    key, geometry (one for five records; about half lie outside)
 *   sheet     what the lay of the land is: records, width and height in metres,
 *             longitude and latitude of its centre, front lines
 *
 * The same arguments give the same bytes everywhere: record n is a function of
 * the seed and n alone, and every coordinate is a whole number of 1e-7 degrees
 * (about 1 cm), so that text carries it exactly and copies are exact copies.
 *
 * Records are strung along front lines in no order, as eight books would have
 * them: 88 % are convex quadrilaterals 50 to 1000 m long and 10 to 100 m wide,
 * 10 % irregular outlines of 20 to 200 vertices (a tenth with a hole), 2 % have
 * two or three parts; 18 vertices each, on average.  Of all, 5 % are copies of
 * another (a fifth to the bit, the rest shifted), 5 % scaled copies, 3 % share
 * an exact edge with another.
 * A record intersects 2.5 others, on average, and the boxes of 5 meet its own.
 * Up to 10,000 records lie in 100 km x 10 km, up to 100,000 in 300 km x 40 km,
 * more in 1000 km x 500 km; with the number of front lines the density along
 * them stays the same.  All of it lies in the open Atlantic, because a million
 * records do not fit into the Caspian Sea.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOOKS 8
#define CENTRE_LON (-39.0)
#define CENTRE_LAT 42.0
/* grid units of 1e-7 degrees in a metre at the centre, east and north */
#define EAST_UNITS 120.7
#define NORTH_UNITS 90.03
#define STEP_M 16.0				/* between vertices of a front line */
#define RECORDS_PER_KM 20		/* along front lines, from 10,000 records on */
#define POINT_SCATTER_M 1000.0
#define POINTS_PLACED_INSIDE 0.33	/* of the others, some lie inside by chance */
#define RECORDS_PER_POINT 5
#define DERIVED 0.13			/* share of records made from another */
#define MAX_RING 200
#define MAX_PARTS 3

/* what a random number is for: streams that never meet */
enum stream { KIND = 1, SHAPE, DERIVE, DOCUMENT, LINE, AREA, POINT };

/* metres east and north of the centre */
typedef struct { double x, y; } Place;

/* grid units */
typedef struct { int64_t x, y; } Vertex;

typedef struct { int n; Vertex at[MAX_RING]; } Ring;	/* open: the first is not repeated */

typedef struct
{
	int			parts;
	Ring		shell[MAX_PARTS];
	bool		has_hole;		/* in the first part */
	Ring		hole;
} Shape;

typedef struct { uint64_t state; } Random;

typedef struct
{
	uint64_t	seed;
	int64_t		records;
	double		width_m, height_m;
	double		scatter_m;		/* records lie so far off their line at most */
	int			lines;
	int			steps;			/* of each line */
	Place	   *at;				/* lines x (steps + 1) */
} World;


/* ---- chance ---- */

/* SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators) */
static uint64_t
next(Random *r)
{
	uint64_t	z = r->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static Random
stream(const World *w, enum stream what, int64_t n)
{
	Random		r = {w->seed * UINT64_C(0xD1342543DE82EF95) + (uint64_t) what};

	r.state = next(&r) ^ (uint64_t) n;
	r.state = next(&r);
	return r;
}

static double
between(Random *r, double low, double high)
{
	return low + (high - low) * ((double) (next(r) >> 11) * 0x1p-53);
}

static int64_t
below(Random *r, int64_t n)
{
	return (int64_t) (next(r) % (uint64_t) n);
}

static bool
chance(Random *r, double share)
{
	return between(r, 0, 1) < share;
}


/* ---- the land ---- */

static Vertex
to_grid(double x, double y)
{
	Vertex		v = {llround(CENTRE_LON * 1e7 + x * EAST_UNITS),
					 llround(CENTRE_LAT * 1e7 + y * NORTH_UNITS)};

	return v;
}

/* A front line meanders about a parallel of its own: its heading wanders, and
 * is drawn back. */
static void
make_line(const World *w, int line)
{
	Random		r = stream(w, LINE, line);
	Place	   *at = w->at + (size_t) line * (w->steps + 1);
	double		spacing = w->height_m / w->lines;
	double		home = -w->height_m / 2 + (line + 0.5) * spacing;
	double		slope = 0, y = home + between(&r, -0.2, 0.2) * spacing;

	for (int i = 0; i <= w->steps; i++)
	{
		at[i].x = -w->width_m / 2 + i * STEP_M;
		at[i].y = y;
		slope = 0.999 * slope + between(&r, -0.03, 0.03) - 0.005 * (y - home) / spacing;
		y += slope * STEP_M;
	}
}

static World
make_world(int64_t records, uint64_t seed)
{
	World		w = {.seed = seed, .records = records};

	if (records <= 10000)
		w.width_m = 100e3, w.height_m = 10e3, w.scatter_m = 900;
	else if (records <= 100000)
		w.width_m = 300e3, w.height_m = 40e3, w.scatter_m = 900;
	else						/* lines so far apart that they share no ground */
		w.width_m = 1000e3, w.height_m = 500e3, w.scatter_m = 680;
	w.lines = (int) lround(records * 1e3 / RECORDS_PER_KM / w.width_m);
	if (w.lines < 1)
		w.lines = 1;
	w.steps = (int) (w.width_m / STEP_M);
	w.at = malloc(sizeof(Place) * w.lines * (w.steps + 1));
	if (!w.at)
	{
		fprintf(stderr, "generate: out of memory\n");
		exit(1);
	}
	for (int line = 0; line < w.lines; line++)
		make_line(&w, line);
	return w;
}

/* A place off some front line, and the unit vector along the line there. */
static Place
near_line(const World *w, Random *r, double scatter_m, Place *along)
{
	/* one draw to a statement: C does not say which of two comes first */
	int64_t		line = below(r, w->lines), step = below(r, w->steps);
	const Place *at = w->at + (size_t) line * (w->steps + 1) + step;
	double		dx = at[1].x - at[0].x, dy = at[1].y - at[0].y;
	double		d = sqrt(dx * dx + dy * dy);
	double		off = between(r, -1, 1) * scatter_m;
	double		on = between(r, 0, 1) * d;
	Place		p;

	along->x = dx / d;
	along->y = dy / d;
	p.x = at[0].x + along->x * on - along->y * off;
	p.y = at[0].y + along->y * on + along->x * off;
	return p;
}


/* ---- shapes ---- */

/* A convex quadrilateral: a rectangle whose corners are off by up to a tenth. */
static void
make_quad(Random *r, Place c, Place u, double length, double width, Ring *ring)
{
	static const int side[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};

	ring->n = 4;
	for (int i = 0; i < 4; i++)
	{
		double		x = (side[i][0] * 0.5 + between(r, -0.1, 0.1)) * length;
		double		y = (side[i][1] * 0.5 + between(r, -0.1, 0.1)) * width;

		ring->at[i] = to_grid(c.x + u.x * x - u.y * y, c.y + u.y * x + u.x * y);
	}
}

/* An irregular outline that sees its centre: a few waves round an ellipse, and
 * the unsteady hand of whoever drew it. */
static void
make_outline(Random *r, Place c, Place u, double long_m, double short_m, int n, Ring *ring)
{
	double		height[5], phase[5];

	for (int k = 0; k < 5; k++)
	{
		height[k] = between(r, 0, 0.25) / (k + 1);
		phase[k] = between(r, 0, 6.283185307);
	}
	ring->n = n;
	for (int i = 0; i < n; i++)
	{
		double		angle = 6.283185307179586 * i / n;
		double		f = 1 + between(r, -0.02, 0.02);
		double		x, y;

		for (int k = 0; k < 5; k++)
			f += height[k] * cos((k + 2) * angle + phase[k]);
		x = long_m * f * cos(angle);
		y = short_m * f * sin(angle);
		ring->at[i] = to_grid(c.x + u.x * x - u.y * y, c.y + u.y * x + u.x * y);
	}
}

/* The shape that record n has, or would have if it were not derived. */
static void
make_shape(const World *w, int64_t n, Shape *s)
{
	Random		r = stream(w, SHAPE, n);
	double		kind = between(&r, 0, 1), turn, d;
	Place		along, u, c = near_line(w, &r, w->scatter_m, &along);

	/* most lie along the front */
	turn = chance(&r, 0.15) ? between(&r, -5, 5) : between(&r, -0.3, 0.3);
	d = sqrt(1 + turn * turn);
	u.x = (along.x - turn * along.y) / d;
	u.y = (along.y + turn * along.x) / d;

	s->parts = 1;
	s->has_hole = false;
	if (kind < 0.10)
	{
		double		long_m = between(&r, 50, 250), short_m = long_m * between(&r, 0.2, 0.6);

		/* more of many vertices than of few */
		make_outline(&r, c, u, long_m, short_m, 20 + (int) ((MAX_RING - 20) * sqrt(between(&r, 0, 1))), &s->shell[0]);
		s->has_hole = chance(&r, 0.1);
		if (s->has_hole)
			make_outline(&r, c, u, long_m * 0.2, short_m * 0.2, 10, &s->hole);
	}
	else
	{
		/* more short ones than long ones */
		double		f = between(&r, 0, 1), length = 50 + 950 * f * sqrt(f), width = between(&r, 10, 100);

		if (kind < 0.12)
		{
			s->parts = 2 + (int) below(&r, MAX_PARTS - 1);
			length /= s->parts;
		}
		for (int i = 0; i < s->parts; i++)
		{
			Place		at = {c.x + u.x * length * 1.3 * i, c.y + u.y * length * 1.3 * i};

			make_quad(&r, at, u, length, width, &s->shell[i]);
		}
	}
}

/* Move, or scale about the first vertex, every ring. */
static void
each_vertex(Shape *s, double scale, int64_t dx, int64_t dy)
{
	Vertex		o = s->shell[0].at[0];

	for (int i = 0; i < s->parts + s->has_hole; i++)
	{
		Ring	   *ring = i < s->parts ? &s->shell[i] : &s->hole;

		for (int k = 0; k < ring->n; k++)
		{
			ring->at[k].x = o.x + dx + llround(scale * (double) (ring->at[k].x - o.x));
			ring->at[k].y = o.y + dy + llround(scale * (double) (ring->at[k].y - o.y));
		}
	}
}

/* A quadrilateral on the outer side of the first edge of the first ring, which
 * goes counter-clockwise. */
static void
build_on(Random *r, Shape *s)
{
	Ring	   *ring = &s->shell[0];
	Vertex		a = ring->at[0], b = ring->at[1];
	double		x = (double) (b.x - a.x) / EAST_UNITS, y = (double) (b.y - a.y) / NORTH_UNITS;
	double		d = sqrt(x * x + y * y), depth = between(r, 10, 100);
	int64_t		dx = llround(y / d * depth * EAST_UNITS), dy = llround(-x / d * depth * NORTH_UNITS);

	s->parts = 1;
	s->has_hole = false;
	ring->n = 4;
	ring->at[0] = b;
	ring->at[1] = a;
	ring->at[2] = (Vertex) {a.x + dx, a.y + dy};
	ring->at[3] = (Vertex) {b.x + dx, b.y + dy};
}

/* Below DERIVED, record n is one made from another. */
static double
record_kind(const World *w, int64_t n)
{
	Random		r = stream(w, KIND, n);

	return between(&r, 0, 1);
}

/* The shape of record n. */
static void
record_shape(const World *w, int64_t n, Shape *s)
{
	Random		r = stream(w, DERIVE, n);
	double		kind = record_kind(w, n), east, north;
	int64_t		from = n;

	/* from one that is itself not derived; in a tiny set there may be none */
	for (int tries = 0; kind < DERIVED && tries < 100; tries++)
	{
		from = 1 + below(&r, w->records);
		if (record_kind(w, from) >= DERIVED)
			break;
		from = n;
	}
	make_shape(w, from, s);
	if (from == n)
		return;
	if (kind < 0.01)
		;						/* to the bit */
	else if (kind < 0.05)
	{
		east = between(&r, -60, 60) * EAST_UNITS;
		north = between(&r, -60, 60) * NORTH_UNITS;
		each_vertex(s, 1, llround(east), llround(north));
	}
	else if (kind < 0.10)
		each_vertex(s, between(&r, 0.6, 1.4), 0, 0);
	else
		build_on(&r, s);
}


/* ---- rows ---- */

/* A coordinate in degrees, with no more digits than it needs. */
static void
print_degrees(int64_t units)
{
	char		digits[24];
	int			n;

	if (units < 0)
		putchar('-');
	units = units < 0 ? -units : units;
	n = snprintf(digits, sizeof digits, "%lld.%07lld", (long long) (units / 10000000), (long long) (units % 10000000));
	while (digits[n - 1] == '0')
		n--;
	if (digits[n - 1] == '.')
		n--;
	fwrite(digits, 1, (size_t) n, stdout);
}

static void
print_vertex(Vertex v)
{
	print_degrees(v.x);
	putchar(' ');
	print_degrees(v.y);
}

static void
print_ring(const Ring *ring)
{
	putchar('(');
	for (int i = 0; i < ring->n; i++)
	{
		print_vertex(ring->at[i]);
		putchar(',');
	}
	print_vertex(ring->at[0]);
	putchar(')');
}

static void
print_shape(const Shape *s)
{
	printf("SRID=4326;%sPOLYGON(", s->parts > 1 ? "MULTI" : "");
	for (int i = 0; i < s->parts; i++)
	{
		if (i > 0)
			putchar(',');
		if (s->parts > 1)
			putchar('(');
		print_ring(&s->shell[i]);
		if (i == 0 && s->has_hole)
		{
			putchar(',');
			print_ring(&s->hole);
		}
		if (s->parts > 1)
			putchar(')');
	}
	putchar(')');
}

/* What the paper of record n says, of the usual length. */
static void
print_document(const World *w, int64_t n)
{
	static const char *const model[] = {"PMN-2", "PMN", "OZM-72", "MON-50", "TM-62M", "TM-57"};
	Random		r = stream(w, DOCUMENT, n);
	int			kind = (int) below(&r, 6);
	int			rows = 1 + (int) below(&r, 4), year = 1991 + (int) below(&r, 4), month = 1 + (int) below(&r, 12);
	int			mines = 10 + (int) below(&r, 300);

	printf("{\"number\":\"%lld\",\"category\":\"%s\",\"pattern\":\"row\",\"row_count\":%d,\"laid\":\"%d-%02d\",",
		   (long long) n, kind < 4 ? "AP" : "AT", rows, year, month);
	printf("\"mines\":[{\"model\":\"%s\",\"count\":%d}],\"remarks\":\"synthetic\"}",
		   model[kind], mines);
}

static void
print_records(const World *w)
{
	static Shape s;

	for (int64_t n = 1; n <= w->records; n++)
	{
		Random		r = stream(w, DOCUMENT, -n);

		printf("%lld\t%d\t", (long long) n, 1 + (int) below(&r, BOOKS));
		print_document(w, n);
		putchar('\t');
		record_shape(w, n, &s);
		print_shape(&s);
		putchar('\n');
	}
}

/* The outline cuts across the outermost front lines and what lies there; the
 * holes are each as large as some records together. */
static void
print_aoi(const World *w)
{
	enum { SIDE = 150, HOLES = 3 };
	Random		r = stream(w, AREA, 0);
	double		x = 0.48 * w->width_m, y = 0.42 * w->height_m;
	Ring		hole;
	Vertex		first = {0, 0};

	printf("SRID=4326;POLYGON((");
	for (int i = 0; i < 2 * SIDE; i++)
	{
		double		along = -x + 2 * x * ((i % SIDE) + between(&r, 0, 0.5)) / SIDE;
		double		across = -y + between(&r, -0.06, 0.06) * w->height_m;
		Vertex		v = i < SIDE ? to_grid(along, across) : to_grid(-along, -across);

		if (i == 0)
			first = v;
		print_vertex(v);
		putchar(',');
	}
	print_vertex(first);
	putchar(')');
	for (int i = 0; i < HOLES; i++)
	{
		Place		c = {(i - 1) * 0.3 * w->width_m, between(&r, -0.2, 0.2) * w->height_m};
		Place		u = {1, 0};

		make_outline(&r, c, u, 0.02 * w->width_m, 0.06 * w->height_m, 100, &hole);
		putchar(',');
		print_ring(&hole);
	}
	printf(")\n");
}

static void
print_lines(const World *w)
{
	for (int line = 0; line < w->lines; line++)
	{
		printf("%d\tSRID=4326;LINESTRING(", line + 1);
		for (int i = 0; i <= w->steps; i++)
		{
			const Place *p = w->at + (size_t) line * (w->steps + 1) + i;

			if (i > 0)
				putchar(',');
			print_vertex(to_grid(p->x, p->y));
		}
		printf(")\n");
	}
}

static void
print_points(const World *w)
{
	static Shape s;

	for (int64_t n = 1; n <= w->records / RECORDS_PER_POINT; n++)
	{
		Random		r = stream(w, POINT, n);
		Vertex		v;

		if (chance(&r, POINTS_PLACED_INSIDE))
		{
			/* between the middle and a corner, but out of the hole */
			const Ring *ring = &s.shell[0];
			double		x = 0, y = 0, f = between(&r, 0.4, 0.9);

			record_shape(w, 1 + below(&r, w->records), &s);
			for (int i = 0; i < ring->n; i++)
			{
				x += (double) (ring->at[i].x - ring->at[0].x) / ring->n;
				y += (double) (ring->at[i].y - ring->at[0].y) / ring->n;
			}
			v = ring->at[below(&r, ring->n)];
			v.x = llround((double) v.x * f + ((double) ring->at[0].x + x) * (1 - f));
			v.y = llround((double) v.y * f + ((double) ring->at[0].y + y) * (1 - f));
		}
		else
		{
			Place		along, p = near_line(w, &r, POINT_SCATTER_M, &along);

			v = to_grid(p.x, p.y);
		}
		printf("%lld\tSRID=4326;POINT(", (long long) n);
		print_vertex(v);
		printf(")\n");
	}
}

int
main(int argc, char **argv)
{
	World		w;

	if (argc < 3 || argc > 4 || atoll(argv[2]) < 1)
	{
		fprintf(stderr, "usage: generate records|aoi|lines|points|sheet RECORDS [SEED]\n");
		return 2;
	}
	w = make_world(atoll(argv[2]), argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
	if (strcmp(argv[1], "records") == 0)
		print_records(&w);
	else if (strcmp(argv[1], "aoi") == 0)
		print_aoi(&w);
	else if (strcmp(argv[1], "lines") == 0)
		print_lines(&w);
	else if (strcmp(argv[1], "points") == 0)
		print_points(&w);
	else if (strcmp(argv[1], "sheet") == 0)
		printf("%lld\t%.0f\t%.0f\t%g\t%g\t%d\n", (long long) w.records, w.width_m, w.height_m, CENTRE_LON, CENTRE_LAT, w.lines);
	else
	{
		fprintf(stderr, "generate: there is no table %s\n", argv[1]);
		return 2;
	}
	free(w.at);
	return fflush(stdout) != 0 || ferror(stdout);
}
