/*
 * link.c - pieces of boundary into rings
 *
 * At a crossing of two edges one piece of the boundary ends and one begins, so
 * the pair of edges names the one that follows: a hash of the beginnings, and
 * then a walk from piece to piece until it comes round.
 */
#include "arrangement.h"

#include <string.h>

/* ---- growing ---- */

double *
rings_reserve(OutRings *rings, size_t n)
{
	if (!memory_grow(rings->memory, (void **) &rings->xy, &rings->vertex_room,
					 rings->nvertices + n, 2 * sizeof(double)))
		return NULL;
	return rings->xy + 2 * rings->nvertices;
}

bool
rings_add(OutRings *rings, size_t n, bool touched)
{
	if (n > UINT32_MAX || !memory_grow(rings->memory, (void **) &rings->rings, &rings->room,
									   rings->n + 1, sizeof(OutRing)))
		return false;
	rings->rings[rings->n++] = (OutRing) {rings->nvertices, (uint32_t) n, touched};
	rings->nvertices += n;
	return true;
}

void
rings_free(OutRings *rings)
{
	memory_give(rings->memory, rings->xy);
	memory_give(rings->memory, rings->rings);
}

void
pieces_free(Pieces *pieces)
{
	memory_give(pieces->memory, pieces->xy);
	memory_give(pieces->memory, pieces->pieces);
}

/* ---- linking ---- */

typedef struct Beginnings
{
	size_t		mask;
	size_t	   *slots;			/* piece + 1; 0: none */
} Beginnings;

static size_t
slot_of(const Beginnings *beginnings, uint64_t key)
{
	key *= UINT64_C(0x9E3779B97F4A7C15);
	key ^= key >> 32;
	return (size_t) key & beginnings->mask;
}

static bool
beginnings_fill(Beginnings *beginnings, const Pieces *pieces)
{
	for (size_t i = 0; i < pieces->n; i++)
	{
		size_t		slot = slot_of(beginnings, pieces->pieces[i].from);

		while (beginnings->slots[slot] != 0)
		{
			/* two pieces that begin at one crossing */
			if (pieces->pieces[beginnings->slots[slot] - 1].from == pieces->pieces[i].from)
				return false;
			slot = (slot + 1) & beginnings->mask;
		}
		beginnings->slots[slot] = i + 1;
	}
	return true;
}

/* The piece that begins where another ends, taken away; SIZE_MAX: none. */
static size_t
beginnings_take(Beginnings *beginnings, const Pieces *pieces, uint64_t key)
{
	for (size_t slot = slot_of(beginnings, key); beginnings->slots[slot] != 0;
		 slot = (slot + 1) & beginnings->mask)
	{
		size_t		piece = beginnings->slots[slot] - 1;

		if (piece != SIZE_MAX - 1 && pieces->pieces[piece].from == key)
		{
			beginnings->slots[slot] = SIZE_MAX;
			return piece;
		}
	}
	return SIZE_MAX;
}

/* From one piece on until it comes round; used marks pieces. */
static MfStatus
follow(OutRings *rings, const Pieces *pieces, Beginnings *beginnings,
	   size_t start, uint8_t *used)
{
	size_t		piece = start;
	size_t		n = 0;
	bool		touched = false;

	do
	{
		const Piece *p = &pieces->pieces[piece];
		double	   *dst = rings_reserve(rings, n + p->n);

		if (dst == NULL)
			return MF_NO_MEMORY;
		/* its last point is the first of the next one */
		memcpy(dst + 2 * n, pieces->xy + 2 * p->first, 2 * sizeof(double) * (p->n - 1));
		n += p->n - 1;
		touched |= p->touched;
		used[piece] = true;
		piece = beginnings_take(beginnings, pieces, p->to);
		if (piece == SIZE_MAX)
			return MF_INCONSISTENT;
	} while (piece != start);
	if (rings_reserve(rings, n + 1) == NULL)
		return MF_NO_MEMORY;
	memcpy(rings->xy + 2 * (rings->nvertices + n), rings->xy + 2 * rings->nvertices,
		   2 * sizeof(double));
	return rings_add(rings, n + 1, touched) ? MF_DONE : MF_NO_MEMORY;
}

MfStatus
link_pieces(OutRings *rings, const Pieces *pieces)
{
	const MfMemory *memory = pieces->memory;
	Beginnings	beginnings = {.mask = 15};
	uint8_t    *used = memory_get(memory, pieces->n, sizeof(uint8_t));
	MfStatus	status = MF_DONE;

	while (beginnings.mask < 2 * pieces->n)
		beginnings.mask = beginnings.mask * 2 + 1;
	beginnings.slots = memory_get(memory, beginnings.mask + 1, sizeof(size_t));
	if (used == NULL || beginnings.slots == NULL)
		status = MF_NO_MEMORY;
	else
	{
		memset(used, 0, pieces->n);
		memset(beginnings.slots, 0, (beginnings.mask + 1) * sizeof(size_t));
		if (!beginnings_fill(&beginnings, pieces))
			status = MF_INCONSISTENT;
	}
	for (size_t i = 0; i < pieces->n && status == MF_DONE; i++)
	{
		if (i % 4096 == 4095 && mf_interrupted != NULL && mf_interrupted())
			status = MF_INTERRUPTED;
		else if (!used[i])
			status = follow(rings, pieces, &beginnings, i, used);
	}
	memory_give(memory, used);
	memory_give(memory, beginnings.slots);
	return status;
}
