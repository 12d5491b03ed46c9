/*
 * mf_checks.h - checks of records and of books
 *
 * paper.c reads what checks ask about, once for each record; every file
 * check_<theme>.c has a table of checks; check.c runs them.  A check fails
 * only where the paper contradicts itself or cannot be: what is unknown
 * contradicts nothing, and an interval only what it does not meet.
 */
#ifndef MF_CHECKS_H
#define MF_CHECKS_H

#include "mf_check.h"
#include "mf_location.h"

/* ---- paper.c: a record as checks read it ---- */

/*
 * A list with more entries is not looked into, as if it were not there: what
 * compares entries with each other takes their square.
 */
#define MF_MOST_LISTED 5000

/* An entry of a list of mines. */
typedef struct MfPaperMine
{
	JsonbContainer *entry;		/* NULL: the entry is null */
	const char *model;			/* NULL: not stated */
	int			nknown;			/* models of the catalogue that it can mean */
	const MfMineModel *known;	/* the one of them; NULL: none or several */
	MfQuantity	count;			/* whole and not negative, else without bounds */
} MfPaperMine;

typedef struct MfPaperPoint
{
	JsonbContainer *entry;		/* NULL: null */
	char	   *id;				/* trimmed; NULL: none */
	const char *role;
	bool		has_northing;
	bool		has_easting;
	bool		has_lon;
	bool		has_lat;
	double		northing;
	double		easting;
	double		lon;
	double		lat;
	const char *mgrs;
	const char *crs;			/* its own, else the location's */
} MfPaperPoint;

typedef struct MfPaperLeg
{
	JsonbContainer *entry;
	char	   *from;
	char	   *to;
	bool		has_distance;
	double		distance;
	const char *north;			/* its own, else the location's, and so on */
	const char *angle_unit;
	const char *distance_unit;
} MfPaperLeg;

typedef struct MfPaperRow
{
	JsonbContainer *entry;
	char	   *id;
	int			npath;
	char	  **path;			/* ids; NULL: a stretch, or null */
	int			nmines;			/* -1: not stated */
	MfPaperMine *mines;
} MfPaperRow;

/* The chain of a record, solved when it is asked for first: check_chains.c. */
typedef struct MfSolved MfSolved;

typedef struct MfPaper
{
	const Minefield *record;
	MfExtent	extent;
	JsonbContainer *properties; /* NULL: none */
	JsonbContainer *location;	/* NULL: none */
	int			nmines;			/* -1: not stated */
	MfPaperMine *mines;
	int			npoints;		/* -1: not stated, and so on */
	MfPaperPoint *points;
	int			nlegs;
	MfPaperLeg *legs;
	int			nrows;
	MfPaperRow *rows;
	int			nperimeter;
	char	  **perimeter;
	const char *crs;
	MfSolved   *solved;			/* NULL: not yet */
} MfPaper;

extern void paper_read(MfPaper *paper, const Minefield *record, const MfModelList *models);
extern int	paper_mines(JsonbContainer *list, const MfModelList *models, MfPaperMine **mines);
/* Entries of a list that are objects, others NULL; -1: no list. */
extern int	paper_list(JsonbContainer *object, const char *name, JsonbContainer ***entries);
/* A text without blanks at its ends; NULL: none, or nothing else. */
extern char *trimmed(const char *text);
/* The date of a member; false: absent or no string; *readable: understood. */
extern bool paper_date(JsonbContainer *object, const char *name, MfDateSpan *span,
					   bool *readable, char **written);
/* A quantity with one value, or NaN. */
extern double paper_number(JsonbContainer *object, const char *name);
/* Do two entries name one model? */
extern bool paper_one_model(const MfPaperMine *a, const MfPaperMine *b);
/* The number of a reference system of EPSG; 0: it is none.  crs may be NULL. */
extern int	paper_epsg(const char *crs);

/* ---- check.c ---- */

typedef enum MfPriority
{
	MF_HIGH,
	MF_MEDIUM,
	MF_LOW
} MfPriority;

typedef struct MfCheckRun MfCheckRun;

/* False: not applicable, the record does not say what is asked about. */
typedef bool (*mf_record_check) (MfCheckRun *run, const MfPaper *paper);
typedef bool (*mf_book_check) (MfCheckRun *run, const MfBook *book);

