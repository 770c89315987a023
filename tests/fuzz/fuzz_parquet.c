/* fuzz_parquet - any bytes as a Parquet file: described, read, never believed. */
#include "data/parquet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct parquet file;

	memory_limit((size_t)64 << 20);
	if (parquet_open((struct text){ (const char *)data, size }, &file, &mem, &err))
		for (size_t leaf = 0; leaf < file.n_leaves; leaf++) {
			struct parquet_values values = { 0 };
			bool done = true;

			for (size_t group = 0; group < file.n_groups && done; group++)
				done = parquet_read(&file, group, leaf, &values, &err);
			parquet_release(&values);
		}
	arena_release(&mem);
	return 0;
}
