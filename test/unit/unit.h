/*
 * unit.h - a small harness for tests of the core, in TAP
 *
 * A test program calls check() for each thing it tests, or check_count() at
 * the end of a long random loop, and ends with "return unit_done();".  Random
 * tests begin with unit_seed(), which prints the seed; UNIT_SEED=n in the
 * environment repeats a run.
 */
#ifndef UNIT_H
#define UNIT_H

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int	unit_tests;
static int	unit_failures;
static uint64_t unit_state;

/* ---- results ---- */

__attribute__((format(printf, 2, 3), unused))
static bool
check(bool ok, const char *format, ...)
{
	va_list		args;

	unit_tests++;
	if (!ok)
		unit_failures++;
	printf("%sok %d - ", ok ? "" : "not ", unit_tests);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	return ok;
}

/* One result for a loop of many cases; the first failures are described. */
typedef struct Cases
{
	long		run;
	long		failed;
} Cases;

__attribute__((format(printf, 3, 4), unused))
static void
case_check(Cases *cases, bool ok, const char *format, ...)
{
	va_list		args;

	cases->run++;
	if (ok)
		return;
	if (cases->failed++ < 5)
	{
		printf("# ");
		va_start(args, format);
		vprintf(format, args);
		va_end(args);
		printf("\n");
	}
}

__attribute__((unused))
static void
check_cases(const Cases *cases, const char *what)
{
	check(cases->failed == 0 && cases->run > 0, "%s (%ld cases, %ld wrong)",
		  what, cases->run, cases->failed);
}

__attribute__((unused))
static void
unit_skip(const char *what, const char *why)
{
	unit_tests++;
	printf("ok %d - %s # SKIP %s\n", unit_tests, what, why);
}

__attribute__((unused))
static int
unit_done(void)
{
	printf("1..%d\n", unit_tests);
	return unit_failures == 0 ? 0 : 1;
}

/* ---- random numbers (splitmix64) ---- */

__attribute__((unused))
static void
unit_seed(void)
{
	const char *given = getenv("UNIT_SEED");

	unit_state = given != NULL ? strtoull(given, NULL, 10) : (uint64_t) time(NULL);
	printf("# UNIT_SEED=%" PRIu64 "\n", unit_state);
}

__attribute__((unused))
static uint64_t
random_bits(void)
{
	uint64_t	z = (unit_state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

__attribute__((unused))
static double
random_unit(void)
{
	return (double) (random_bits() >> 11) * 0x1p-53;
}

__attribute__((unused))
static double
random_between(double low, double high)
{
	return low + (high - low) * random_unit();
}

/* 0 .. n-1 */
__attribute__((unused))
static int
random_below(int n)
{
	return (int) (random_bits() % (uint64_t) n);
}

#endif							/* UNIT_H */
