/*
 * mf_check.h - what is missing in a record, and what contradicts what
 */
#ifndef MF_CHECK_H
#define MF_CHECK_H

#include "mf_analysis.h"
#include "mf_mines.h"
#include "mf_series.h"

/* ---- mine_models.c: the catalogue with what a user adds ---- */

typedef struct MfModel
{
	MfMineModel entry;
	int			nnames;
	MfMineName *names;			/* the model and its aliases */
} MfModel;

typedef struct MfModelList
{
	int			n;
	MfModel    *models;
} MfModelList;

/*
 * The catalogue, and the entries of more (an array of objects with members
 * named as the attributes of mf_mine_model_entry; NULL: none), of which each
 * replaces the one of its name.  Lives in the current context.
 */
extern MfModelList *models_list(Jsonb *more);
/* The models that a name can mean, up to max of them; how many there are. */
extern int	models_find(const MfModelList *list, const char *name,
						const MfMineModel **found, int max);

/* ---- cache.c: what is read once for all rows of a query ---- */

typedef void *(*mf_value_reader) (struct varlena *value);

/*
 * What reader makes of a value (untoasted; NULL: it is NULL): made anew only
 * when the value differs from that of the call before.
 */
extern void *cached_reading(FunctionCallInfo fcinfo, struct varlena *value,
							mf_value_reader reader);

/* ---- profile.c: what a record has to say ---- */

/* One step of a path into a document. */
typedef struct MfStep
{
	const char *written;		/* as in the pointer, with ~0 and ~1 */
	const char *name;
	int			index;			/* of an array's element; -1: none */
	bool		every;			/* "*": of all elements */
} MfStep;

typedef enum MfRuleKind
{
	MF_RULE_PATH,
	MF_RULE_ANY,
	MF_RULE_ALL,
	MF_RULE_COUNT
} MfRuleKind;

typedef struct MfRule MfRule;

struct MfRule
{
	MfRuleKind	kind;
	int			nsteps;			/* PATH, COUNT */
	MfStep	   *steps;
	const char *contains;		/* PATH: text that the value has to have; NULL: any */
	int			nrules;			/* ANY, ALL; COUNT: of each element */
	MfRule	   *rules;
	int			at_least;		/* COUNT */
	const char *where;			/* COUNT: a member that is one of words; NULL: any */
	int			nwords;
	const char **words;
};

/* A requirement holds only where all its conditions do. */
typedef struct MfCondition
{
	MfRule		path;			/* PATH */
	int			nwords;			/* 0: something has to stand there */
	const char **words;			/* else one of these, or nothing known */
} MfCondition;

typedef struct MfRequirement
{
	const char *name;
	const char *clause;			/* NULL: none */
	const char *text;			/* NULL: none */
	bool		mandatory;		/* else where feasible */
	double		weight;
	MfRule		rule;
	int			nconditions;
	MfCondition *conditions;
} MfRequirement;

typedef struct MfProfile
{
	int			n;
	MfRequirement *requirements;
} MfProfile;

/* In the current context; what is no profile is an error that says where. */
extern MfProfile *profile_read(Jsonb *profile);
extern bool words_have(const char *const *words, int n, const JsonbValue *value);

/* ---- profiles.c: those that come with us ---- */

/* NULL: there is none of this name. */
extern Jsonb *profile_named(const char *name);
/* All names, with a comma between them. */
extern char *profile_names(void);

/* ---- completeness.c ---- */

typedef enum MfState
{
	MF_STATE_PRESENT,
	MF_STATE_MISSING,
	MF_STATE_ILLEGIBLE,
	MF_STATE_NOT_APPLICABLE
} MfState;

#define MF_STATES 4

extern const char *const mf_state_names[MF_STATES];

/* What a record says of each requirement; room for profile->n. */
extern void completeness_states(const MfProfile *profile, const Minefield *mf,
								MfState *states);
/* A profile as jsonb, or (named) its name as text; read anew. */
extern MfProfile *profile_of_value(struct varlena *value, bool named);
/* The same of an argument, which is not NULL, kept from call to call. */
extern const MfProfile *profile_arg(FunctionCallInfo fcinfo, int n);

/* ---- sequence.c: numbers, and sheets ---- */

/* Numbers as places in their series. */
typedef struct MfNumberList
{
	int			n;
	int			room;
	MfPlace    *places;
} MfNumberList;

/* Where the series of records may be asked to begin and end. */
typedef struct MfNumberLimits
{
	bool		has_first;
	bool		has_last;
	int64		first;
	int64		last;
} MfNumberLimits;

/* A run of numbers that are missing. */
typedef struct MfNumberGap
{
	const char *series;
	int64		first;
	int64		last;
	int			width;
	const MfPlace *after;		/* NULL: none */
	const MfPlace *before;
} MfNumberGap;

extern void number_list_add(MfNumberList *list, const char *number);
/* In the order of series and number; the list is put in that order, too. */
extern int	number_gaps(MfNumberList *list, const MfNumberLimits *limits,
						MfNumberGap **gaps);
/* The number at a place of a series, with zeros before it up to width. */
extern char *number_at(const char *series, int64 n, int width);

#define MF_MAX_SHEETS 10000		/* of one record; more is a slip of the pen */

typedef struct MfSheets
{
	int			nlabels;
	int		   *labels;			/* as listed; -1: no plain number */
	int			of;
	bool	   *there;			/* [of + 1] by number */
} MfSheets;

/* False: the record does not list its sheets, or not say how many it has. */
extern bool sheets_read(JsonbContainer *properties, MfSheets *sheets);

/* ---- book.c: records as a set ---- */

typedef struct MfBookItem
{
	uint32		n;				/* place in the book, from 0 */
	const char *key;			/* NULL: none */
	const Minefield *record;
	JsonbContainer *properties; /* NULL: none */
	const char *number;			/* NULL: none, and the record stands alone */
	const char *part;
	const char *copy;
	int			copy_number;	/* -1: none, or no plain number */
} MfBookItem;

/* Records of one number and part, the lowest copy first. */
typedef struct MfCopySet
{
	int			n;
	MfBookItem *items;
	int			nmissing;		/* copies below the highest that are not there */
	int		   *missing;
	bool		repeated;		/* a copy that is there twice, or two without */
} MfCopySet;

typedef struct MfBook
{
	uint32		most;			/* places, those of NULL records among them */
	uint32		n;
	MfBookItem *items;			/* in the order of number, part and copy */
	uint32		nsets;
	MfCopySet  *sets;
	JsonbContainer *header;		/* the member logbook; NULL: none */
} MfBook;

/* What the header declares of one thing, and what the records have. */
typedef struct MfDeclared
{
	const char *item;			/* records, sheets, mines */
	const char *model;			/* NULL: none */
	MfQuantity	declared;
	MfQuantity	received;
} MfDeclared;

/* keys may be NULL, as may any of them; so may records, which are left out. */
extern void book_read(MfBook *book, const Minefield *const *records,
					  const char *const *keys, uint32 n);
extern void book_of_logbook(MfBook *book, const Logbook *logbook);
/* Do the documents differ in more than copy, scans and what was derived? */
extern bool copies_differ(const MfBookItem *a, const MfBookItem *b);
/* only: one of the items; NULL: all. */
extern int	book_declared(const MfBook *book, const MfModelList *models,
						  const char *only, MfDeclared **declared);
/* False where both cannot be true; *known: could that be told at all? */
extern bool declared_agrees(const MfDeclared *declared, bool *known);

#endif							/* MF_CHECK_H */
