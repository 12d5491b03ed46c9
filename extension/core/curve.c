/*
 * curve.c - places along a Hilbert curve
 *
 * What is near on the curve is near on the ground, so things in its order are
 * near in memory as well.
 */
#include "mf_store.h"

/* Of a side: 9 m over the whole world, less over less.  Even. */
#define SIDE_BITS	(MF_CURVE_BITS / 2)
#define SIDE_STEPS	((double) (1u << SIDE_BITS))

void
curve_begin(MfCurve *curve, const MinefieldBox *world)
{
	/* one halving of the square: by state and quadrant (x bit, y bit) */
	static const uint8_t place[4][4] = {
		{0, 1, 3, 2}, {0, 3, 1, 2}, {2, 3, 1, 0}, {2, 1, 3, 0}
	};
	static const uint8_t next[4][4] = {
		{1, 0, 3, 0}, {0, 2, 1, 1}, {2, 1, 2, 3}, {3, 3, 0, 2}
	};
	double		w = (double) world->xmax - world->xmin;
	double		h = (double) world->ymax - world->ymin;
	double		side = w > h ? w : h;

	curve->x = world->xmin;
	curve->y = world->ymin;
	curve->scale = side > 0 ? SIDE_STEPS / side : 0;
	for (unsigned i = 0; i < 64; i++)
	{
		unsigned	state = i >> 4;
		unsigned	x = i >> 2 & 3;
		unsigned	y = i & 3;
		unsigned	first = (x >> 1) << 1 | y >> 1;
		unsigned	second = (x & 1) << 1 | (y & 1);
		unsigned	between = next[state][first];

		curve->place[i] = (uint8_t) (place[state][first] << 2 | place[between][second]);
		curve->next[i] = next[between][second];
	}
}

static uint32_t
curve_step(double v, double from, double scale)
{
	double		step = (v - from) * scale;

	return step >= SIDE_STEPS ? (uint32_t) SIDE_STEPS - 1 : step > 0 ? (uint32_t) step : 0;
}

uint64_t
curve_key(const MfCurve *curve, double lon, double lat)
{
	uint32_t	x = curve_step(lon, curve->x, curve->scale);
	uint32_t	y = curve_step(lat, curve->y, curve->scale);
	uint64_t	key = 0;
	unsigned	state = 0;

	for (int bit = SIDE_BITS - 2; bit >= 0; bit -= 2)
	{
		unsigned	i = state << 4 | (x >> bit & 3) << 2 | (y >> bit & 3);

		key = key << 4 | curve->place[i];
		state = curve->next[i];
	}
	return key;
}
