/*
 * location_outline.c - the extent that a location describes
 *
 * In this order, the first that the paper gives: the perimeter, the rows, a
 * centre with front and depth and the azimuth of the front, a centre alone,
 * the points themselves.  An outline of which a point is not solved is not
 * drawn from the others: part of a field is not the field.
 */
#include "mf_locate.h"

/* Whether a ring is simple is asked edge by edge: of so many at most. */
#define MOST_SIMPLE 256

/* ---- paths ---- */

static const char *
stretch_end(const JsonbValue *value, const char *name)
{
	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		return NULL;
	return field_text(value->val.binary.data, name);
}

static bool
add_to_path(const MfLocation *location, const char *id, uint32 *path, uint32 *n,
			const char **bad)
{
	uint32		point = location_point(location, id);

	if (point == MF_NONE || location->chain.points[point].state != MF_POINT_SOLVED)
	{
		*bad = id != NULL ? id : "?";
		*n = 0;
		return false;
	}
	if (*n == 0 || path[*n - 1] != point)
		path[(*n)++] = point;
	return true;
}

uint32 *
location_path(const MfLocation *location, JsonbContainer *list, uint32 *n,
			  const char **bad)
{
	uint32		size;
	uint32	   *path;

	*n = 0;
	*bad = NULL;
	if (list == NULL || !JsonContainerIsArray(list))
		return NULL;
	size = JsonContainerSize(list);
	path = palloc(sizeof(uint32) * (2 * size + 1));
	for (uint32 i = 0; i < size; i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(list, i);
		char	   *id = value_text(value);

		if (value->type == jbvNull)
			continue;
		if (id != NULL)
		{
			if (!add_to_path(location, id, path, n, bad))
				return NULL;
		}
		else if (!add_to_path(location, stretch_end(value, "from"), path, n, bad) ||
				 !add_to_path(location, stretch_end(value, "to"), path, n, bad))
			return NULL;
	}
	return path;
}

/* ---- extents of points ---- */

/* To 1e-9 degree, a tenth of a millimetre. */
static double
round9(double degrees)
{
	return rint(degrees * 1e9) / 1e9 + 0.0;
}

static void
put_lonlat(double *xy, const double *lonlat)
{
	xy[0] = round9(lonlat[0]);
	xy[1] = round9(lonlat[1]);
}

static MfExtent *
simple_extent(MfKind kind, uint32 npoints, MfExtentRoom *room)
{
	MfExtent   *extent = extent_alloc(CurrentMemoryContext, kind, 1, 1, npoints, room);

	room->part_rings[0] = 1;
	room->ring_points[0] = npoints;
	return extent;
}

/* A closed ring, counter-clockwise where it does not cross itself. */
static MfExtent *
ring_extent(const double *corners, uint32 n)
{
	MfExtentRoom room;
	MfExtent   *extent = simple_extent(MF_POLYGON, n + 1, &room);

	for (uint32 i = 0; i < n; i++)
		put_lonlat(&room.xy[2 * i], &corners[2 * i]);
	memcpy(&room.xy[2 * n], room.xy, 2 * sizeof(double));
	if (!ring_runs_left(room.xy, n + 1))
	{
		for (uint32 i = 0, j = n; i < j; i++, j--)
		{
			double		keep[2] = {room.xy[2 * i], room.xy[2 * i + 1]};

			memcpy(&room.xy[2 * i], &room.xy[2 * j], sizeof(keep));
			memcpy(&room.xy[2 * j], keep, sizeof(keep));
		}
	}
	return extent;
}

static double *
lonlats(const MfLocation *location, const uint32 *path, uint32 n)
{
	double	   *all = palloc(2 * sizeof(double) * (n + 1));

	for (uint32 i = 0; i < n; i++)
		memcpy(&all[2 * i], location->points[path[i]].lonlat, 2 * sizeof(double));
	return all;
}

static MfExtent *
line_extent(const MfLocation *location, const uint32 *path, uint32 n)
{
	MfExtentRoom room;
	MfExtent   *extent = simple_extent(MF_LINESTRING, n, &room);

	for (uint32 i = 0; i < n; i++)
		put_lonlat(&room.xy[2 * i], location->points[path[i]].lonlat);
	return extent;
}

