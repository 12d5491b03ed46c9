/*
 * walk.h - what the walk round every ring is made of
 *
 * places.c knows where the records lie, cuts.c where a record's rings are cut,
 * walk.c what follows from that.  Private to the core.
 */
#ifndef MF_CORE_WALK_H
#define MF_CORE_WALK_H

#include "arrangement.h"

/* ---- places.c ---- */

/* Where a record lies. */
typedef enum Place
{
	OUTSIDE,					/* or a copy of the record before */
	INSIDE,
	ACROSS						/* or so near the boundary that it must be asked */
} Place;

typedef struct Places
{
	const MfMemory *memory;
	uint8_t    *of;				/* [records] Place */
	uint32_t   *weights;		/* [records] copies that it stands for */
} Places;

/* Free them whatever the status. */
extern MfStatus places_find(Places *places, const MfStore *records, const EdgeIndex *aoi_edges);
extern void places_free(Places *places);

/* ---- cuts.c ---- */

/* Where a ring being walked crosses an edge of another record. */
typedef struct Cut
{
	Crossing	at;
	double		p[2];
	bool		close;			/* to the next or the one before */
} Cut;

/* A cut found on behalf of a record that will be walked later. */
typedef struct Waiting
{
	Cut			cut;			/* turn 0: no cut, its edge is only near another */
	uint32_t	next;			/* of the same record, or free; MF_NONE: none */
	bool		near;
} Waiting;

/* The cuts of one record after the other. */
typedef struct Cuts
{
	const MfMemory *memory;
	const EdgeIndex *records;
	const EdgeIndex *aoi;
	const Places *places;
	bool		exact;			/* cuts become corners of the result */
	MfStatus	status;			/* the first that went wrong */
	uint32_t	steps;

	/* of the record at hand: */
	const EdgeIndex *index;		/* that it is in */
	uint32_t	record;
	uint32_t	rank;
	const double *base;			/* its first vertex */
	size_t		nvertices;
	uint8_t    *touched;		/* [nvertices] edge comes near another */
	size_t		touched_room;
	Cut		   *at;
	size_t		n;
	size_t		room;
	Cut		   *sorted;			/* room for as many */
	size_t		sorted_room;
	uint32_t   *starts;			/* [nvertices + 1] for sorting */
	size_t		start_room;
	uint32_t   *others;			/* records that count whose box meets its box */
	size_t		nothers;
	size_t		other_room;

	/* of its group of sixteen: groups whose box meets that of the group */
	uint32_t	group;
	uint32_t   *groups;
	size_t		ngroups;
	size_t		group_room;

	/* what waits for later records */
	uint8_t    *shared;			/* [records] its cuts wait for the others */
	uint32_t   *heads;			/* [records] into waiting */
	Waiting    *waiting;
	size_t		nwaiting;		/* ever used */
	size_t		pending;		/* in use */
	size_t		waiting_room;
	uint32_t	free;			/* into waiting */
} Cuts;

/* Free it whatever the status. */
extern MfStatus cuts_begin(Cuts *cuts, const EdgeIndex *records, const EdgeIndex *aoi,
						   const Places *places, bool exact);
extern void cuts_free(Cuts *cuts);

/*
 * All cuts of a record's rings in the order of the walk; records are asked for
 * once each, in their order, then the area of interest (AOI_RANK).
 */
extern MfStatus cuts_find(Cuts *cuts, uint32_t rank);

/* Ask now and then whether to stop.  False: stop. */
extern bool cuts_step(Cuts *cuts);

/* The two edges that cross, as one number. */
extern uint64_t cut_key(const Cuts *cuts, const Cut *cut);

static inline uint8_t *
touched_at(const Cuts *cuts, const double *edge)
{
	return &cuts->touched[(edge - cuts->base) / 2];
}

#endif							/* MF_CORE_WALK_H */
