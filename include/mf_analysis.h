/*
 * mf_analysis.h - what the engines share
 */
#ifndef MF_ANALYSIS_H
#define MF_ANALYSIS_H

#include "mf_arrangement.h"
#include "mf_types.h"

#include "access/tupdesc.h"
#include "utils/array.h"

/* Less than a square millimetre is rounding along edges that meet: nothing. */
#define MF_NO_AREA_M2 1e-6

/* ---- footprint.c ---- */

/*
 * The ground a record counts as recorded.  Polygons as recorded (a valid copy
 * when they are not); lines with a recorded width (field_depth_m), buffered
 * by half of it with flat ends (a width beyond MF_MAX_METRES is a slip of
 * the pen, and must not cover a country); nothing else has an area.  Then the
 * margin, which gives lines without width and points one too.  Returns NULL
 * when there is no area.
 */
extern MfExtent *footprint_of(const MfExtent *extent, double width_m,
							  double margin_m);
/*
 * The same, and extent itself where nothing needs to be made; plain says that
 * it is known to be valid.
 */
extern const MfExtent *footprint_view(const MfExtent *extent, bool plain,
									  double width_m, double margin_m);

/* ---- options.c: the thresholds of the engines ---- */

/* Which engine is asked; each knows some of the options. */
typedef enum MfEngine
{
	MF_COVERAGE = 1,
	MF_GAPS = 2,
	MF_OVERLAPS = 4,
	MF_LINE_GAPS = 8,
	MF_FINDS = 16
} MfEngine;

/* Plain numbers, so that two sets of options compare by their bytes. */
typedef struct MfOptions
{
	double		margin_m;
	double		min_area_m2;
	double		sliver_m2;
	double		near_m;
	double		min_length_m;
} MfOptions;

#define MF_MAX_METRES 100000.0	/* beyond, a local plane is no plane */

extern void options_default(MfOptions *options);
/* From what mf_..._options() built; unknown names and wrong types: error. */
extern void options_read(MfOptions *options, MfEngine engine, Jsonb *given);
/* From arguments first, first + 1 ... in the order of the option table. */
extern void options_from_args(MfOptions *options, MfEngine engine,
							  FunctionCallInfo fcinfo, int first);

/* ---- box_sweep.c: which boxes meet ---- */

typedef void (*box_visitor) (uint32 a, uint32 b, void *arg);

/*
 * Visit every pair of boxes with a point in common: of one list (b NULL, each
 * pair once, a < b), or between two lists.  Always in the same order.
 */
extern void box_sweep(const MinefieldBox *a, uint32 na,
					  const MinefieldBox *b, uint32 nb,
					  box_visitor visit, void *arg);

/* Groups of boxes that hang together; members ascend, groups by their first. */
typedef struct MfClusters
{
	uint32		n;
	uint32	   *start;			/* [n + 1] into members */
	uint32	   *members;
} MfClusters;

extern void box_clusters(const MinefieldBox *boxes, uint32 n,
						 MfClusters *clusters);

/* ---- record_set.c: what an aggregate collects ---- */

typedef struct MfRecordSet MfRecordSet;

/* A text that may be NULL. */
typedef struct MfText
{
	const char *data;			/* NULL: none */
	uint32		len;
} MfText;

/* One collected record or extent: views into the set. */
typedef struct MfEntry
{
	MfExtent	extent;			/* no parts: unlocated */
	MinefieldBox box;			/* around it */
	double		width_m;		/* NaN: not recorded */
	float		accuracy95_m;	/* NaN: unknown */
	bool		plain;			/* known to be one simple ring */
	MfText		key;
	MfText		group;
	const Minefield *record;	/* where records are kept; NULL: a geometry */
} MfEntry;

/*
 * minefield.max_memory: what a set may take with all that is made of it to find
 * the answer; more is an error.
 */
#define MF_MAX_MEMORY_KB	(2 * 1024 * 1024)
extern int	mf_max_memory_kb;
extern void record_set_check_memory(const MfRecordSet *set, Size more);
/* Memory of the current context that counts with the set's. */
extern void record_set_memory(const MfRecordSet *set, MfMemory *memory);

extern MfRecordSet *record_set_create(MemoryContext context, MfEngine engine);
/* One row: the first three may be (Datum) 0 for none. */
extern void record_set_add_record(MfRecordSet *set, Datum record,
								  const MfText *key, const MfText *group);
extern void record_set_add_extent(MfRecordSet *set, Datum geometry,
								  const MfText *key, const MfText *group);
/* A find, which may be (Datum) 0 where it has a key: without a place. */
extern void record_set_add_find(MfRecordSet *set, Datum geometry, const MfText *key);
/* Is an entry a find?  Records of a set with finds have no group. */
extern bool entry_is_find(const MfEntry *entry);
/*
 * The area of interest of a row (for line gaps, the line), which must be that
 * of the rows before; last: no other will be given.
 */
extern void record_set_aoi(MfRecordSet *set, Datum geometry, bool last);
/* The same with a distance in metres, which is checked. */
extern void record_set_distance(MfRecordSet *set, double distance_m);
extern void record_set_options(MfRecordSet *set, const MfOptions *options);
/* NULL: no row had one. */
extern const MfExtent *record_set_get_aoi(const MfRecordSet *set);
extern void record_set_get_options(const MfRecordSet *set, MfOptions *options);
/* NaN: no row had one. */
extern double record_set_get_distance(const MfRecordSet *set);
/* All entries as they came in, views into the set. */
extern uint32 record_set_list(const MfRecordSet *set, MfEntry **entries);
/* All elements of an array of finds and of their keys. */
extern void record_set_add_finds(MfRecordSet *set, ArrayType *values, ArrayType *keys);
/* All elements of an array of records (or of geometries) and of their keys. */
extern void record_set_add_array(MfRecordSet *set, bool geometries,
								 ArrayType *values, ArrayType *keys,
								 ArrayType *groups);

