/* How steps stand: rows and columns, what is wrong and who waits for it, what is old. */
#include "desk/states.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "desk/job.h"
#include "flow/quick.h"
#include "unit/work_step.h"

static struct error err;
static struct arena mem;
static struct wake wake;
static struct states *states;
static struct work work;
static char folder[] = "/tmp/lariat-states-XXXXXX";

static const char sample[] = "id,name,x\n"
			     "1,ann,1.5\n"
			     "2,bob,\n"
			     "3,cid,2.5\n"
			     "3,cid,2.5\n";

/* A table, and the step that finds its types, which is the current one. */
static void
open_sample(void)
{
	struct quick quick = { .path = arena_print(&mem, "%s/sample.csv", folder),
			       .format = "csv" };
	FILE *file = fopen(quick.path, "w");
	size_t typed = 0;

	CHECK(file && fputs(sample, file) >= 0 && fclose(file) == 0);
	strcpy(quick.dialect.delimiter, ",");
	quick.dialect.header = true;
	quick.dialect.encoding = "utf-8";
	work = (struct work){ .is_open = true, .version = work.version + 1 };
	CHECK(flow_quick(&work.flow, &quick, &typed, &err));
	work_go(&work, typed);
}

static void
close_sample(void)
{
	flow_release(&work.flow);
	arena_release(&work.arena);
}

static void
step(const char *word, const char *const *settings)
{
	(void)work_step(&work, word, settings, &mem);
}

static void
settle(void)
{
	while (states_follow(states, &work), states_are_busy(states)) {
		struct pollfd poll_for = { .fd = wake.fd, .events = POLLIN };

		poll(&poll_for, 1, 10);
		wake_clear(&wake);
	}
}

static const struct step_standing *
standing(size_t place)
{
	return &states_all(states)[place];
}

static bool
is_size(size_t place, uint64_t rows, size_t columns)
{
	const struct step_standing *at = standing(place);

	return at->has_rows && at->has_columns && at->rows == rows &&
	       at->columns == columns && !at->is_sample && !at->is_old;
}

static void
test_sizes(void)
{
	size_t last;

	open_sample();
	step("drop_duplicates", (const char *const[]){ NULL });
	step("duplicate_column",
	     (const char *const[]){ "input_column=x", "new_name=y", NULL });
	last = work_place(&work);
	states_follow(states, &work);
	CHECK(standing(last)->state == STEP_UNKNOWN && !standing(last)->has_rows);
	settle();
	for (size_t i = 0; i < work.flow.n; i++)
		CHECK(standing(i)->state == STEP_FINE);
	CHECK(is_size(0, 4, 3));
	CHECK(is_size(work.flow.nodes[last].inputs[0].from, 3, 3));
	CHECK(is_size(last, 3, 4));
	CHECK(standing(0)->file && strstr(standing(0)->file, "sample.csv"));
	close_sample();
}

/* What a change did not touch keeps its numbers, what it did shows old ones. */
static void
test_change(void)
{
	size_t first, last;

	open_sample();
	step("drop_duplicates", (const char *const[]){ NULL });
	first = work_place(&work);
	step("drop_missing", (const char *const[]){ "input_column=x", NULL });
	last = work_place(&work);
	settle();
	CHECK(is_size(first, 3, 3) && is_size(last, 2, 3));
	CHECK(flow_switch(&work.flow, first, true, &err));
	work.version++;
	CHECK(states_follow(states, &work));
	CHECK(standing(0)->state == STEP_FINE && is_size(0, 4, 3));
	CHECK(standing(first)->state == STEP_STALE && standing(first)->is_old);
	CHECK(standing(last)->state == STEP_STALE && standing(last)->rows == 2);
	settle();
	CHECK(standing(first)->state == STEP_OFF && is_size(first, 4, 3));
	CHECK(standing(last)->state == STEP_FINE && is_size(last, 3, 3));
	/* a name changes nothing */
	CHECK(flow_rename(&work.flow, last, "mine", &err));
	work.version++;
	CHECK(states_follow(states, &work));
	CHECK(standing(last)->state == STEP_FINE && is_size(last, 3, 3));
	close_sample();
}

/* Found without data, found by running, and code that nobody trusts. */
static void
test_wrong(void)
{
	size_t bad, below;

	open_sample();
	step("drop_column", (const char *const[]){ "column_to_drop=none", NULL });
	bad = work_place(&work);
	step("drop_duplicates", (const char *const[]){ NULL });
	below = work_place(&work);
	settle();
	CHECK(standing(bad)->state == STEP_WRONG);
	CHECK(strstr(standing(bad)->problem, "none") != NULL);
	CHECK(standing(below)->state == STEP_BLOCKED && !standing(below)->has_rows);
	CHECK(is_size(0, 4, 3));
	close_sample();

	open_sample();
	step("custom_pandas", (const char *const[]){ "code=df = df[:1]", NULL });
	bad = work_place(&work);
	step("drop_duplicates", (const char *const[]){ NULL });
	below = work_place(&work);
	settle();
	CHECK(standing(bad)->state == STEP_LOCKED && *standing(bad)->problem);
	CHECK(standing(below)->state == STEP_BLOCKED);
	work.is_trusted = true;
	CHECK(states_follow(states, &work));
	settle();
	CHECK(standing(bad)->state != STEP_LOCKED);
	close_sample();
}

/* A source without a file is wrong itself; the other branch goes on. */
static void
test_gone(void)
{
	char *path = arena_print(&mem, "%s/sample.csv", folder);

	open_sample();
	CHECK(unlink(path) == 0);
	settle();
	CHECK(standing(0)->state == STEP_WRONG && *standing(0)->problem);
	CHECK(standing(1)->state == STEP_BLOCKED);
	close_sample();
}

/* Changes that come before an answer: only the last one counts. */
static void
test_haste(void)
{
	size_t place;

	open_sample();
	step("drop_duplicates", (const char *const[]){ NULL });
	place = work_place(&work);
	for (int i = 0; i < 20; i++) {
		CHECK(flow_switch(&work.flow, place, i % 2 == 0, &err));
		work.version++;
		states_follow(states, &work);
	}
	settle();
	CHECK(standing(place)->state == STEP_FINE && is_size(place, 3, 3));
	close_sample();
}

int
main(void)
{
	CHECK(mkdtemp(folder) != NULL);
	CHECK(wake_init(&wake, &err));
	CHECK(states_new(&wake, &states, &err));
	test_sizes();
	test_change();
	test_wrong();
	test_haste();
	test_gone();
	states_free(states);
	job_settle();
	wake_release(&wake);
	unlink(arena_print(&mem, "%s/sample.csv", folder));
	rmdir(folder);
	arena_release(&mem);
	return check_report();
}
