/*
 * edge_area.h - what one edge adds to the area on its left
 *
 * The boundary integral -int (S(lat) - S(middle)) dlon of a straight lon/lat
 * edge, S being the area between the equator and a parallel for each radian of
 * longitude.  Within a range of latitudes S is a polynomial as good as doubles
 * are, and the mean of a polynomial along an edge has a closed form, so an
 * edge costs some thirty multiplications and calls nothing.  Private to the
 * core.
 */
#ifndef MF_CORE_EDGE_AREA_H
#define MF_CORE_EDGE_AREA_H

#define AREA_TERMS_MOST	36

typedef struct AreaRange
{
	double		middle;			/* latitude */
	double		per_degree;		/* makes latitudes -1 .. 1 */
	int			nterms;
	double		terms[AREA_TERMS_MOST]; /* of u^1, u^2, ..., over k + 1, m2 per degree */
} AreaRange;

/* For latitudes from south to north. */
extern void area_range_set(AreaRange *range, double south, double north);

/*
 * Square metres for the edge p -> q; that of q -> p is its negative, to the
 * bit.  Sums over closed ways are areas, counter-clockwise positive.
 */
static inline double
edge_area(const AreaRange *range, const double *p, const double *q)
{
	/* in one order, whichever way the edge is walked */
	double		u = ((p[1] < q[1] ? p[1] : q[1]) - range->middle) * range->per_degree;
	double		v = ((p[1] < q[1] ? q[1] : p[1]) - range->middle) * range->per_degree;
	double		power = v;
	double		sum = u + v;	/* of all products of u and v of a degree */
	double		mean = range->terms[0] * sum;

	for (int k = 1; k < range->nterms; k++)
	{
		power *= v;
		sum = u * sum + power;
		mean += range->terms[k] * sum;
	}
	return mean * (p[0] - q[0]);
}

#endif							/* MF_CORE_EDGE_AREA_H */
