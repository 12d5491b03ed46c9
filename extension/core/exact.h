/*
 * exact.h - sums and products of doubles without loss
 *
 * Each function gives a rounded result and its rounding error, so that the
 * two together are exact (Knuth's sum, Dekker's and Veltkamp's product).
 * They hold in round-to-nearest without excess precision and without fused
 * operations (-ffp-contract=off), barring overflow and underflow.  Private to
 * the core.
 */
#ifndef MF_CORE_EXACT_H
#define MF_CORE_EXACT_H

static inline double
exact_sum(double a, double b, double *error)
{
	double		sum = a + b;
	double		b_part = sum - a;
	double		a_part = sum - b_part;

	*error = (a - a_part) + (b - b_part);
	return sum;
}

/* Cut into two halves of at most 26 bits each. */
static inline void
exact_halves(double a, double *high, double *low)
{
	double		c = 134217729.0 * a;	/* 2^27 + 1 */

	*high = c - (c - a);
	*low = a - *high;
}

static inline double
exact_product(double a, double b, double *error)
{
	double		product = a * b;
	double		ah,
				al,
				bh,
				bl;

	exact_halves(a, &ah, &al);
	exact_halves(b, &bh, &bl);
	*error = al * bl - (((product - ah * bh) - al * bh) - ah * bl);
	return product;
}

#endif							/* MF_CORE_EXACT_H */