/* ---- the perimeter ---- */

static bool
from_perimeter(MfLocation *location, MfOutline *outline)
{
	JsonbContainer *list = field_container(location->location, "perimeter");
	const char *bad;
	uint32		n;
	uint32	   *path;

	if (list == NULL || !JsonContainerIsArray(list) || JsonContainerSize(list) == 0)
		return false;
	path = location_path(location, list, &n, &bad);
	if (path == NULL)
	{
		outline->why = "perimeter_unsolved";
		outline->said = bad;
		return false;
	}
	if (n > 1 && path[0] == path[n - 1])
		n--;
	if (n < 3)
	{
		outline->why = "perimeter_too_short";
		return false;
	}
	outline->extent = ring_extent(lonlats(location, path, n), n);
	outline->from = "perimeter";
	outline->points = path;
	outline->npoints = n;
	return true;
}

/* ---- rows ---- */

static double
cross(const MfChainPoint *o, const MfChainPoint *a, const MfChainPoint *b)
{
	return (a->x - o->x) * (b->y - o->y) - (a->y - o->y) * (b->x - o->x);
}

static int
compare_xy(const void *a, const void *b, void *points)
{
	const MfChainPoint *p = (const MfChainPoint *) points + *(const uint32 *) a;
	const MfChainPoint *q = (const MfChainPoint *) points + *(const uint32 *) b;

	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	return p->y < q->y ? -1 : p->y > q->y;
}

/* The convex hull (Andrew's monotone chain), counter-clockwise. */
static uint32
hull_of(const MfLocation *location, uint32 *points, uint32 n, uint32 *hull)
{
	const MfChainPoint *at = location->chain.points;
	uint32		k = 0;

	qsort_arg(points, n, sizeof(uint32), compare_xy, location->chain.points);
	for (uint32 i = 0; i < n; i++)
	{
		while (k >= 2 && cross(&at[hull[k - 2]], &at[hull[k - 1]], &at[points[i]]) <= 0.0)
			k--;
		hull[k++] = points[i];
	}
	for (uint32 i = n - 1, low = k + 1; i-- > 0;)
	{
		while (k >= low && cross(&at[hull[k - 2]], &at[hull[k - 1]], &at[points[i]]) <= 0.0)
			k--;
		hull[k++] = points[i];
	}
	return k - 1;
}

/*
 * Along the first row and back along the last: the field as it bends.  Only
 * when the ring is simple and no row in between leaves it.
 */
static bool
ring_of_rows(const MfLocation *location, const uint32 *all, const uint32 *starts,
			 uint32 nrows, MfOutline *outline)
{
	uint32		first = starts[1] - starts[0];
	uint32		last = starts[nrows] - starts[nrows - 1];
	uint32		ring[MOST_SIMPLE];
	const uint32 *back = &all[starts[nrows - 1]];
	const MfChainPoint *at = location->chain.points;
	const MfChainPoint *a = &at[all[first - 1]];
	MfExtent   *extent;
	bool		same_way;

	if (first + last > MOST_SIMPLE)
		return false;
	/* the end of the first row joins the nearer end of the last */
	same_way = hypot(a->x - at[back[last - 1]].x, a->y - at[back[last - 1]].y) <=
		hypot(a->x - at[back[0]].x, a->y - at[back[0]].y);
	memcpy(ring, all, sizeof(uint32) * first);
	for (uint32 i = 0; i < last; i++)
		ring[first + i] = back[same_way ? last - 1 - i : i];
	extent = ring_extent(lonlats(location, ring, first + last), first + last);
	if (!ring_is_simple(extent->xy, extent->npoints))
		return false;
	for (uint32 i = starts[1]; i < starts[nrows - 1]; i++)
	{
		double		lonlat[2];

		put_lonlat(lonlat, location->points[all[i]].lonlat);
		if (point_in_ring(lonlat, extent->xy, extent->npoints) < 0)
			return false;
	}
	outline->extent = extent;
	return true;
}

