/*
 * mine_positions.c - rows and lanes as lines, and where their mines would be
 *
 * Along a solved row from its start: the offset, then one mine at every step.
 * What the paper does not say is not made up: without a count the row is
 * filled, without a step the count is spread over it, without an offset the
 * mines stand in the middle of what is left over, and the error grows by half
 * of that; without both step and count there is no position.
 */
#include "mf_locate.h"

#include "funcapi.h"

#define MAX_COLUMNS 10
/* More mines in one row than this are a slip of the pen. */
#define MOST_MINES 10000

/* A row or lane, solved. */
typedef struct Line
{
	const char *kind;			/* "row", "ioe", "lane" */
	char	   *id;
	int			n;				/* place in its list from 1 */
	JsonbContainer *entry;
	uint32	   *path;			/* NULL: not solved */
	uint32		npath;
	const char *reason;
	const char *bad;			/* the point that is not solved */
	double		length_m;
	double		accuracy_m;		/* the worst of its points; NaN */
} Line;

typedef struct Output
{
	FunctionCallInfo fcinfo;
	MfLocation *location;
	int			n;
	Datum		values[MAX_COLUMNS];
	bool		nulls[MAX_COLUMNS];
} Output;

static void
put_datum(Output *out, Datum value, bool isnull)
{
	out->nulls[out->n] = isnull;
	out->values[out->n++] = value;
}

static void
put_text(Output *out, const char *text)
{
	put_datum(out, text != NULL ? CStringGetTextDatum(text) : (Datum) 0, text == NULL);
}

static void
put_number(Output *out, double number)
{
	put_datum(out, Float8GetDatum(number), isnan(number));
}

static void
put_row(Output *out)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) out->fcinfo->resultinfo;

	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, out->values, out->nulls);
	out->n = 0;
}

/* ---- lines ---- */

static void
read_line(MfLocation *location, JsonbContainer *entry, int n, const char *kind, Line *line)
{
	const MfChainPoint *at = location->chain.points;
	JsonbValue	ioe;

	memset(line, 0, sizeof(*line));
	line->kind = kind;
	line->n = n;
	line->entry = entry;
	line->id = entry != NULL ? field_text(entry, "id") : NULL;
	line->accuracy_m = NAN;
	if (entry != NULL && field_get(entry, "ioe", &ioe) && ioe.type == jbvBool && ioe.val.boolean)
		line->kind = "ioe";
	line->path = location_path(location, field_container(entry, "path"), &line->npath, &line->bad);
	if (line->path == NULL || line->npath < 2)
	{
		line->reason = line->bad != NULL ? "point_unsolved" : "no_path";
		line->path = NULL;
		return;
	}
	for (uint32 i = 0; i < line->npath; i++)
	{
		MfEllipse	ellipse;
		double		a = location_accuracy_m(location, line->path[i], &ellipse);

		line->accuracy_m = i == 0 || isnan(a) ? a : fmax(a, line->accuracy_m);
		if (isnan(a))
			break;
	}
	for (uint32 i = 1; i < line->npath; i++)
		line->length_m += hypot(at[line->path[i]].x - at[line->path[i - 1]].x,
								at[line->path[i]].y - at[line->path[i - 1]].y);
}

/* Where so many metres along a line lie; past its ends straight on. */
static void
along(const MfLocation *location, const Line *line, double metres, double *lonlat)
{
	const MfChainPoint *at = location->chain.points;
	double		xy[2];

	for (uint32 i = 1; i < line->npath; i++)
	{
		const MfChainPoint *a = &at[line->path[i - 1]];
		const MfChainPoint *b = &at[line->path[i]];
		double		length = hypot(b->x - a->x, b->y - a->y);

		if (metres > length && i + 1 < line->npath)
		{
			metres -= length;
			continue;
		}
		xy[0] = a->x + (length > 0.0 ? (b->x - a->x) * metres / length : 0.0);
		xy[1] = a->y + (length > 0.0 ? (b->y - a->y) * metres / length : 0.0);
		break;
	}
	chain_plane_inverse(&location->plane, xy, lonlat);
}

static Datum
point_datum(const double *lonlat)
{
	uint32		one = 1;
	MfExtent	at = {
		.kind = MF_POINT, .nparts = 1, .nrings = 1, .npoints = 1,
		.part_rings = &one, .ring_points = &one, .xy = lonlat
	};

	return mf_geometry_make(&at);
}

static Datum
line_datum(const MfLocation *location, const Line *line)
{
	MfExtentRoom room;
	MfExtent   *extent = extent_alloc(CurrentMemoryContext, MF_LINESTRING, 1, 1, line->npath, &room);

	room.part_rings[0] = 1;
	room.ring_points[0] = line->npath;
	for (uint32 i = 0; i < line->npath; i++)
		memcpy(&room.xy[2 * i], location->points[line->path[i]].lonlat, 2 * sizeof(double));
	return mf_geometry_make(extent);
}

typedef void (*line_visitor) (Output *out, Line *line);

