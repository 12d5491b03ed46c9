/*
 * replay.c - runs a fuzz target on given files, for compilers without libFuzzer
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
	{
		FILE	   *f = fopen(argv[i], "rb");
		uint8_t    *data = NULL;
		size_t		size = 0;
		int			c;

		if (f == NULL)
		{
			perror(argv[i]);
			return 1;
		}
		/* Exactly as large as the input, so that a step too far is seen. */
		while ((c = getc(f)) != EOF)
		{
			data = realloc(data, size + 1);
			if (data == NULL)
				return 1;
			data[size++] = (uint8_t) c;
		}
		fclose(f);
		LLVMFuzzerTestOneInput(data, size);
		free(data);
	}
	return 0;
}
