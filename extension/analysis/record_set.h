/*
 * record_set.h - what a record set is made of, for the files that own it
 *
 * record_set.c fills and reads it, record_transfer.c brings it from one
 * process to another.  Private to both.
 */
#ifndef MF_RECORD_SET_H
#define MF_RECORD_SET_H

#include "mf_analysis.h"

/*
 * Entries follow each other and never cross chunks.  Each chunk is as large as
 * all before it, up to CHUNK_MOST: nothing moves when a set grows.
 */
typedef struct Chunk
{
	struct Chunk *next;
	Size		size;			/* room for entries */
	Size		len;
	char		data[FLEXIBLE_ARRAY_MEMBER];
} Chunk;

struct MfRecordSet
{
	MemoryContext context;
	MfEngine	engine;
	bool		has_options;
	MfOptions	options;
	MfExtent   *aoi;			/* NULL: none yet */
	struct varlena *aoi_seen;	/* the last AOI as it came, perhaps toasted */
	double		distance_m;		/* NaN: none yet */
	Chunk	   *chunks;			/* in order */
	Chunk	   *last;
	Size		size;			/* room in all chunks */
	uint64		n;
};

/* Room for one more entry, or for several that lie one after the other. */
extern char *record_set_reserve(MfRecordSet *set, Size size);
extern MfExtent *record_set_copy(MemoryContext context, const MfExtent *extent);
/* Error: the set's area of interest or line is another one. */
extern void record_set_check_aoi(const MfRecordSet *set, const MfExtent *aoi);

static inline char *
put_bytes(char *p, const void *bytes, Size size)
{
	if (size > 0)
		memcpy(p, bytes, size);
	return p + size;
}

#endif							/* MF_RECORD_SET_H */
