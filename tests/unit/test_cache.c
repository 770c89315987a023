/*
 * What is looked at again is found; what is edited runs from there on, and gives what a
 * run without a cache gives.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "data/cast.h"
#include "flow/edit.h"
#include "run/cache.h"
#include "run/head.h"
#include "unit/chain.h"

enum { STEPS = 12, ROWS = 20, BUDGET = 64 << 20 };

static struct error err;
static char path[] = "/tmp/test_cache_XXXXXX";
static const char *source_option;

/* Numbers that count up, and texts that come again. */
static void
write_table(size_t rows)
{
	static const char *const words[] = { "oak", "Elm ", "ash", "fir" };
	FILE *out = fopen(path, "w");

	if (!out)
		abort();
	fputs("n,word,x\n", out);
	for (size_t i = 0; i < rows; i++)
		fprintf(out, "%zu,%s,%zu.5\n", i, words[i * i % 7 % 4], i % 90);
	fclose(out);
}

/* Step 9 is settings of its own; from step 5 on they stand behind one that learns. */
static const char *
parameters_of(size_t step, const char *nine, struct arena *arena)
{
	switch (step) {
	case 1:
		return chain_types;
	case 2:
		return "\"operator\":\"sagemaker.spark.format_string_0.1\","
		       "\"parameters\":{"
		       "\"operator\":\"Strip left and right\","
		       "\"strip_left_and_right_parameters\":{\"input_column\":\"word\"}}";
	case 4:
		return chain_scale;
	case 6:
		return chain_filter;
	default:
		return chain_formula(step == 9 ? nine : "n * 2 + 1", step, arena);
	}
}

static void
open_flow(struct flow *flow, const char *nine)
{
	chain_open(flow, STEPS, nine, parameters_of);
}

static struct run_options
options_of(struct cache *cache)
{
	return (struct run_options){ .sources = { 1, &source_option },
				     .threads = 1,
				     .cache = cache };
}

/* The first rows of a node with the cache, which must be those without; how many nodes
 * ran for them. */
static size_t
look(struct flow *flow, const char *node, size_t rows, struct cache *cache)
{
	const struct run_options with = options_of(cache), without = options_of(NULL);
	struct head a = { 0 }, b = { 0 };
	size_t n;

	CHECK(head_of_node(flow, node, &with, rows, &a, &err));
	CHECK(head_of_node(flow, node, &without, rows, &b, &err));
	if (!a.rows || !b.rows)
		abort();
	CHECK(head_is_same(&a, &b) && a.rows->rows <= rows);
	n = a.n_run;
	head_release(&a);
	head_release(&b);
	return n;
}

static void
set_nine(struct flow *flow, const char *formula)
{
	const struct json *text = json_new_string(formula, &flow->arena);

	CHECK(flow_set_parameter(flow, flow_place(flow, "s9"), "formula", text, &err));
}

/* Twelve steps over more rows than anybody asks for. */
static void
steps(size_t rows)
{
	struct cache *cache = cache_new(BUDGET, &err);
	struct flow flow = { 0 }, other = { 0 };

	write_table(rows);
	open_flow(&flow, "n + 1");
	CHECK(look(&flow, "s12", ROWS, cache) == STEPS + 1); /* all of it: it learns */
	CHECK(look(&flow, "s12", ROWS, cache) == 0);
	CHECK(look(&flow, "s12", ROWS / 2, cache) == 0);
	CHECK(look(&flow, "s8", ROWS, cache) > 0);
	CHECK(look(&flow, "s8", ROWS, cache) == 0);
	set_nine(&flow, "n + 2");
	CHECK(look(&flow, "s12", ROWS, cache) == 4); /* 9 to 12 */
	CHECK(look(&flow, "s11", ROWS, cache) == 0);
	set_nine(&flow, "n + 3");
	CHECK(look(&flow, "s10", ROWS, cache) == 2);
	CHECK(look(&flow, "s12", ROWS, cache) == 2);
	CHECK(flow_undo(&flow, &err));
	CHECK(look(&flow, "s12", ROWS, cache) == 0);

	/* another flow, made of the same */
	open_flow(&other, "n + 2");
	CHECK(look(&other, "s3", ROWS, cache) > 0); /* it has not learned yet */
	CHECK(look(&other, "s3", ROWS, cache) == 0);
	flow_release(&other);

	/* another file */
	write_table(rows + 1);
	CHECK(look(&flow, "s12", ROWS, cache) > 0);
	flow_release(&flow);
	cache_free(cache);
}

