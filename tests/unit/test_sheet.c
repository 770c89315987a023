/*
 * A sheet has the rows that a run gives, whichever way they come: from a file, from
 * steps, in order; it never makes its caller wait, and tells what fails.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "desk/job.h"
#include "desk/sheet.h"
#include "desk/step.h"
#include "flow/quick.h"
#include "run/head.h"

enum { ROWS = 30000, PATIENCE = 20000 /* milliseconds */ };

static char scratch[64];
static struct error err;
static struct wake wake;

static void
write_table(int rows)
{
	FILE *file = fopen(scratch, "w");

	if (!file)
		abort();
	fprintf(file, "id,city,price,when\n");
	for (int i = 0; i < rows; i++)
		fprintf(file, "%d,%s,%s,%s\n", i,
			i % 3 ? "Ulm" : "\"Bad\nHomburg, \"\"v.d.H.\"\"\"",
			i % 5 ? "1.25" : "", i % 7 ? "7/1/2015" : "");
	fclose(file);
}

static size_t
open_flow(struct flow *flow)
{
	const struct quick quick = { .path = scratch,
				     .format = "csv",
				     .dialect = DIALECT_PRESET };
	size_t typed = 0;

	CHECK(flow_quick(flow, &quick, &typed, &err));
	return typed;
}

static struct sheet *
open_sheet(const struct flow *flow, size_t place, struct sheet_order order)
{
	static const struct run_options options = { .chunk_bytes = 20000 };
	const struct sheet_spec spec = { flow, flow->nodes[place].id, &options, order,
					 &wake };
	struct sheet *sheet;

	CHECK(sheet_open(&spec, &sheet, &err));
	return sheet;
}

/* Milliseconds. */
static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* News, or a moment has passed. */
static void
wait_for_news(void)
{
	struct pollfd poll_fd = { .fd = wake.fd, .events = POLLIN };

	poll(&poll_fd, 1, 20);
	wake_clear(&wake);
}

/* Until nothing more will come. */
static const struct sheet_state *
wait_until_calm(struct sheet *sheet)
{
	const struct sheet_state *state = sheet_state(sheet);

	for (int64_t end = now() + PATIENCE; state->is_busy && now() < end;) {
		wait_for_news();
		state = sheet_state(sheet);
	}
	CHECK(!state->is_busy);
	return state;
}

/* Asked for until it is there. */
static const struct batch *
rows_at(struct sheet *sheet, uint64_t first, size_t *n, size_t *at)
{
	const size_t wanted = *n;
	const struct batch *batch = NULL;

	for (int64_t end = now() + PATIENCE; now() < end;) {
		*n = wanted;
		batch = sheet_rows(sheet, first, n, at);
		if (batch && *n == wanted)
			return batch;
		wait_for_news();
	}
	CHECK(!"the rows come");
	return NULL;
}

/* Those of an old order go when the first new ones come, if they are not here. */
static void
wait_for_new_rows(struct sheet *sheet)
{
	const unsigned generation = sheet_state(sheet)->generation;
	size_t n = 1, at;

	sheet_rows(sheet, 0, &n, &at);
	for (int64_t end = now() + 400;
	     sheet_state(sheet)->generation == generation && now() < end;)
		wait_for_news();
	n = 1;
	sheet_rows(sheet, 0, &n, &at);
}

static void
compare(struct sheet *sheet, const struct head *all, uint64_t first, size_t n)
{
	size_t at = 0, got = n;
	const struct batch *batch = rows_at(sheet, first, &got, &at);
	struct batch *mine, *theirs;

	if (!batch)
		return;
	mine = batch_slice(batch, at, n, &err);
	theirs = batch_slice(all->rows, (size_t)first, n, &err);
	CHECK(mine && theirs);
	for (size_t i = 0; mine && theirs && i < all->schema.n; i++)
		CHECK(column_equal(mine->at[i], theirs->at[i]));
	batch_free(mine);
	batch_free(theirs);
}

