/*
 * mf_check.h - what is missing in a record, and what contradicts what
 */
#ifndef MF_CHECK_H
#define MF_CHECK_H

#include "mf_analysis.h"
#include "mf_mines.h"

/* ---- models.c: the catalogue with what a user adds ---- */

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

#endif							/* MF_CHECK_H */
