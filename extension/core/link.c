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

bool
vertices_reserve(Vertices *v, size_t more)
{
	return memory_grow(v->memory, (void **) &v->xy, &v->xy_room, v->n + more, 2 * sizeof(double)) &&
		memory_grow(v->memory, (void **) &v->marks, &v->mark_room, v->n + more, sizeof(uint8_t));
}

void
vertices_turn(Vertices *v, size_t first, size_t n)
{
	double	   *xy = v->xy + 2 * first;
	uint8_t    *marks = v->marks + first;

	for (size_t i = 0, j = n - 1; i < j; i++, j--)
	{
		double		x = xy[2 * i];
		double		y = xy[2 * i + 1];

		xy[2 * i] = xy[2 * j];
		xy[2 * i + 1] = xy[2 * j + 1];
		xy[2 * j] = x;
		xy[2 * j + 1] = y;
	}
	/* there is one edge less */
	for (size_t i = 0, j = n - 2; i < j && n > 2; i++, j--)
	{
		uint8_t		mark = marks[i];

		marks[i] = marks[j];
		marks[j] = mark;
	}
}

void
vertices_free(Vertices *v)
{
	memory_give(v->memory, v->xy);
	memory_give(v->memory, v->marks);
}

bool
rings_add(OutRings *rings, size_t n, bool touched)
{
	if (n > UINT32_MAX || !memory_grow(rings->vertices.memory, (void **) &rings->rings,
									   &rings->room, rings->n + 1, sizeof(OutRing)))
		return false;
	rings->rings[rings->n++] = (OutRing) {rings->vertices.n, (uint32_t) n, touched};
	rings->vertices.n += n;
	return true;
}

void
rings_free(OutRings *rings)
{
	memory_give(rings->vertices.memory, rings->rings);
	vertices_free(&rings->vertices);
}

void
pieces_free(Pieces *pieces)
{
	memory_give(pieces->vertices.memory, pieces->pieces);
	vertices_free(&pieces->vertices);
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

static MfStatus
beginnings_fill(Beginnings *beginnings, const Pieces *pieces)
{
	for (size_t i = 0; i < pieces->n; i++)
	{
		size_t		slot = slot_of(beginnings, pieces->pieces[i].from);

		if (loop_interrupted(i))
			return MF_INTERRUPTED;
		while (beginnings->slots[slot] != 0)
		{
			/* two pieces that begin at one crossing */
			if (pieces->pieces[beginnings->slots[slot] - 1].from == pieces->pieces[i].from)
				return MF_INCONSISTENT;
			slot = (slot + 1) & beginnings->mask;
		}
		beginnings->slots[slot] = i + 1;
	}
	return MF_DONE;
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
	Vertices   *v = &rings->vertices;
	size_t		piece = start;
	size_t		n = 0;
	bool		touched = false;

	do
	{
		const Piece *p = &pieces->pieces[piece];

		if (!vertices_reserve(v, n + p->n + 1))
			return MF_NO_MEMORY;
		/* its last point is the first of the next one */
		memcpy(v->xy + 2 * (v->n + n), pieces->vertices.xy + 2 * p->first,
			   2 * sizeof(double) * (p->n - 1));
		memcpy(v->marks + v->n + n, pieces->vertices.marks + p->first, p->n - 1);
		n += p->n - 1;
		touched |= p->touched;
		used[piece] = true;
		piece = beginnings_take(beginnings, pieces, p->to);
		if (piece == SIZE_MAX)
			return MF_INCONSISTENT;
	} while (piece != start);
	memcpy(v->xy + 2 * (v->n + n), v->xy + 2 * v->n, 2 * sizeof(double));
	return rings_add(rings, n + 1, touched) ? MF_DONE : MF_NO_MEMORY;
}

MfStatus
link_pieces(OutRings *rings, const Pieces *pieces)
{
	const MfMemory *memory = pieces->vertices.memory;
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
		status = beginnings_fill(&beginnings, pieces);
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
