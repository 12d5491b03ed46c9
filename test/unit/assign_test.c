/*
 * assign_test.c - pairings against brute force, and against a proof of optimality
 *
 * Small ones by trying all; large ones by the dual: prices that bound every
 * pairing and that the one found reaches, found by an independent method
 * (Bellman-Ford over the pairs).
 */
#include "mf_likeness.h"

#include "unit.h"

#define MOST 2000

static MfCandidate candidates[40 * MOST];
static uint32_t partner[MOST];

static size_t
random_candidates(uint32_t na, uint32_t nb, double density, int values)
{
	size_t		n = 0;

	for (uint32_t a = 0; a < na; a++)
	{
		for (uint32_t b = 0; b < nb; b++)
		{
			if (random_unit() >= density)
				continue;
			candidates[n].a = a;
			candidates[n].b = b;
			candidates[n++].value = 1 + random_below(values);
		}
	}
	return n;
}

/* The value of the pairing found; -1: it is none. */
static int64_t
value_found(uint32_t na, uint32_t nb, size_t n)
{
	static bool taken[MOST];
	int64_t		value = 0;
	uint32_t	pairs = 0;

	memset(taken, 0, sizeof(taken));
	for (uint32_t a = 0; a < na; a++)
	{
		if (partner[a] == MF_NONE)
			continue;
		if (partner[a] >= nb || taken[partner[a]])
			return -1;
		taken[partner[a]] = true;
		pairs++;
	}
	for (size_t i = 0; i < n; i++)
	{
		if (partner[candidates[i].a] == candidates[i].b)
		{
			value += candidates[i].value;
			pairs--;
		}
	}
	return pairs == 0 ? value : -1;
}

/* The best value of all pairings of as from a on, by trying every one. */
static int64_t
value_best(uint32_t a, uint32_t na, uint32_t taken, size_t n)
{
	int64_t		best;

	if (a == na)
		return 0;
	best = value_best(a + 1, na, taken, n);
	for (size_t i = 0; i < n; i++)
	{
		int64_t		value;

		if (candidates[i].a != a || (taken >> candidates[i].b & 1))
			continue;
		value = candidates[i].value + value_best(a + 1, na, taken | 1u << candidates[i].b, n);
		if (value > best)
			best = value;
	}
	return best;
}

static void
test_small(void)
{
	Cases		cases = {0};

	for (int round = 0; round < 20000; round++)
	{
		uint32_t	na = (uint32_t) random_below(7);
		uint32_t	nb = (uint32_t) random_below(7);
		size_t		n = random_candidates(na, nb, random_unit(), round % 2 ? 5 : 1000000);
		int64_t		best = value_best(0, na, 0, n);

		case_check(&cases, assign(na, nb, candidates, n, partner, &mf_memory_malloc) == MF_DONE &&
				   value_found(na, nb, n) == best,
				   "%u x %u, %zu candidates: %" PRId64 ", best %" PRId64, na, nb, n,
				   value_found(na, nb, n), best);
	}
	check_cases(&cases, "small pairings are the best of all");
}

/*
 * No pairing is better when no alternating path or cycle gains: relax, in
 * the graph of exchanges, what each b would gain if it were freed.
 */
