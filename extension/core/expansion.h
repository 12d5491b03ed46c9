/*
 * expansion.h - sums of doubles that lose nothing
 *
 * A number is kept as the sum of doubles that do not overlap, increasing in
 * magnitude (Shewchuk's expansions), so its sign is that of the last one.
 * The same conditions hold as in exact.h.  Private to the core.
 */
#ifndef MF_CORE_EXPANSION_H
#define MF_CORE_EXPANSION_H

#include "exact.h"

/* Add b to the n parts of a sum; returns how many there are now. */
static inline int
parts_add(double *parts, int n, double b)
{
	int			kept = 0;

	for (int i = 0; i < n; i++)
	{
		double		error;

		b = exact_sum(b, parts[i], &error);
		if (error != 0.0)
			parts[kept++] = error;
	}
	if (b != 0.0)
		parts[kept++] = b;
	return kept;
}

/* Add the product of two doubles. */
static inline int
parts_add_product(double *parts, int n, double a, double b)
{
	double		error;
	double		product = exact_product(a, b, &error);

	n = parts_add(parts, n, error);
	return parts_add(parts, n, product);
}

static inline int
parts_sign(const double *parts, int n)
{
	return n == 0 ? 0 : parts[n - 1] > 0.0 ? 1 : -1;
}

#endif							/* MF_CORE_EXPANSION_H */
