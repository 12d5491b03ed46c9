/*
 * box_sweep.c - which boxes meet: a forward sweep over sorted boxes
 *
 * Boxes are sorted along the axis on which they overlap least; each is
 * compared with those that begin before it ends.  For records strung over a
 * country that is close to linear.
 */
#include "mf_analysis.h"

#include "utils/memutils.h"

typedef struct SweepItem
{
	float		from;			/* along the swept axis */
	float		to;
	uint32		n;				/* of list a, then of list b */
	bool		second;			/* of list b */
} SweepItem;

static int
compare_items(const void *pa, const void *pb)
{
	const SweepItem *a = pa;
	const SweepItem *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->second != b->second)
		return a->second ? 1 : -1;
	return a->n < b->n ? -1 : (a->n > b->n);
}

/* How much of an axis the boxes take up, added up, relative to its length. */
static void
crowding(const MinefieldBox *boxes, uint32 n, double *x, double *y,
		 MinefieldBox *total)
{
	for (uint32 i = 0; i < n; i++)
	{
		if (box_is_empty(&boxes[i]))
			continue;
		box_add_box(total, &boxes[i]);
		*x += (double) boxes[i].xmax - boxes[i].xmin;
		*y += (double) boxes[i].ymax - boxes[i].ymin;
	}
}

static uint32
add_items(SweepItem *items, const MinefieldBox *boxes, uint32 n, bool along_x,
		  bool second)
{
	uint32		added = 0;

	for (uint32 i = 0; i < n; i++)
	{
		SweepItem  *item = &items[added];

		if (box_is_empty(&boxes[i]))
			continue;
		item->from = along_x ? boxes[i].xmin : boxes[i].ymin;
		item->to = along_x ? boxes[i].xmax : boxes[i].ymax;
		item->n = i;
		item->second = second;
		added++;
	}
	return added;
}

void
box_sweep(const MinefieldBox *a, uint32 na, const MinefieldBox *b, uint32 nb,
		  box_visitor visit, void *arg)
{
	SweepItem  *items = palloc_extended(sizeof(SweepItem) * ((Size) na + nb + 1),
										MCXT_ALLOC_HUGE);
	MinefieldBox total;
	double		x = 0,
				y = 0;
	bool		along_x;
	uint32		n;

	box_set_empty(&total);
	crowding(a, na, &x, &y, &total);
	crowding(b, b ? nb : 0, &x, &y, &total);
	along_x = x * ((double) total.ymax - total.ymin) <=
		y * ((double) total.xmax - total.xmin);
	n = add_items(items, a, na, along_x, false);
	if (b != NULL)
		n += add_items(items + n, b, nb, along_x, true);
	qsort(items, n, sizeof(SweepItem), compare_items);
	for (uint32 i = 0; i < n; i++)
	{
		const SweepItem *p = &items[i];

		CHECK_FOR_INTERRUPTS();
		for (uint32 j = i + 1; j < n && items[j].from <= p->to; j++)
		{
			const SweepItem *q = &items[j];

			if (b == NULL)
			{
				if (box_overlaps(&a[p->n], &a[q->n]))
					visit(Min(p->n, q->n), Max(p->n, q->n), arg);
			}
			else if (p->second != q->second)
			{
				uint32		na_ = p->second ? q->n : p->n;
				uint32		nb_ = p->second ? p->n : q->n;

				if (box_overlaps(&a[na_], &b[nb_]))
					visit(na_, nb_, arg);
			}
		}
	}
	pfree(items);
}

/* ---- clusters ---- */

static uint32
find_root(uint32 *parent, uint32 i)
{
	while (parent[i] != i)
	{
		parent[i] = parent[parent[i]];
		i = parent[i];
	}
	return i;
}

/* The smaller index stays the root, so a root is its cluster's first member. */
static void
join_clusters(uint32 a, uint32 b, void *arg)
{
	uint32	   *parent = arg;

	a = find_root(parent, a);
	b = find_root(parent, b);
	if (a < b)
		parent[b] = a;
	else
		parent[a] = b;
}

void
box_clusters(const MinefieldBox *boxes, uint32 n, MfClusters *clusters)
{
	Size		size = sizeof(uint32) * ((Size) n + 1);
	uint32	   *parent = palloc_extended(size, MCXT_ALLOC_HUGE);
	uint32	   *number = palloc_extended(size, MCXT_ALLOC_HUGE);
	uint32	   *fill;

	for (uint32 i = 0; i < n; i++)
		parent[i] = i;
	box_sweep(boxes, n, NULL, 0, join_clusters, parent);

	clusters->n = 0;
	clusters->members = palloc_extended(size, MCXT_ALLOC_HUGE);
	clusters->start = palloc_extended(size, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 i = 0; i < n; i++)
	{
		uint32		root = find_root(parent, i);

		number[i] = root == i ? clusters->n++ : number[root];
		clusters->start[number[i]]++;
	}
	/* counts to offsets */
	fill = palloc_extended(size, MCXT_ALLOC_HUGE);
	for (uint32 i = 0, at = 0; i <= clusters->n; i++)
	{
		uint32		count = i < clusters->n ? clusters->start[i] : 0;

		clusters->start[i] = fill[i] = at;
		at += count;
	}
	for (uint32 i = 0; i < n; i++)
		clusters->members[fill[number[i]]++] = i;
	pfree(parent);
	pfree(number);
	pfree(fill);
}