static bool
can_be_improved(uint32_t na, uint32_t nb, size_t n)
{
	static int64_t gain[MOST];	/* the best that comes of giving b away */
	static int64_t own[MOST];
	static uint32_t owner[MOST];
	bool		changed = true;

	for (uint32_t b = 0; b < nb; b++)
	{
		owner[b] = MF_NONE;
		gain[b] = 0;
	}
	for (uint32_t a = 0; a < na; a++)
	{
		own[a] = 0;
		if (partner[a] != MF_NONE)
			owner[partner[a]] = a;
	}
	for (size_t i = 0; i < n; i++)
	{
		if (partner[candidates[i].a] == candidates[i].b)
			own[candidates[i].a] = candidates[i].value;
	}
	/* gain[b]: what the owner of b loses by giving it up and going elsewhere */
	for (uint32_t b = 0; b < nb; b++)
		gain[b] = owner[b] == MF_NONE ? 0 : -own[owner[b]];
	for (uint32_t round = 0; changed && round <= nb; round++)
	{
		changed = false;
		for (size_t i = 0; i < n; i++)
		{
			uint32_t	a = candidates[i].a;
			uint32_t	left = partner[a];
			int64_t		better;

			if (left == MF_NONE || left == candidates[i].b)
				continue;
			better = candidates[i].value - own[a] + gain[candidates[i].b];
			if (better > gain[left])
			{
				gain[left] = better;
				changed = true;
			}
		}
	}
	if (changed)
		return true;			/* a cycle that gains */
	for (size_t i = 0; i < n; i++)
	{
		if (partner[candidates[i].a] == MF_NONE &&
			candidates[i].value + gain[candidates[i].b] > 0)
			return true;
	}
	for (uint32_t b = 0; b < nb; b++)
	{
		if (owner[b] != MF_NONE && gain[b] > 0)
			return true;
	}
	return false;
}

static void
test_large(void)
{
	Cases		cases = {0};

	for (int round = 0; round < 60; round++)
	{
		uint32_t	na = 1 + (uint32_t) random_below(MOST / 4);
		uint32_t	nb = 1 + (uint32_t) random_below(MOST / 4);
		size_t		n = random_candidates(na, nb, random_unit() * 10 / nb, round % 3 ? 1000000 : 4);

		case_check(&cases, assign(na, nb, candidates, n, partner, &mf_memory_malloc) == MF_DONE &&
				   value_found(na, nb, n) >= 0 && !can_be_improved(na, nb, n),
				   "%u x %u, %zu candidates", na, nb, n);
	}
	check_cases(&cases, "no exchange improves a large pairing");
}

/* Every a wants every b, and each the same one most. */
static void
test_crowd(void)
{
	size_t		n = 0;

	for (uint32_t a = 0; a < 200; a++)
	{
		for (uint32_t b = 0; b < 200; b++)
		{
			candidates[n].a = a;
			candidates[n].b = b;
			candidates[n++].value = (int64_t) (a + 1) * (b + 1);
		}
	}
	check(assign(200, 200, candidates, n, partner, &mf_memory_malloc) == MF_DONE, "a crowd is paired");
	check(value_found(200, 200, n) == INT64_C(200) * 201 * 401 / 6, "in the one best way");
}

/* A thousand that are all alike: no search may look at more than it has to. */
static void
test_equals(void)
{
	const uint32_t n = 1000;
	MfCandidate *all = malloc(sizeof(MfCandidate) * n * n);
	uint32_t	pairs = 0;

	for (uint32_t i = 0; i < n * n; i++)
	{
		all[i].a = i / n;
		all[i].b = i % n;
		all[i].value = 7;
	}
	check(assign(n, n, all, (size_t) n * n, partner, &mf_memory_malloc) == MF_DONE, "equals are paired");
	for (uint32_t i = 0; i < n; i++)
		pairs += partner[i] != MF_NONE;
	check(pairs == n, "every one of them");
	free(all);
}

static int	asked;

static bool
stop_soon(void)
{
	return ++asked > 3;
}

static void
test_stops(void)
{
	size_t		n = random_candidates(200, 200, 0.5, 1000);

	mf_interrupted = stop_soon;
	check(assign(200, 200, candidates, n, partner, &mf_memory_malloc) == MF_INTERRUPTED,
		  "an interrupt ends it");
	mf_interrupted = NULL;
	check(assign(0, 0, candidates, 0, partner, &mf_memory_malloc) == MF_DONE, "nothing is paired");
}

int
main(void)
{
	unit_seed();
	test_small();
	test_large();
	test_crowd();
	test_equals();
	test_stops();
	return unit_done();
}
