/*
 * Kept rows are used as long as nothing above them is another thing, and give what a run
 * without them gives.
 */
#include "run/pins.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "flow/edit.h"
#include "run/cache.h"
#include "run/head.h"
#include "unit/chain.h"

enum { STEPS = 6, ROWS = 3000, BUDGET = 64 << 20 };

static struct error err;
static char path[] = "/tmp/test_pins_XXXXXX";
static const char *source_option;

static void
write_table(size_t rows)
{
	FILE *out = fopen(path, "w");

	if (!out)
		abort();
	fputs("n,x\n", out);
	for (size_t i = 0; i < rows; i++)
		fprintf(out, "%zu,%zu.5\n", i, i * 7 % 90);
	fclose(out);
}

/* Step 2 learns, step 3 drops rows; step 4 is what the test says. */
static const char *
parameters_of(size_t step, const char *four, struct arena *arena)
{
	switch (step) {
	case 1:
		return chain_types;
	case 2:
		return chain_scale;
	case 3:
		return chain_filter;
	case 4:
		return four;
	default:
		return chain_formula(arena_print(arena, "n * %zu", step), step, arena);
	}
}

static const char sorted[] =
	"\"operator\":\"sagemaker.spark.manage_rows_0.1\",\"parameters\":{\"operator\":"
	"\"Sort\",\"sort_parameters\":{\"sort_by\":\"x\",\"order\":\"Descending\"}}";
static const char by_chance[] =
	"\"operator\":\"sagemaker.spark.custom_pandas_0.1\",\"parameters\":{\"code\":"
	"\"import random\\ndf['r'] = [random.random() for i in range(len(df))]\"}";

static void
open_flow(struct flow *flow, const char *four)
{
	chain_open(flow, STEPS, four, parameters_of);
}

static struct run_options
options_of(struct pins *pins, struct cache *cache)
{
	return (struct run_options){ .sources = { 1, &source_option },
				     .threads = 1,
				     .trust = true,
				     .cache = cache,
				     .pins = pins };
}

static struct head
look(struct flow *flow, const char *node, const struct run_options *options)
{
	struct head head = { 0 };

	CHECK(head_of_node(flow, node, options, ROWS, &head, &err));
	if (!head.rows)
		abort();
	return head;
}

/* How many nodes run for the rows of one, which are those that come without pins. */
static size_t
runs_for(struct flow *flow, const char *node, const struct run_options *options)
{
	const struct run_options without = options_of(NULL, NULL);
	struct head a = look(flow, node, options), b = look(flow, node, &without);
	const size_t n = a.n_run;

	CHECK(head_is_same(&a, &b));
	head_release(&a);
	head_release(&b);
	return n;
}

static bool
holds(struct pins *pins, struct flow *flow, const char *node)
{
	const struct run_options options = options_of(pins, NULL);
	struct pin_facts facts;
	bool found;

	CHECK(pins_find(pins, flow, node, &options, &found, &facts, &err));
	return found;
}

static struct pin_facts
make(struct pins *pins, struct flow *flow, const char *node)
{
	const struct run_options options = options_of(pins, NULL);
	struct pin_facts facts = { 0 };

	CHECK(pins_make(pins, flow, node, &options, &facts, &err));
	return facts;
}

static void
set(struct flow *flow, const char *node, const char *key, const char *value)
{
	const struct json *text = json_new_string(value, &flow->arena);

	CHECK(flow_set_parameter(flow, flow_place(flow, node), key, text, &err));
}

/* What is below runs; what is above does not, until it is another thing. */
static void
test_edits(size_t budget)
{
	struct pins *pins = pins_new(budget, &err);
	struct cache *cache = cache_new(BUDGET, &err);
	const struct run_options options = options_of(pins, NULL);
	const struct run_options cached = options_of(pins, cache);
	struct pin_facts facts;
	struct flow flow = { 0 };

	write_table(ROWS);
	open_flow(&flow, sorted);
	CHECK(runs_for(&flow, "s6", &options) == STEPS + 1);
	CHECK(!holds(pins, &flow, "s4"));
	facts = make(pins, &flow, "s4");
	CHECK(facts.rows == ROWS * 2 / 3 && facts.columns == 3 && facts.is_steady);
	CHECK(facts.is_away == (budget == 0) && facts.bytes > 0);
	CHECK(holds(pins, &flow, "s4"));
	CHECK(runs_for(&flow, "s6", &options) == 2);
	CHECK(runs_for(&flow, "s4", &options) == 0);
	CHECK(runs_for(&flow, "s6", &cached) <= 2);
	set(&flow, "s5", "formula", "n + x");
	CHECK(holds(pins, &flow, "s4") && runs_for(&flow, "s6", &options) == 2);
	CHECK(runs_for(&flow, "s6", &cached) <= 2);
	set(&flow, "s3", "formula", "n % 5 != 1");
	CHECK(!holds(pins, &flow, "s4"));
	CHECK(runs_for(&flow, "s6", &options) == STEPS + 1);
	CHECK(flow_undo(&flow, &err));
	CHECK(holds(pins, &flow, "s4"));
	write_table(ROWS + 1);
	CHECK(!holds(pins, &flow, "s4"));
	make(pins, &flow, "s4");
	CHECK(holds(pins, &flow, "s4") && runs_for(&flow, "s6", &options) == 2);
	pins_drop(pins, "s4");
	CHECK(!holds(pins, &flow, "s4"));
	flow_release(&flow);
	pins_free(pins);
	cache_free(cache);
}