/* What a sheet shows is what a run gives. */
static void
same_as_run(struct flow *flow, size_t place, struct sheet *sheet)
{
	const struct run_options options = { .threads = 1 };
	struct head all;
	const struct sheet_state *state;
	uint64_t seed = 1;

	CHECK(head_of_node(flow, flow->nodes[place].id, &options, SIZE_MAX, &all, &err));
	state = wait_until_calm(sheet);
	wait_for_new_rows(sheet);
	CHECK(!state->has_failed && state->is_whole && !state->is_sample);
	CHECK(state->rows == all.rows->rows && schema_equal(&state->schema, &all.schema));
	for (int i = 0; i < 30; i++) {
		const uint64_t most = state->rows < 100 ? state->rows : 100;
		const size_t n = 1 + (size_t)random_below(&seed, most);

		compare(sheet, &all, random_below(&seed, state->rows - n + 1), n);
	}
	compare(sheet, &all, 0, 1);
	compare(sheet, &all, state->rows - 1, 1);
	head_release(&all);
}

static void
of_a_file(void)
{
	struct flow flow;
	const size_t typed = open_flow(&flow);

	for (size_t place = 0; place < flow.n; place++) {
		struct sheet *sheet = open_sheet(&flow, place, (struct sheet_order){ 0 });
		const struct profile *profile;

		same_as_run(&flow, place, sheet);
		profile = sheet_profile(sheet);
		CHECK(profile && profile->is_whole && profile->rows == ROWS);
		CHECK(profile && profile->n == 4);
		CHECK(profile && profile->columns[0].found.type ==
					 (place == typed ? TYPE_LONG : TYPE_STRING));
		sheet_close(sheet);
	}
	flow_release(&flow);
}

/* A step behind the last place, by its word and settings; its place. */
static size_t
add_step(struct flow *flow, size_t behind, const char *word, const char *const *settings)
{
	const struct op *op = op_find(word);
	struct arena mem = { 0 };
	size_t place = FLOW_NONE;
	void *fields;

	CHECK(step_fields(op, &fields, &mem, &err));
	for (; *settings; settings++)
		CHECK(param_set(op->params, fields, *settings, &mem, &err));
	CHECK(step_add(flow, op, fields, behind, FLOW_NONE, &place, &err));
	arena_release(&mem);
	return place;
}

#define STEP(flow, behind, word, ...) \
	add_step(flow, behind, word, (const char *const[]){ __VA_ARGS__, NULL })

/* Of all rows; the first column counts up. */
static void
check_profile(struct sheet *sheet, uint64_t rows, int64_t last)
{
	const struct profile *profile = sheet_profile(sheet);

	CHECK(profile && profile->is_whole && profile->rows == rows && profile->n == 4);
	if (!profile)
		return;
	CHECK(profile->columns[0].found.type == TYPE_LONG);
	CHECK(profile->columns[0].found.min.whole == 0);
	CHECK(profile->columns[0].found.max.whole == last);
	CHECK(profile->columns[0].found.distinct == rows);
	CHECK(profile->columns[3].found.type == TYPE_DATETIME);
}

static void
of_steps(void)
{
	struct flow flow;
	const size_t typed = open_flow(&flow);
	const size_t place = STEP(&flow, typed, "filter_formula", "formula=id % 2 = 0");
	struct sheet *sheet = open_sheet(&flow, place, (struct sheet_order){ 0 });

	same_as_run(&flow, place, sheet);
	check_profile(sheet, ROWS / 2, ROWS - 2);
	sheet_close(sheet);
	flow_release(&flow);
}

/* Fewer rows than the first ones that are asked for. */
static void
of_few_rows(void)
{
	struct flow flow;
	const size_t typed = open_flow(&flow);
	const size_t place = STEP(&flow, typed, "filter_formula", "formula=id < 3");
	struct sheet *sheet = open_sheet(&flow, place, (struct sheet_order){ 0 });

	same_as_run(&flow, place, sheet);
	CHECK(sheet_state(sheet)->rows == 3);
	check_profile(sheet, 3, 2);
	sheet_close(sheet);
	flow_release(&flow);
}