/* code never changes its meaning and is never used again. */
typedef struct MfCheck
{
	const char *code;
	MfPriority	priority;
	const char *what;			/* what is wrong where it fails */
	const char *hint;			/* what to do then */
	mf_record_check record;		/* or */
	mf_book_check book;
} MfCheck;

/* One table of each theme; ends with a NULL code. */
extern const MfCheck checks_of_extent[];
extern const MfCheck checks_of_points[];
extern const MfCheck checks_of_measures[];
extern const MfCheck checks_of_grids[];
extern const MfCheck checks_of_chains[];
extern const MfCheck checks_of_counts[];
extern const MfCheck checks_of_sizes[];
extern const MfCheck checks_of_dates[];
extern const MfCheck checks_of_models[];
extern const MfCheck checks_of_books[];

#define MF_MOST_CHECKS 120

typedef struct MfCheckOptions
{
	bool		on[MF_MOST_CHECKS];
	bool		has_today;
	int32		today;			/* days since 2000-01-01 */
	double		tolerance;		/* share by which figures may miss each other */
	double		long_edge_m;
	MfModelList *models;
} MfCheckOptions;

struct MfCheckRun
{
	const MfCheckOptions *options;
	const MfCheck *check;		/* that runs now */
	int			nfound;			/* by it */
	int32		today;
	uint32		n;				/* of the record in its book, from 1; 0: alone */
	const char *key;			/* NULL: none */
	void		(*found) (MfCheckRun *run, const char *path, const char *message,
						  const char *hint);
	void	   *arg;
};

/* The check fails, at a path ("": the record).  hint NULL: the check's. */
extern void check_fails(MfCheckRun *run, const char *path, const char *fmt,...)
			pg_attribute_printf(3, 4);
extern void check_fails_hint(MfCheckRun *run, const char *path, const char *hint,
							 const char *fmt,...) pg_attribute_printf(4, 5);

/* In the order of the themes; how many there are, up to MF_MOST_CHECKS. */
extern int	list_checks(const MfCheck **checks);
extern const char *priority_name(MfPriority priority);
/* An mf_value_reader of options; NULL: the defaults. */
extern void *check_options_read(struct varlena *given);
extern const MfCheckOptions *check_options_arg(FunctionCallInfo fcinfo, int n);

/* What became of a check, of records one by one and of a book once. */
typedef struct MfTally
{
	int64		run;
	int64		not_applicable;
	int64		failed;
	int64		findings;
} MfTally;

extern void check_run_begin(MfCheckRun *run, const MfCheckOptions *options);
/* All checks that are on; tallies by check, or NULL. */
extern void check_record(MfCheckRun *run, const Minefield *record, MfTally *tallies);
/* Every record of a book in its order, and then the book. */
extern void check_book(MfCheckRun *run, const MfBook *book, MfTally *tallies);

#define MF_FINDING_ATTRIBUTES 7

/* The attributes of mf_check_finding. */
extern void finding_values(const MfCheckRun *run, const char *path, const char *message,
						   const char *hint, Datum *values, bool *nulls);

/* ---- check_rows.c ---- */

/* The memory of an aggregate's state; raises outside an aggregate. */
extern MemoryContext check_context(FunctionCallInfo fcinfo);
/* A copy of the options that are an argument; NULL: none. */
extern Jsonb *check_options_copy(FunctionCallInfo fcinfo, int n, MemoryContext context);

/* ---- paper.c: intervals, words, paths ---- */

/* What a quantity lies between. */
typedef struct MfBounds
{
	double		min;
	double		max;
} MfBounds;

extern void bounds_of(MfBounds *bounds, const MfQuantity *q);
/* Is nothing of a within share of anything in b, nor within slack? */
extern bool bounds_apart(const MfBounds *a, const MfBounds *b, double share, double slack);
extern bool bounds_known(const MfBounds *bounds);
/* "80", or "75 to 85". */
extern const char *bounds_text(const MfBounds *bounds);
extern void bounds_of_mines(MfBounds *bounds, const MfPaperMine *mines, int n);
/* Metres between two points by the legs of the paper; NaN: not measured so. */
extern double paper_path_m(const MfPaper *paper, char *const *path, int n);
extern bool has_word(const char *text, const char *const *words, int n);
extern bool is_landmark(const char *role);

#endif							/* MF_CHECKS_H */