/* ---- entries.c: collected records in order ---- */

/* By bytes; NULL last. */
extern int	text_compare(const MfText *a, const MfText *b);
extern int	extent_compare(const MfExtent *a, const MfExtent *b);
/* The canonical order of two entries: by extent, then key, group and content. */
extern int	entry_compare(const MfEntry *a, const MfEntry *b);
/*
 * A store of the records among entries, in memory of a context; numbers are
 * those of the entries.
 */
extern void entries_store(MfStore *store, const MfMemory *memory,
						  const MfEntry *entries, uint32 n);

/* ---- ground.c: what is recorded within an area of interest ---- */

typedef struct MfGround
{
	const MfRecordSet *set;
	MfMemory	memory;			/* counted with the set's */
	const MfExtent *aoi;		/* valid */
	double		aoi_m2;
	uint32		records;
	uint32		unlocated;
	uint32		without_area;	/* located, but no footprint */
	uint32		accuracy_unknown;	/* located, but nobody knows how well */
	uint32		nentries;
	MfEntry    *entries;		/* all, as they came in */
	const MfExtent **footprints;	/* [nentries], NULL: none */
	uint32		nmet;
	const MfExtent **met;		/* footprints whose box meets the AOI's */
	MinefieldBox *met_boxes;	/* [nmet] theirs */
} MfGround;

extern void ground_find(MfGround *ground, const MfRecordSet *set);

/* For tests: leave every arrangement to GEOS, as when our own fails. */
extern bool mf_debug_arrange_by_geos;

/* What an extent without footprint still is for its neighbours. */
extern const MfExtent *ground_shape(const MfGround *ground, uint32 n);

/*
 * The arrangement of valid extents in the area of interest, in memory of the
 * current context.
 */
extern void ground_arrange(MfArrangement *arrangement, const MfGround *ground,
						   const MfExtent *const *extents, uint32 n,
						   bool with_gaps);
/*
 * The gaps alone: the area of interest without what is recorded.  forget: what
 * was listed, which is much, is given back on the way.
 */
extern void ground_gaps(MfArrangement *arrangement, MfGround *ground, bool forget);

/* ---- overlay.c: the same by GEOS, should the arrangement fail ---- */

extern void overlay_arrange(MfArrangement *arrangement, const MfExtent *aoi,
							const MfExtent *const *extents, uint32 n,
							bool with_gaps);

/* ---- call.c: arguments and results as SQL passes them ---- */

/* A record set that is an argument; NULL when that is. */
extern MfRecordSet *record_set_arg(FunctionCallInfo fcinfo, int n);
/*
 * The state of an aggregate's transition function with the row's area of
 * interest and options taken in; -1: there is no such argument.  NULL: no
 * state yet, and the row begins none.
 */
extern MfRecordSet *aggregate_set(FunctionCallInfo fcinfo, MfEngine engine,
								  int aoi, int options);
extern Datum aggregate_state(FunctionCallInfo fcinfo, MfRecordSet *set);
/* A key, text or bigint. */
extern void key_arg(FunctionCallInfo fcinfo, int n, MfText *key);

/* Where the arguments of a function over arrays are; -1: there is none. */
typedef struct MfArrayArgs
{
	int			values;
	int			keys;
	int			groups;
	int			aoi;
	int			options;		/* the first; the others follow */
} MfArrayArgs;

/* NULL: the area of interest is NULL. */
extern MfRecordSet *arrays_set(FunctionCallInfo fcinfo, MfEngine engine,
							  bool geometries, const MfArrayArgs *args);

/* The row type a function returns, singly or as an array's element. */
extern TupleDesc result_row(FunctionCallInfo fcinfo);
extern Datum result_array(FunctionCallInfo fcinfo, Datum *values, uint32 n);

/* The same for many rows, written straight into the array. */
typedef struct MfRows
{
	TupleDesc	row;
	char	   *data;
	Size		len;
	Size		size;
	uint32		n;
} MfRows;

extern void rows_begin(MfRows *rows, FunctionCallInfo fcinfo);
extern void rows_add(MfRows *rows, Datum *values, bool *nulls);
extern Datum rows_finish(MfRows *rows);
extern Datum text_or_null(const MfText *text, bool *isnull);

/* ---- table.c: what queries over a table are made of, each quoted ---- */

/* The extension's schema. */
extern const char *table_own_schema(FunctionCallInfo fcinfo);
extern const char *table_name(Oid relation);
/* The column that an argument names; its type, unless that is not asked for. */
extern const char *table_column(FunctionCallInfo fcinfo, int n, Oid relation, Oid *type);
/*
 * The schema of PostGIS where the type is geometry, NULL where it is
 * minefield; others are an error.
 */
extern const char *table_record_schema(const char *column, Oid type);
/*
 * mf_value_taker: the elements of an array of composites as rows of the
 * ReturnSetInfo; NULL: none.
 */
extern void table_take_rows(Datum value, bool isnull, void *arg);

/* ---- json_build.c: jsonb written member by member ---- */

/* The shortest number that reads back as the same double. */
extern struct NumericData *json_numeric(double value);
extern void json_key(JsonbParseState **state, const char *name);
/* Values of the key before, or elements; NULL and NaN become null. */
extern void json_text(JsonbParseState **state, const char *text);
extern void json_number(JsonbParseState **state, double number);
extern void json_rounded(JsonbParseState **state, double number, int decimals);
extern void json_boolean(JsonbParseState **state, bool boolean);

#endif							/* MF_ANALYSIS_H */
