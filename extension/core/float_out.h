/*
 * float_out.h - doubles to floats, outward
 *
 * The neighbour of a float is the next bit pattern, so no library is asked.
 * Adding zero turns minus zero into zero: boxes are compared by their bytes.
 * Private to the core.
 */
#ifndef MF_CORE_FLOAT_OUT_H
#define MF_CORE_FLOAT_OUT_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* The next float away from zero, or towards it; f is not zero and not NaN. */
static inline float
float_step(float f, int32_t step)
{
	int32_t		bits;

	memcpy(&bits, &f, sizeof(bits));
	bits += step;
	memcpy(&f, &bits, sizeof(f));
	return f;
}

/* The largest float that is not above x. */
static inline float
float_below(double x)
{
	float		f = (float) x;

	if ((double) f > x)
		f = f > 0.0f ? float_step(f, -1) : f < 0.0f ? float_step(f, 1) : -FLT_TRUE_MIN;
	return f + 0.0f;
}

/* The least float that is not below x. */
static inline float
float_above(double x)
{
	float		f = (float) x;

	if ((double) f < x)
		f = f > 0.0f ? float_step(f, 1) : f < 0.0f ? float_step(f, -1) : FLT_TRUE_MIN;
	return f + 0.0f;
}

#endif							/* MF_CORE_FLOAT_OUT_H */