/* As a step that sorts would have them; back again, as they were. */
static void
in_order(void)
{
	static const struct sheet_order order = { "price", true }, none = { 0 };
	struct flow flow;
	size_t places[2], sorted;

	places[0] = open_flow(&flow);
	places[1] = STEP(&flow, places[0], "filter_formula", "formula=id % 2 = 0");
	for (size_t i = 0; i < COUNT(places); i++) {
		struct sheet *sheet = open_sheet(&flow, places[i], order);

		sorted = STEP(&flow, places[i], "sort_rows", "sort_by=price",
			      "order=Descending");
		same_as_run(&flow, sorted, sheet);
		CHECK(sheet_state(sheet)->is_ordered);
		CHECK(flow_delete(&flow, sorted, false, &err));
		CHECK(sheet_reorder(sheet, &none, &err));
		same_as_run(&flow, places[i], sheet);
		CHECK(sheet_reorder(sheet, &order, &err));
		CHECK(!sheet_state(sheet)->is_ordered && sheet_state(sheet)->is_busy);
		CHECK(sheet_reorder(sheet, &none, &err));
		same_as_run(&flow, places[i], sheet);
		sheet_close(sheet);
	}
	flow_release(&flow);
}

/* An order that cannot be is an error until another one is asked for. */
static void
in_no_order(void)
{
	static const struct sheet_order order = { "nothing", false }, none = { 0 };
	struct flow flow;
	const size_t typed = open_flow(&flow);
	struct sheet *sheet = open_sheet(&flow, typed, order);
	const struct sheet_state *state = wait_until_calm(sheet);

	CHECK(state->has_failed && strstr(state->err.text, "nothing"));
	CHECK(state->rows == ROWS && !state->is_ordered);
	CHECK(sheet_reorder(sheet, &none, &err));
	same_as_run(&flow, typed, sheet);
	sheet_close(sheet);
	flow_release(&flow);
}

static void
check_find(struct sheet *sheet, const char *text, int column, uint64_t from,
	   bool backwards, enum sheet_answer wanted, uint64_t row, int at)
{
	enum sheet_answer answer = SHEET_LOOKING;
	uint64_t found_row;
	int found_column;

	sheet_find(sheet, text, column, from, backwards);
	for (int64_t end = now() + PATIENCE; answer == SHEET_LOOKING && now() < end;) {
		wait_for_news();
		answer = sheet_found(sheet, &found_row, &found_column);
	}
	CHECK(answer == wanted);
	if (wanted == SHEET_FOUND)
		CHECK(found_row == row && found_column == at);
}

static void
finds(void)
{
	struct flow flow;
	const size_t typed = open_flow(&flow);
	struct sheet *sheet = open_sheet(&flow, typed, (struct sheet_order){ 0 });

	wait_until_calm(sheet);
	check_find(sheet, "homburg", -1, 1, false, SHEET_FOUND, 3, 1);
	check_find(sheet, "Homburg", -1, 3, false, SHEET_FOUND, 3, 1);
	check_find(sheet, "HOMBURG", -1, 0, false, SHEET_NOT_FOUND, 0, 0);
	check_find(sheet, "homburg", 0, 0, false, SHEET_NOT_FOUND, 0, 0);
	check_find(sheet, "ulm", 1, ROWS - 1, true, SHEET_FOUND, ROWS - 1, 1);
	check_find(sheet, "bad\nh", -1, ROWS - 1, true, SHEET_FOUND, ROWS - 3, 1);
	check_find(sheet, "29876", -1, 0, false, SHEET_FOUND, 29876, 0);
	check_find(sheet, "29876", -1, 29877, false, SHEET_NOT_FOUND, 0, 0);
	check_find(sheet, "29876", -1, 29875, true, SHEET_NOT_FOUND, 0, 0);
	check_find(sheet, "2015-07-01", -1, 7, false, SHEET_FOUND, 8, 3);
	check_find(sheet, "1.25", 2, 0, true, SHEET_NOT_FOUND, 0, 0);
	check_find(sheet, "1.25", 2, 1, true, SHEET_FOUND, 1, 2);
	sheet_close(sheet);
	flow_release(&flow);
}

static void
closes_at_any_time(void)
{
	struct flow flow;
	const size_t typed = open_flow(&flow);

	const size_t place = STEP(&flow, typed, "filter_formula", "formula=id % 2 = 0");

	for (int i = 0; i < 60; i++) {
		const struct sheet_order order = { i % 3 ? "price" : NULL, false };
		struct sheet *sheet = open_sheet(&flow, i % 2 ? typed : place, order);

		if (i % 5 == 0)
			sheet_find(sheet, "nowhere", -1, 0, false);
		usleep((useconds_t)(i * 300));
		if (i % 7 == 0)
			sheet_cancel(sheet);
		sheet_close(sheet);
	}
	flow_release(&flow);
}

