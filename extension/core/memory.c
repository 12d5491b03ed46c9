/*
 * memory.c - blocks of memory from whoever embeds the core
 */
#include "mf_store.h"

#include <stdlib.h>

static void *
malloc_get(size_t size, void *arg)
{
	(void) arg;
	return malloc(size);
}

static void *
malloc_resize(void *block, size_t size, void *arg)
{
	(void) arg;
	return realloc(block, size);
}

static void
malloc_give(void *block, void *arg)
{
	(void) arg;
	free(block);
}

const MfMemory mf_memory_malloc = {malloc_get, malloc_resize, malloc_give, NULL};

void *
memory_get(const MfMemory *memory, size_t n, size_t size)
{
	if (n == 0)
		n = 1;
	if (n > SIZE_MAX / 2 / size)
		return NULL;
	return memory->get(n * size, memory->arg);
}

bool
memory_grow(const MfMemory *memory, void **block, size_t *room, size_t n, size_t size)
{
	size_t		want = *room < 16 ? 16 : *room;
	void	   *grown;

	if (n <= *room)
		return true;
	while (want < n)
	{
		if (want > SIZE_MAX / 4 / size)
			return false;
		want *= 2;
	}
	grown = *block == NULL ? memory->get(want * size, memory->arg) :
		memory->resize(*block, want * size, memory->arg);
	if (grown == NULL)
		return false;
	*block = grown;
	*room = want;
	return true;
}

void
memory_give(const MfMemory *memory, void *block)
{
	if (block != NULL)
		memory->give(block, memory->arg);
}