static void
draw_rows(MfLocation *location, uint32 *all, uint32 *starts, uint32 nrows, MfOutline *outline)
{
	uint32		n = starts[nrows];

	outline->points = all;
	outline->npoints = n;
	outline->from = "rows";
	if (nrows == 1)
	{
		outline->extent = line_extent(location, all, n);
		outline->from = "row";
	}
	else if (!ring_of_rows(location, all, starts, nrows, outline))
	{
		uint32	   *sorted = palloc(sizeof(uint32) * n);
		uint32	   *hull = palloc(sizeof(uint32) * (2 * n + 1));
		uint32		size;

		memcpy(sorted, all, sizeof(uint32) * n);
		size = hull_of(location, sorted, n, hull);
		if (size >= 3)
			outline->extent = ring_extent(lonlats(location, hull, size), size);
		else
			outline->extent = line_extent(location, all, starts[1]);
		outline->from = "hull_of_rows";
	}
}

static bool
from_rows(MfLocation *location, MfOutline *outline)
{
	JsonbContainer *rows = field_container(location->location, "rows");
	uint32		size,
				nrows = 0,
				room = 0,
				n = 0;
	uint32	   *starts;
	uint32	   *all = NULL;

	if (rows == NULL || !JsonContainerIsArray(rows) || JsonContainerSize(rows) == 0)
		return false;
	size = JsonContainerSize(rows);
	starts = palloc0(sizeof(uint32) * (size + 1));
	for (uint32 i = 0; i < size; i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(rows, i);
		const char *bad = NULL;
		uint32		length = 0;
		uint32	   *path = NULL;

		if (value->type == jbvBinary)
			path = location_path(location, field_container(value->val.binary.data, "path"), &length, &bad);
		if (path == NULL || length < 2)
		{
			/* the perimeter's reason, where there is one, comes first */
			if (outline->why == NULL)
			{
				outline->why = "rows_unsolved";
				outline->said = bad;
			}
			return false;
		}
		if (n + length > room)
		{
			room = 2 * (n + length);
			all = all == NULL ? palloc(sizeof(uint32) * room) : repalloc(all, sizeof(uint32) * room);
		}
		memcpy(&all[n], path, sizeof(uint32) * length);
		n += length;
		starts[++nrows] = n;
	}
	draw_rows(location, all, starts, nrows, outline);
	return true;
}

/* ---- a centre ---- */

static uint32
point_with_role(const MfLocation *location, const char *role, const char *also)
{
	for (uint32 i = 0; i < location->chain.npoints; i++)
	{
		const char *r = location->points[i].role;

		if (r != NULL && (strcmp(r, role) == 0 || strcmp(r, also) == 0))
			return i;
	}
	return MF_NONE;
}

