/*
 * crossing.h - how edges of different records cross, decided without ties
 *
 * Records are thought of as moved by next to nothing, each by a vector of its
 * own: record r by (d, h), both positive, d beyond compare larger than h, and
 * both beyond compare larger than those of any record after r.  Then no three
 * edges of different records meet in a point, no vertex lies on an edge, and
 * equal and touching ground comes out the same whichever way it is looked at
 * (symbolic perturbation, after Edelsbrunner and Muecke).  Only decisions
 * see that: coordinates stay as they are.
 *
 * An edge is a pointer to its first vertex; the second follows it.  The rank
 * is the record's.  Private to the core.
 */
#ifndef MF_CORE_CROSSING_H
#define MF_CORE_CROSSING_H

#include <stdbool.h>
#include <stdint.h>

/* What is nearer than this, in degrees (25 nm), may not come out in order. */
#define NEAR_DEGREES	0x1p-42

/* Where an edge crosses another. */
typedef struct Crossing
{
	const double *edge;			/* that is crossed ... */
	const double *other;		/* ... by this one */
	double		t;				/* along edge: 0 its start, 1 its end */
	double		slack;			/* t is good to this */
	double		sine;			/* of the angle between the two */
	uint32_t	rank;			/* of the other's record */
	int			turn;			/* edge comes to the left (1) or right (-1) of other */
} Crossing;

/* On which side of an edge is p: 1 left, -1 right. */
extern int	side_of(const double *edge, uint32_t edge_rank,
					const double *p, uint32_t p_rank);

/*
 * Of n vertices in a row, at most 32, those that lie left of an edge's line by
 * more than is near, and those right of it: a bit each.  An edge with both ends
 * on one side neither crosses this one nor comes near it.
 */
extern void vertices_aside(const double *edge, const double *xy, int n,
						   uint32_t *left, uint32_t *right);

/*
 * Do two edges of different records cross?  Then what is known of it is
 * filled in, and in reverse, unless that is NULL, the same as the other edge
 * sees it.  near is set (never cleared) when an end of one comes nearer to the
 * other than NEAR_DEGREES; edges and other change places without changing any
 * answer.
 */
extern bool edges_cross(const double *edge, uint32_t rank,
						const double *other, uint32_t other_rank,
						Crossing *crossing, Crossing *reverse, bool *near);

/* Do ends of either come nearer to the other than NEAR_DEGREES? */
extern bool edges_near(const double *edge, const double *other);

/* Which of two crossings of one edge of a record comes first (< 0: a)? */
extern int	crossing_compare(const Crossing *a, const Crossing *b, uint32_t rank);

/* Does a come before b?  Nearly always t tells. */
static inline bool
crossing_before(const Crossing *a, const Crossing *b, uint32_t rank)
{
	double		slack = a->slack + b->slack;

	if (a->edge == b->edge && (a->t - b->t > slack || b->t - a->t > slack))
		return a->t < b->t;
	return crossing_compare(a, b, rank) < 0;
}

/*
 * Where two edges cross, correctly rounded but for one case in 10^12; pass
 * them in an order that does not depend on who asks.  What is only measured,
 * not drawn, can do with the point at t.
 */
extern void crossing_point(const double *edge, const double *other, double *p);

#endif							/* MF_CORE_CROSSING_H */
