/*
 * sort.c - sorting that can be interrupted
 */
#include "arrangement.h"

#include <stdlib.h>
#include <string.h>

/* Sorted in one go; as many are merged between two looks at interrupts. */
#define BLOCK	4096

static bool
interrupted(void)
{
	return mf_interrupted != NULL && mf_interrupted();
}

/* Two sorted runs, from .. middle - 1 and middle .. end - 1, into one. */
static bool
merge(char *to, const char *from, size_t middle, size_t end, size_t size,
	  int (*compare) (const void *, const void *))
{
	size_t		i = 0,
				j = middle;

	for (size_t k = 0; k < end; k++)
	{
		bool		first = j >= end || (i < middle &&
										 compare(from + i * size, from + j * size) <= 0);

		if (k % BLOCK == BLOCK - 1 && interrupted())
			return false;
		memcpy(to + k * size, from + (first ? i++ : j++) * size, size);
	}
	return true;
}

static MfStatus
merge_all(char *array, char *other, size_t n, size_t size,
		  int (*compare) (const void *, const void *))
{
	char	   *from = array;
	char	   *to = other;

	for (size_t width = BLOCK; width < n; width *= 2)
	{
		char	   *sorted = to;

		for (size_t i = 0; i < n; i += 2 * width)
		{
			size_t		left = n - i;

			if (!merge(to + i * size, from + i * size, left < width ? left : width,
					   left < 2 * width ? left : 2 * width, size, compare))
				return MF_INTERRUPTED;
		}
		to = from;
		from = sorted;
	}
	if (from != array)
		memcpy(array, from, n * size);
	return MF_DONE;
}

MfStatus
array_sort(const MfMemory *memory, void *array, size_t n, size_t size,
		   int (*compare) (const void *, const void *))
{
	char	   *other;
	MfStatus	status;

	for (size_t i = 0; i < n; i += BLOCK)
	{
		qsort((char *) array + i * size, n - i < BLOCK ? n - i : BLOCK, size, compare);
		if (n > BLOCK && interrupted())
			return MF_INTERRUPTED;
	}
	if (n <= BLOCK)
		return MF_DONE;
	other = memory_get(memory, n, size);
	if (other == NULL)
		return MF_NO_MEMORY;
	status = merge_all(array, other, n, size, compare);
	memory_give(memory, other);
	return status;
}