/* What is there stays; nothing more comes. */
static void
stops(void)
{
	struct flow flow;
	const size_t typed = open_flow(&flow);
	struct sheet *sheet = open_sheet(&flow, typed, (struct sheet_order){ 0 });
	const struct sheet_state *state;

	sheet_cancel(sheet);
	state = wait_until_calm(sheet);
	CHECK(!state->has_failed && state->rows <= ROWS);
	sheet_close(sheet);
	flow_release(&flow);
}

static void
tells_errors(void)
{
	struct flow flow;
	const size_t typed = open_flow(&flow);
	struct sheet *sheet;
	const struct sheet_state *state;

	CHECK(rename(scratch, "/tmp/sheet_gone.csv") == 0);
	sheet = open_sheet(&flow, typed, (struct sheet_order){ 0 });
	state = wait_until_calm(sheet);
	CHECK(state->has_failed && strstr(state->err.text, "No such file"));
	sheet_close(sheet);
	CHECK(rename("/tmp/sheet_gone.csv", scratch) == 0);
	flow_release(&flow);
}

/* No room for all rows: the first ones are a sample, the figures are those of all. */
static void
without_room(void)
{
	const struct run_options options = { .temp_dir = "/nowhere" };
	struct flow flow;
	const size_t typed = open_flow(&flow);
	const size_t place = STEP(&flow, typed, "filter_formula", "formula=id % 2 = 0");
	const struct sheet_spec spec = {
		&flow, flow.nodes[place].id, &options, { 0 }, &wake
	};
	const struct sheet_state *state;
	struct sheet *sheet;

	memory_pinch(true);
	CHECK(sheet_open(&spec, &sheet, &err));
	state = wait_until_calm(sheet);
	CHECK(!state->has_failed && state->is_sample && !state->is_whole);
	CHECK(state->rows == 5000 && state->warnings.n == 1 &&
	      strstr(state->warnings.at[0], "only the first 5000 rows are kept"));
	check_profile(sheet, ROWS / 2, ROWS - 2);
	sheet_close(sheet);
	job_settle();
	memory_pinch(false);
	flow_release(&flow);
}

static void
tells_of_steps(void)
{
	struct flow flow;
	const size_t typed = open_flow(&flow);
	const size_t place = STEP(&flow, typed, "drop_column", "column_to_drop=nothing");
	struct sheet *sheet = open_sheet(&flow, place, (struct sheet_order){ 0 });
	const struct sheet_state *state = wait_until_calm(sheet);

	CHECK(state->has_failed && strstr(state->err.text, "nothing"));
	sheet_close(sheet);
	flow_release(&flow);
}

/* Rows that came before stay. */
static void
file_shrinks(void)
{
	struct flow flow;
	const size_t typed = open_flow(&flow);
	struct sheet *sheet = open_sheet(&flow, typed, (struct sheet_order){ 0 });
	const struct sheet_state *state = wait_until_calm(sheet);
	size_t n = 10, at = 0;

	CHECK(state->rows == ROWS && rows_at(sheet, 0, &n, &at));
	CHECK(truncate(scratch, 5000) == 0);
	for (int64_t end = now() + PATIENCE; !state->has_failed && now() < end;) {
		n = 10;
		CHECK(!sheet_rows(sheet, ROWS - 10, &n, &at));
		wait_for_news();
		state = sheet_state(sheet);
	}
	CHECK(strstr(state->err.text, "was changed while it was read"));
	n = 10;
	CHECK(sheet_rows(sheet, 0, &n, &at) && n == 10);
	sheet_close(sheet);
	flow_release(&flow);
}

int
main(void)
{
	int fd;

	strcpy(scratch, "/tmp/sheet_XXXXXX.csv");
	fd = mkstemps(scratch, 4);
	CHECK(fd >= 0 && close(fd) == 0 && wake_init(&wake, &err));
	write_table(ROWS);
	of_a_file();
	of_steps();
	of_few_rows();
	in_order();
	in_no_order();
	finds();
	stops();
	tells_of_steps();
	without_room();
	closes_at_any_time();
	tells_errors();
	file_shrinks();
	job_settle();
	wake_release(&wake);
	unlink(scratch);
	return check_report();
}
