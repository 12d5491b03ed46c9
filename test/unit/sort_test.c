/*
 * sort_test.c - sorting that can be interrupted sorts
 */
#include "arrangement.h"

#include "unit.h"

#define MOST	30000

typedef struct Thing
{
	int			key;
	int			value;
	char		rest[9];
} Thing;

static int
compare_things(const void *pa, const void *pb)
{
	const Thing *a = pa;
	const Thing *b = pb;

	return a->key != b->key ? (a->key < b->key ? -1 : 1) : a->value - b->value;
}

static int	questions;
static int	most_questions;

static bool
stop_now(void)
{
	return questions++ >= most_questions;
}

int
main(void)
{
	static Thing things[MOST];
	static Thing wanted[MOST];
	static const size_t sizes[] = {0, 1, 2, 4095, 4096, 4097, 8192, 8193, 12288, 12289, 20481, MOST};
	Cases		sorted = {0, 0};
	Cases		stopped = {0, 0};

	unit_seed();
	for (int round = 0; round < 60; round++)
	{
		size_t		n = round < 12 ? sizes[round] : (size_t) random_below(MOST);
		int			keys = 1 + random_below(round % 2 == 0 ? MOST : 5);

		for (size_t i = 0; i < n; i++)
			things[i] = (Thing) {.key = random_below(keys), .value = (int) i};
		memcpy(wanted, things, sizeof(things));
		qsort(wanted, n, sizeof(Thing), compare_things);
		most_questions = random_below(20);
		questions = 0;
		mf_interrupted = stop_now;
		case_check(&stopped, (array_sort(&mf_memory_malloc, things, n, sizeof(Thing), compare_things) ==
							  MF_INTERRUPTED) == (questions > most_questions), "%zu things", n);
		mf_interrupted = NULL;
		memcpy(things, wanted, sizeof(things));
		for (size_t i = n; i > 1; i--)
		{
			size_t		j = (size_t) random_below((int) i);
			Thing		thing = things[i - 1];

			things[i - 1] = things[j];
			things[j] = thing;
		}
		case_check(&sorted, array_sort(&mf_memory_malloc, things, n, sizeof(Thing), compare_things) == MF_DONE &&
				   memcmp(things, wanted, n * sizeof(Thing)) == 0, "%zu things", n);
	}
	check_cases(&sorted, "as qsort() does");
	check_cases(&stopped, "and stops when asked to");
	return unit_done();
}
