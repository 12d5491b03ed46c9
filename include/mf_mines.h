/*
 * mf_mines.h - models of mines: their catalogue, and names as paper writes them
 *
 * For identification and plausibility only: nothing here bears on safety.
 */
#ifndef MF_MINES_H
#define MF_MINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- mine_name.c: one name, many spellings ---- */

#define MF_NAME_SIGNS 24		/* longest name, without what parts its signs */

/*
 * A name as a sequence of signs A-Z and 0-9: what each character means, and
 * what else it may have been meant to be.  Bit n of a sign is 'A' + n up to
 * Z, then '0' on.
 */
typedef struct MfMineName
{
	int			n;
	uint64_t	meant[MF_NAME_SIGNS];	/* the one reading */
	uint64_t	taken[MF_NAME_SIGNS];	/* all readings, the one among them */
} MfMineName;

/*
 * Read a name in UTF-8: Latin and Cyrillic letters in either case, digits;
 * spaces, dashes, dots, slashes and quotes part them and say nothing else.
 * False: nothing is left, it is too long, or has a character of another kind.
 */
extern bool mine_name_read(const char *s, size_t len, MfMineName *name);
/* Can the name mean this one of the catalogue?  The latter is taken as it is. */
extern bool mine_name_means(const MfMineName *name, const MfMineName *known);
/* The one reading as text; buffer holds MF_NAME_SIGNS + 1 bytes. */
extern void mine_name_text(const MfMineName *name, char *buffer);

/* ---- mine_models.c: the catalogue ---- */

/* Not known, and not published, is NULL or NaN or MF_UNSAID. */
typedef enum MfSaid
{
	MF_UNSAID = -1,
	MF_SAID_NO = 0,
	MF_SAID_YES = 1
} MfSaid;

typedef struct MfMineModel
{
	const char *model;
	const char *aliases;		/* separated by '|'; NULL: none but the model */
	const char *category;		/* AP or AV */
	const char *kind;
	double		explosive_min_kg;
	double		explosive_max_kg;
	const char *metal;
	const char *actuation;		/* separated by '|' */
	MfSaid		remotely_delivered; /* yes: in no other way */
	MfSaid		self_destruct;
	double		self_destruct_min_h;
	double		self_destruct_max_h;
	double		step_min_m;		/* typical */
	double		step_max_m;
	double		density_per_km; /* typical, mines per km of front */
	const char *source;
} MfMineModel;

extern const MfMineModel mine_models[];
extern const int mine_models_n;

#endif							/* MF_MINES_H */
