/*
 * test_values - all values of a column, counted behind the caller's back, against those
 * that were written.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "desk/job.h"
#include "desk/values.h"
#include "flow/quick.h"

enum { ROWS = 20000, KINDS = 300, PATIENCE = 1000 };

static char scratch[] = "/tmp/test-values-XXXXXX";
static struct error err;
static struct wake wake;
static struct flow flow;
static size_t typed;

static void
write_table(void)
{
	const int fd = mkstemp(scratch);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (!file)
		abort();
	fprintf(file, "word,number\n");
	for (int i = 0; i < ROWS; i++)
		if (i % 10 == 0)
			fprintf(file, "  ,\n");
		else
			fprintf(file, "w%d,%d.5\n", i % KINDS, i % 7);
	fclose(file);
}

static struct values *
start(const char *column)
{
	static const struct run_options options = { 0 };
	const struct values_spec spec = { &flow, flow.nodes[typed].id, &options, column,
					  &wake };
	struct values *values;

	CHECK(values_start(&spec, &values, &err));
	return values;
}

/* Until there is no more to come; the reason, if it failed. */
static const struct error *
wait_for(struct values *values)
{
	const struct error *failed;

	for (int i = 0; values_are_busy(values, &failed) && i < PATIENCE; i++) {
		struct pollfd fd = { .fd = wake.fd, .events = POLLIN };

		poll(&fd, 1, 20);
		wake_clear(&wake);
	}
	CHECK(!values_are_busy(values, &failed));
	return failed;
}

static uint64_t
count_of(const struct value_counts *counts, const char *value)
{
	for (size_t i = 0; i < counts->n; i++)
		if (text_is(counts->at[i].text, value))
			return counts->at[i].count;
	return 0;
}

static void
check_words(void)
{
	struct values *values = start("word");
	const struct value_counts *counts;
	uint64_t expected[KINDS] = { 0 };
	char name[16];

	CHECK(!wait_for(values));
	counts = values_counts(values);
	CHECK(counts && counts->is_whole && !counts->is_cut);
	CHECK(counts->rows == ROWS && counts->missing == ROWS / 10);
	for (int i = 0; i < ROWS; i++)
		expected[i % KINDS] += i % 10 != 0;
	CHECK(counts->n == KINDS - KINDS / 10);
	for (int i = 0; i < KINDS; i++) {
		snprintf(name, sizeof name, "w%d", i);
		CHECK(count_of(counts, name) == expected[i]);
	}
	for (size_t i = 1; i < counts->n; i++)
		CHECK(counts->at[i - 1].count >= counts->at[i].count);
	values_stop(values);
}

static void
check_numbers(void)
{
	struct values *values = start("number");
	const struct value_counts *counts;

	CHECK(!wait_for(values));
	counts = values_counts(values);
	CHECK(counts && counts->type == TYPE_FLOAT && counts->n == 7);
	CHECK(counts->missing == ROWS / 10 && count_of(counts, "3.5") > 0);
	values_stop(values);
}

static void
check_failure(void)
{
	struct values *values = start("nothing");
	const struct error *failed = wait_for(values);

	CHECK(failed && strstr(failed->text, "nothing"));
	CHECK(!values_counts(values));
	values_stop(values);
	values_stop(start("word")); /* not waited for */
}

int
main(void)
{
	struct quick quick = { .path = scratch,
			       .format = "csv",
			       .dialect = DIALECT_PRESET };

	write_table();
	CHECK(wake_init(&wake, &err));
	CHECK(flow_quick(&flow, &quick, &typed, &err));
	check_words();
	check_numbers();
	check_failure();
	job_settle();
	flow_release(&flow);
	wake_release(&wake);
	unlink(scratch);
	return check_report();
}