static void
draw_rectangle(MfLocation *location, uint32 centre, double azimuth, double front, double depth,
			   MfOutline *outline)
{
	static const double signs[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
	const MfChainPoint *at = &location->chain.points[centre];
	double		scale = chain_plane_scale(&location->plane, at->x);
	double		corners[8];

	for (int i = 0; i < 4; i++)
	{
		double		along = 0.5 * front * signs[i][0] * scale;
		double		across = 0.5 * depth * signs[i][1] * scale;
		double		xy[2] = {
			at->x + along * sin(azimuth) - across * cos(azimuth),
			at->y + along * cos(azimuth) + across * sin(azimuth)
		};

		chain_plane_inverse(&location->plane, xy, &corners[2 * i]);
	}
	outline->extent = ring_extent(corners, 4);
	outline->from = "front";
}

static bool
from_centre(MfLocation *location, MfOutline *outline)
{
	uint32		centre = point_with_role(location, "centre", "center");
	MfChainLeg	leg = {0};
	MfLocatedLeg info = {0};
	double		front,
				depth,
				half;
	bool		doubt,
				sized;

	if (centre == MF_NONE || location->chain.points[centre].state != MF_POINT_SOLVED)
		return false;
	outline->points = palloc(sizeof(uint32));
	outline->points[0] = centre;
	outline->npoints = 1;
	sized = location_number(location->properties, "front_m", &front, &half, &doubt) && front > 0 &&
		location_number(location->properties, "field_depth_m", &depth, &half, &doubt) && depth > 0;
	if (sized && location_azimuth(location, location->location, "front_azimuth", &leg, &info) == NULL)
	{
		double		azimuth = leg_azimuth(&location->chain, &leg,
										  location->chain.points[centre].x,
										  location->chain.points[centre].y);

		draw_rectangle(location, centre, azimuth, front, depth, outline);
		/* what the turn of the front moves the corners by */
		outline->half_m = 0.5 * hypot(front, depth) * MF_NORMAL_95 *
			hypot(leg.azimuth_sd, leg.turn_by);
		return true;
	}
	outline->extent = line_extent(location, outline->points, 1);
	outline->extent->kind = MF_POINT;
	outline->from = "centre";
	outline->half_m = sized ? 0.5 * hypot(front, depth) : 0.0;
	return true;
}

/* ---- points ---- */

/* Reference points lie outside the field; so does what legs begin with. */
static bool
is_of_the_field(const MfLocation *location, uint32 i)
{
	static const char *const outside[] = {
		"landmark", "benchmark", "marker", "intermediate", "reference"
	};
	const char *role = location->points[i].role;

	if (location->chain.points[i].state != MF_POINT_SOLVED)
		return false;
	for (int j = 0; role != NULL && j < lengthof(outside); j++)
	{
		if (strstr(role, outside[j]) != NULL)
			return false;
	}
	for (uint32 j = 0; role == NULL && j < location->chain.nlegs; j++)
	{
		if (location->chain.legs[j].from == i)
			return false;
	}
	return true;
}

static bool
from_points(MfLocation *location, MfOutline *outline)
{
	MfExtentRoom room;
	uint32		n = 0;
	uint32	   *points = palloc(sizeof(uint32) * (location->chain.npoints + 1));

	for (uint32 i = 0; i < location->chain.npoints; i++)
	{
		if (is_of_the_field(location, i))
			points[n++] = i;
	}
	if (n == 0)
		return false;
	outline->extent = extent_alloc(CurrentMemoryContext, n == 1 ? MF_POINT : MF_MULTIPOINT,
								   n, n, n, &room);
	for (uint32 i = 0; i < n; i++)
	{
		room.part_rings[i] = room.ring_points[i] = 1;
		put_lonlat(&room.xy[2 * i], location->points[points[i]].lonlat);
	}
	outline->points = points;
	outline->npoints = n;
	outline->from = "points";
	return true;
}

/* ---- all of it ---- */

/* An edge that jumps over the 180th meridian would go around the Earth. */
static bool
jumps(const MfExtent *extent)
{
	if (extent->kind != MF_LINESTRING && extent->kind != MF_POLYGON)
		return false;
	for (uint32 i = 1; i < extent->npoints; i++)
	{
		if (fabs(extent->xy[2 * i] - extent->xy[2 * i - 2]) > 180.0)
			return true;
	}
	return false;
}

void
location_outline(MfLocation *location, MfOutline *outline)
{
	memset(outline, 0, sizeof(*outline));
	if (location->location == NULL)
		outline->why = "no_location";
	else if (location->too_large)
		outline->why = "too_many_points";
	else if (location->chain.npoints == 0)
		outline->why = "no_points";
	if (outline->why != NULL)
		return;
	if (from_perimeter(location, outline) || from_rows(location, outline))
		outline->why = outline->said = NULL;
	/* what the paper draws and cannot be solved is not replaced by less */
	else if (outline->why == NULL && !from_centre(location, outline) &&
			 !from_points(location, outline))
		outline->why = "no_extent";
	if (outline->extent != NULL)
	{
		MfError		error = {0};

		if (!extent_check(outline->extent, "/geometry", &error))
			outline->why = "out_of_range";
		else if (jumps(outline->extent))
			outline->why = "across_180";
		if (outline->why != NULL)
		{
			outline->extent = NULL;
			outline->from = NULL;
			outline->npoints = 0;
			outline->half_m = 0.0;
		}
	}
}

uint32
location_least_certain(const MfLocation *location, const MfOutline *outline, double *accuracy)
{
	uint32		worst = MF_NONE;

	*accuracy = NAN;
	for (uint32 i = 0; i < outline->npoints; i++)
	{
		MfEllipse	ellipse;
		double		a = location_accuracy_m(location, outline->points[i], &ellipse);

		if (isnan(a))
		{
			*accuracy = NAN;
			return MF_NONE;
		}
		if (worst == MF_NONE || a > *accuracy)
		{
			worst = outline->points[i];
			*accuracy = a;
		}
	}
	return worst;
}
