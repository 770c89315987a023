/*
 * A sheet has the rows that a run gives, whichever way they come: from a file, from
 * steps, in order; it never makes its caller wait, and tells what fails.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "flow/quick.h"
#include "run/head.h"
#include "work/job.h"
#include "work/sheet.h"

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
	const struct quick quick = { scratch, "csv", DIALECT_PRESET };
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

	for (int ms = 0; state->is_busy && ms < PATIENCE; ms += 20) {
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

	for (int ms = 0; ms < PATIENCE; ms += 20) {
		*n = wanted;
		batch = sheet_rows(sheet, first, n, at);
		if (batch && *n == wanted)
			return batch;
		wait_for_news();
	}
	CHECK(!"the rows come");
	return NULL;
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
	CHECK(!state->has_failed && state->is_whole && !state->is_sample);
	CHECK(state->rows == all.rows->rows && schema_equal(&state->schema, &all.schema));
	for (int i = 0; i < 30; i++) {
		const size_t n = 1 + (size_t)random_below(&seed, 100);

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

static void
closes_at_any_time(void)
{
	struct flow flow;
	const size_t typed = open_flow(&flow);

	for (int i = 0; i < 30; i++) {
		struct sheet *sheet = open_sheet(&flow, typed, (struct sheet_order){ 0 });

		usleep((useconds_t)(i * 300));
		sheet_close(sheet);
	}
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
	for (int ms = 0; ms < PATIENCE && !state->has_failed; ms += 20) {
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
	closes_at_any_time();
	tells_errors();
	file_shrinks();
	job_settle();
	wake_release(&wake);
	unlink(scratch);
	return check_report();
}