static void
visit_list(Output *out, JsonbContainer *parent, const char *list, const char *kind,
		   line_visitor visit)
{
	JsonbContainer *array = field_container(parent, list);

	if (array == NULL || !JsonContainerIsArray(array))
		return;
	for (uint32 i = 0; i < JsonContainerSize(array); i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(array, i);
		Line		line;

		CHECK_FOR_INTERRUPTS();
		if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
			continue;
		read_line(out->location, value->val.binary.data, i + 1, kind, &line);
		visit(out, &line);
	}
}

static bool
begin(FunctionCallInfo fcinfo, MfLocation *location, Output *out)
{
	MfLocateOptions *options = palloc(sizeof(MfLocateOptions));
	Minefield  *record;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return false;
	record = PG_GETARG_MINEFIELD_P(0);
	minefield_verify(record);
	locate_options_read(options, PG_NARGS() < 2 || PG_ARGISNULL(1) ? NULL : PG_GETARG_JSONB_P(1));
	location_read(location, record, options);
	location_solve(location);
	memset(out, 0, sizeof(*out));
	out->fcinfo = fcinfo;
	out->location = location;
	return true;
}

static void
show_line(Output *out, Line *line)
{
	put_text(out, line->kind);
	put_text(out, line->id);
	put_datum(out, Int32GetDatum(line->n), false);
	put_datum(out, line->path != NULL ? line_datum(out->location, line) : (Datum) 0,
			  line->path == NULL);
	put_number(out, line->path != NULL ? line->length_m : NAN);
	put_number(out, line->accuracy_m);
	put_text(out, line->reason);
	put_text(out, line->bad);
	put_row(out);
}

/*
 * mf_row_lines(record minefield, options jsonb) → setof mf_row_line: rows,
 * then lanes, in the order of the paper.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_row_lines);
Datum
mf_row_lines(PG_FUNCTION_ARGS)
{
	MfLocation	location;
	Output		out;

	if (!begin(fcinfo, &location, &out))
		return (Datum) 0;
	visit_list(&out, location.location, "rows", "row", show_line);
	visit_list(&out, location.location, "lanes", "lane", show_line);
	visit_list(&out, location.properties, "lanes", "lane", show_line);
	return (Datum) 0;
}

/* ---- mines ---- */

/* How the mines of one entry stand along a row. */
typedef struct Spread
{
	double		count;			/* NaN: not stated */
	double		step_m;			/* NaN: not stated */
	double		first_m;		/* from the start of the row */
	double		slack_m;		/* by which they may stand elsewhere along it */
	const char *reason;			/* no position at all */
} Spread;

static double
metres(JsonbContainer *object, const char *name)
{
	double		value,
				half;
	bool		doubt;

	if (object == NULL || !location_number(object, name, &value, &half, &doubt) || value < 0.0)
		return NAN;
	return value;
}

static double
first_of(double a, double b, double c)
{
	return !isnan(a) ? a : !isnan(b) ? b : c;
}

static void
spread_mines(const MfLocation *location, const Line *line, JsonbContainer *entry, Spread *s)
{
	double		offset = metres(line->entry, "offset_m");
	double		room = line->length_m - (isnan(offset) ? 0.0 : offset);
	MfQuantity	count;

	memset(s, 0, sizeof(*s));
	s->count = field_count(entry, "count", &count) && count.has_value ? count.value : NAN;
	s->step_m = first_of(metres(entry, "step_m"), metres(line->entry, "step_m"),
						 metres(location->properties, "step_m"));
	if (!(s->step_m > 0.0))
		s->step_m = NAN;
	if (isnan(s->step_m) && isnan(s->count))
	{
		s->reason = "no_step_or_count";
		return;
	}
	if (isnan(s->count))
		s->count = room < 0.0 ? 0.0 : floor(room / s->step_m + 1e-6) + 1.0;
	if (isnan(s->step_m))
		s->step_m = s->count > 1.0 ? fmax(room, 0.0) / s->count : 0.0;
	if (!isnan(offset))
		s->first_m = offset;
	else
	{
		double		rest = room - (s->count - 1.0) * s->step_m;

		s->slack_m = 0.5 * fmax(rest, 0.0);
		s->first_m = s->slack_m;
	}
	if (s->count > MOST_MINES)
		s->reason = "too_many_mines";
}

/* One mine, or with lonlat NULL what is known of mines without a place. */
static void
show_mine(Output *out, const Line *line, double n, const char *model, double count,
		  const double *lonlat, double accuracy, const char *reason)
{
	put_text(out, line->id);
	put_datum(out, Int32GetDatum(line->n), false);
	put_datum(out, Int32GetDatum(isnan(n) ? 0 : (int32) n), isnan(n));
	put_text(out, model);
	put_number(out, count);
	put_datum(out, lonlat != NULL ? point_datum(lonlat) : (Datum) 0, lonlat == NULL);
	put_number(out, lonlat != NULL ? accuracy : NAN);
	put_text(out, reason);
	put_row(out);
}