/* Chance: below the pin all see the same rows, and a run of the whole does not. */
static void
test_chance(void)
{
	struct pins *pins = pins_new(BUDGET, &err);
	struct cache *cache = cache_new(BUDGET, &err);
	struct run_options options = options_of(pins, cache);
	struct flow flow = { 0 };
	struct head a, b;

	write_table(ROWS);
	open_flow(&flow, by_chance);
	CHECK(!make(pins, &flow, "s4").is_steady);
	a = look(&flow, "s6", &options);
	b = look(&flow, "s6", &options);
	CHECK(head_is_same(&a, &b) && b.n_run == 0);
	head_release(&b);
	make(pins, &flow, "s4"); /* other rows: none that were made of the old ones */
	b = look(&flow, "s6", &options);
	CHECK(b.n_run == 2);
	head_release(&a);
	head_release(&b);
	options.pins_same = true;
	options.cache = NULL;
	b = look(&flow, "s6", &options);
	CHECK(b.n_run == STEPS + 1);
	head_release(&b);
	flow_release(&flow);
	pins_free(pins);
	cache_free(cache);
}

static size_t
count_run(const struct run_report *report)
{
	size_t n = 0;

	for (size_t i = 0; i < report->n_nodes; i++)
		n += report->nodes[i].ran;
	return n;
}

/* The report has all nodes. What is to be learned is learned by a run that is to be the
 * same; then its rows may be those of the pin. */
static void
test_reports(void)
{
	struct pins *pins = pins_new(BUDGET, &err);
	struct run_options options = options_of(pins, NULL);
	struct run_report report;
	struct flow flow = { 0 }, other = { 0 };

	write_table(ROWS);
	open_flow(&flow, sorted);
	open_flow(&other, sorted);
	make(pins, &other, "s4");
	options.node = "s6";
	options.output = "/dev/null";
	CHECK(run_flow(&flow, &options, &report, &err));
	CHECK(report.pinned.n == 1 && names_has(&report.pinned, "s4"));
	CHECK(report.n_nodes == STEPS + 1 && count_run(&report) == 2);
	for (size_t i = 0; i < report.n_nodes; i++)
		CHECK(report.nodes[i].rows == (i < 3 ? ROWS : ROWS * 2 / 3));
	run_report_release(&report);
	options.pins_same = true;
	CHECK(run_flow(&flow, &options, &report, &err));
	CHECK(report.pinned.n == 0 && count_run(&report) == STEPS + 1);
	CHECK(report.passed_over.n == 1 && names_has(&report.passed_over, "s4"));
	run_report_release(&report);
	CHECK(run_flow(&flow, &options, &report, &err));
	CHECK(report.pinned.n == 1 && count_run(&report) == 2);
	run_report_release(&report);
	flow_release(&flow);
	flow_release(&other);
	pins_free(pins);
}

/* --- nobody wants it any more --- */

/* Cancels with the last word of a run that was heard before; n of them were. */
struct canceller {
	size_t n, at;
	atomic_bool cancel;
};

static void
hear(void *context, const struct run_progress *progress)
{
	struct canceller *canceller = context;

	(void)progress;
	canceller->at++;
	if (canceller->n && canceller->at == canceller->n)
		atomic_store(&canceller->cancel, true);
}

/* Who cancels and then drops the rows finds none afterwards, however late that was. */
static void
test_unwanted(void)
{
	struct pins *pins = pins_new(BUDGET, &err);
	struct canceller canceller = { 0 };
	struct run_options options = options_of(pins, NULL);
	struct pin_facts facts;

	options.progress = hear;
	options.progress_context = &canceller;
	options.cancel = &canceller.cancel;
	for (int round = 0; round < 2; round++) {
		const bool is_wanted = round == 0;
		struct flow flow = { 0 };

		open_flow(&flow, sorted);
		CHECK(pins_make(pins, &flow, "s4", &options, &facts, &err) == is_wanted);
		CHECK(err.cancelled == !is_wanted);
		CHECK(holds(pins, &flow, "s4") == is_wanted && canceller.at);
		pins_drop(pins, NULL);
		canceller.n = canceller.at;
		canceller.at = 0;
		flow_release(&flow);
	}
	pins_free(pins);
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
	test_edits(BUDGET);
	test_edits(0);
	test_chance();
	test_reports();
	test_unwanted();
	unlink(path);
	return check_report();
}
