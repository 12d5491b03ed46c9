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

typedef void *(*mf_jsonb_reader) (Jsonb *value);

/*
 * What reader makes of a jsonb value, which may be NULL: made anew only when
 * the value differs from that of the call before.
 */
extern void *cached_reading(FunctionCallInfo fcinfo, Jsonb *value, mf_jsonb_reader reader);

#endif							/* MF_CHECK_H */