static void
show_mines(Output *out, const Line *line, JsonbContainer *entry)
{
	char	   *model = field_text(entry, "model");
	Spread		s;

	if (line->path == NULL)
	{
		show_mine(out, line, NAN, model, NAN, NULL, NAN, line->reason);
		return;
	}
	spread_mines(out->location, line, entry, &s);
	if (s.reason != NULL)
	{
		show_mine(out, line, NAN, model, s.count, NULL, NAN, s.reason);
		return;
	}
	for (double i = 0.0; i < s.count; i++)
	{
		double		at = s.first_m + i * s.step_m;
		double		lonlat[2];

		CHECK_FOR_INTERRUPTS();
		if (at > line->length_m + 0.5 * s.step_m + 1e-6)
		{
			show_mine(out, line, i + 1.0, model, s.count - i, NULL, NAN, "beyond_row");
			break;
		}
		along(out->location, line, at, lonlat);
		show_mine(out, line, i + 1.0, model, 1.0, lonlat, line->accuracy_m + s.slack_m, NULL);
	}
}

/* A model of a cluster: all its mines stand where the cluster is. */
static void
show_cluster_mines(Output *out, const Line *line, JsonbContainer *cluster, double n,
				   const double *lonlat, double accuracy, const char *reason)
{
	JsonbContainer *mines = field_container(cluster, "mines");
	uint32		size = mines != NULL && JsonContainerIsArray(mines) ? JsonContainerSize(mines) : 0;

	if (size == 0)
		show_mine(out, line, n, NULL, NAN, lonlat, accuracy, reason);
	for (uint32 i = 0; i < size; i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(mines, i);
		JsonbContainer *entry = value->type == jbvBinary ? value->val.binary.data : NULL;
		MfQuantity	count;
		bool		known = entry != NULL && field_count(entry, "count", &count) && count.has_value;

		show_mine(out, line, n, entry != NULL ? field_text(entry, "model") : NULL,
				  known ? count.value : NAN, lonlat, accuracy, reason);
	}
}

/*
 * Clusters follow each other: one with an offset of its own stands there, one
 * without a step after the one before, and the first at the row's offset.
 */
static void
show_clusters(Output *out, const Line *line, JsonbContainer *clusters)
{
	double		step = first_of(metres(line->entry, "step_m"),
								metres(out->location->properties, "step_m"), NAN);
	double		at = metres(line->entry, "offset_m");
	double		n = 0.0;

	for (uint32 i = 0; i < JsonContainerSize(clusters); i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(clusters, i);
		JsonbContainer *cluster = value->type == jbvBinary ? value->val.binary.data : NULL;
		double		offset = metres(cluster, "offset_m");
		MfQuantity	q;
		bool		stated = cluster != NULL && field_count(cluster, "count", &q);
		double		count = stated ? q.value : 1.0;

		if (stated && !q.has_value)
		{
			/* how many, and so where the next one stands, is unknown */
			show_mine(out, line, NAN, NULL, NAN, NULL, NAN, "no_count");
			at = NAN;
			continue;
		}
		if (n + count > MOST_MINES)
		{
			show_mine(out, line, NAN, NULL, NAN, NULL, NAN, "too_many_mines");
			return;
		}
		for (double j = 0.0; cluster != NULL && j < count; j++)
		{
			double		lonlat[2];
			bool		placed;

			CHECK_FOR_INTERRUPTS();
			if (j == 0.0 && !isnan(offset))
				at = offset;
			else if (n > 0.0)
				at += step;
			n++;
			placed = line->path != NULL && !isnan(at) && at <= line->length_m + 1e-6;
			if (placed)
				along(out->location, line, at, lonlat);
			show_cluster_mines(out, line, cluster, n, placed ? lonlat : NULL, line->accuracy_m,
							   placed ? NULL : line->path == NULL ? line->reason :
							   isnan(at) ? "no_step_or_offset" : "beyond_row");
		}
	}
}

static void
show_row_mines(Output *out, Line *line)
{
	JsonbContainer *clusters = field_container(line->entry, "clusters");
	JsonbContainer *mines = field_container(line->entry, "mines");

	if (clusters != NULL && JsonContainerIsArray(clusters) && JsonContainerSize(clusters) > 0)
		show_clusters(out, line, clusters);
	else if (mines != NULL && JsonContainerIsArray(mines))
	{
		for (uint32 i = 0; i < JsonContainerSize(mines); i++)
		{
			JsonbValue *value = getIthJsonbValueFromContainer(mines, i);

			if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data))
				show_mines(out, line, value->val.binary.data);
		}
	}
}

/*
 * mf_mine_positions(record minefield, options jsonb) → setof
 * mf_mine_position, row by row.  No rows of NULL, and where no row of the
 * record has mines.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mine_positions);
Datum
mf_mine_positions(PG_FUNCTION_ARGS)
{
	MfLocation	location;
	Output		out;

	if (begin(fcinfo, &location, &out))
		visit_list(&out, location.location, "rows", "row", show_row_mines);
	return (Datum) 0;
}