static struct kept
table_of(size_t rows, struct arena *arena)
{
	struct kept kept = { .rows = batch_new(1, rows, &err) };

	if (!kept.rows)
		abort();
	schema_add(&kept.schema, "x", TYPE_LONG, arena);
	batch_take(kept.rows, 0, column_new(TYPE_LONG, rows, &err));
	return kept;
}

static bool
has(struct cache *cache, const char *key, size_t rows, struct arena *arena)
{
	struct kept kept = { 0 };
	bool found;

	CHECK(cache_find(cache, key, rows, &kept, &found, arena, &err));
	batch_free(kept.rows);
	return found;
}

/* What was used last stays; what is too large never comes in. */
static void
budget(void)
{
	struct arena mem = { 0 };
	struct kept small = table_of(1000, &mem), large = table_of(10000, &mem);
	struct cache *cache = cache_new(30000, &err);
	const size_t before = memory_used();

	cache_put(cache, "a", &small);
	cache_put(cache, "b", &small);
	cache_put(cache, "c", &small);
	CHECK(has(cache, "a", 1000, &mem) && !has(cache, "a", 1001, &mem));
	cache_put(cache, "d", &small);
	CHECK(has(cache, "a", 1, &mem) && !has(cache, "b", 1, &mem) &&
	      has(cache, "c", 1, &mem) && has(cache, "d", 1, &mem));
	cache_put(cache, "e", &large);
	CHECK(!has(cache, "e", 1, &mem) && has(cache, "a", 1, &mem));
	small.complete = true;
	cache_put(cache, "a", &small);
	CHECK(has(cache, "a", 1001, &mem));
	CHECK(cache_bytes(cache) <= 30000 && memory_used() == before);
	cache_clear(cache);
	CHECK(cache_bytes(cache) == 0 && !has(cache, "a", 1, &mem));
	cache_free(cache);
	batch_free(small.rows);
	batch_free(large.rows);
	arena_release(&mem);
}

static void *
use(void *context)
{
	struct cache *cache = context;
	struct arena mem = { 0 };
	struct kept kept = table_of(100, &mem);
	char key[8];

	for (int i = 0; i < 2000; i++) {
		struct kept out = { 0 };
		struct error mine;
		bool found;

		snprintf(key, sizeof(key), "%d", i % 50);
		if (i % 3 == 0)
			cache_put(cache, key, &kept);
		if (cache_find(cache, key, 10, &out, &found, &mem, &mine) && found)
			batch_free(out.rows);
	}
	batch_free(kept.rows);
	arena_release(&mem);
	return NULL;
}

static void
threads(void)
{
	struct cache *cache = cache_new(20000, &err);
	pthread_t thread[3];

	for (size_t i = 0; i < COUNT(thread); i++)
		if (pthread_create(&thread[i], NULL, use, cache))
			abort();
	for (size_t i = 0; i < COUNT(thread); i++)
		pthread_join(thread[i], NULL);
	CHECK(cache_bytes(cache) <= 20000);
	cache_free(cache);
}

int
main(void)
{
	char option[64];
	const int file = mkstemp(path);

	if (file < 0)
		abort();
	close(file);
	snprintf(option, sizeof(option), "in=%s", path);
	source_option = option;
	steps(50000);
	steps(300); /* all of it is kept */
	budget();
	threads();
	unlink(path);
	return check_report();
}
