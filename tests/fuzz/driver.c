/*
 * driver - runs a fuzz target without a fuzzer: seeds, cut seeds, damaged seeds.
 *
 * fuzz_X with files: those. Without: every file of tests/fuzz/X, cut off at every
 * place, and FUZZ_ROUNDS (20000) random damages; the same ones each time. It passes
 * by not crashing. To look for more: link the target with clang -fsanitize=fuzzer
 * instead of this file.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SEEDS = 256 };

struct seed {
	uint8_t *data;
	size_t size;
};

/* A copy of exact size, so that a sanitizer sees every step beyond its end. */
static void
try(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		return;
	if (size)
		memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	check_passed++;
	free(copy);
}

static bool
load(const char *path, struct seed *seed)
{
	FILE *file = fopen(path, "rb");
	long size = -1;
	bool done = false;

	if (!file)
		return false;
	if (fseek(file, 0, SEEK_END) == 0)
		size = ftell(file);
	rewind(file);
	seed->data = size < 0 ? NULL : malloc((size_t)size + 1);
	seed->size = size < 0 ? 0 : (size_t)size;
	if (seed->data)
		done = fread(seed->data, 1, seed->size, file) == seed->size;
	fclose(file);
	if (!done)
		free(seed->data);
	return done;
}

static size_t
load_folder(const char *folder, struct seed *seeds)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char path[4096];
	size_t n = 0;

	while (dir && n < SEEDS && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name) <
		    (int)sizeof(path))
			n += load(path, &seeds[n]);
	}
	if (dir)
		closedir(dir);
	return n;
}

static uint32_t
next(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33);
}

/* One to four bytes become others, often ones at the borders of numbers. */
static void
damage(const struct seed *seed, uint64_t *state)
{
	static const uint8_t border[] = { 0, 1, 0x7f, 0x80, 0xff };
	uint8_t *copy = malloc(seed->size + 1);

	if (!copy)
		return;
	memcpy(copy, seed->data, seed->size);
	for (uint32_t n = next(state) % 4 + 1; n > 0 && seed->size; n--) {
		uint32_t kind = next(state) % 8;

		copy[next(state) % seed->size] =
			kind < COUNT(border) ? border[kind] : (uint8_t)next(state);
	}
	try(copy, seed->size);
	free(copy);
}

static void
run_folder(const char *folder)
{
	static struct seed seeds[SEEDS];
	const char *rounds = getenv("FUZZ_ROUNDS");
	long left = rounds ? atol(rounds) : 20000;
	size_t n = load_folder(folder, seeds);
	uint64_t state = 1;

	CHECK(n > 0);
	for (size_t i = 0; i < n; i++) {
		try(seeds[i].data, seeds[i].size);
		for (size_t size = 0; size < seeds[i].size && size < 10000; size++)
			try(seeds[i].data, size);
	}
	for (; n && left > 0; left--)
		damage(&seeds[next(&state) % n], &state);
	for (size_t i = 0; i < n; i++)
		free(seeds[i].data);
}

int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/'), *top = getenv("srcdir");
	char folder[4096];

	name = name ? name + 1 : argv[0];
	name = strncmp(name, "fuzz_", 5) ? name : name + 5;
	snprintf(folder, sizeof(folder), "%s/tests/fuzz/%s", top ? top : ".", name);
	for (int i = 1; i < argc; i++) {
		struct seed seed;

		if (!load(argv[i], &seed)) {
			CHECK(!"a file that can be read");
			continue;
		}
		try(seed.data, seed.size);
		free(seed.data);
	}
	if (argc == 1)
		run_folder(folder);
	return check_report();
}
