/* A profile is the same by any number of threads; its snapshots grow; it can be stopped.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "check.h"
#include "run/profile.h"

static char scratch[64];
static struct error err;

static void
write_table(int rows)
{
	FILE *file = fopen(scratch, "w");

	fprintf(file, "id,city,price,day\n");
	for (int i = 0; i < rows; i++)
		fprintf(file, "%d,%s,%d.25,2015-07-%02d\n", i,
			i % 3 ? "Ulm" : "\"Bad\nHomburg\"", i % 977, 1 + i % 31);
	fclose(file);
}

static void
compare(const struct profile *a, const struct profile *b)
{
	CHECK(a->rows == b->rows && a->n == b->n);
	for (size_t i = 0; i < a->n; i++) {
		const struct summary_result *x = &a->columns[i].found;
		const struct summary_result *y = &b->columns[i].found;

		CHECK(x->type == y->type && x->count == y->count);
		CHECK(x->distinct == y->distinct && x->n_top == y->n_top);
		CHECK(x->min.whole == y->min.whole && x->max.number == y->max.number);
		if (x->type & TYPE_NUMERIC)
			CHECK(x->mean == y->mean && x->sd == y->sd &&
			      x->median == y->median);
	}
}

static void
same_by_threads(void)
{
	struct profile_options o = { .level = SUMMARY_ALL, .threads = 1 };
	struct profile one, many;
	uint64_t rows;

	CHECK(profile_file(scratch, &o, &one, &err));
	CHECK(one.is_whole && one.rows == 50000 && one.n == 4);
	CHECK(one.columns[0].found.type == TYPE_LONG);
	CHECK(one.columns[1].found.distinct == 2);
	CHECK(one.columns[2].found.type == TYPE_FLOAT);
	CHECK(one.columns[3].found.type == TYPE_DATE);
	for (size_t threads = 2; threads < 5; threads++) {
		o.threads = threads;
		o.chunk_bytes = 5000 * threads;
		o.stream = threads == 3;
		CHECK(profile_file(scratch, &o, &many, &err));
		compare(&one, &many);
		profile_release(&many);
		CHECK(profile_rows(scratch, &o, &rows, &err) && rows == 50000);
	}
	profile_release(&one);
}

/* What snapshots told so far; the pass is cancelled once there were so many. */
struct seen {
	uint64_t rows;
	unsigned generation, cancel_at;
	atomic_bool cancel;
};

static void
see(void *context, struct profile *snapshot)
{
	struct seen *seen = context;

	CHECK(snapshot->generation > seen->generation && snapshot->rows > seen->rows);
	CHECK(snapshot->n == 4 && !snapshot->is_whole);
	seen->generation = snapshot->generation;
	seen->rows = snapshot->rows;
	if (seen->generation == seen->cancel_at)
		atomic_store(&seen->cancel, true);
	profile_release(snapshot);
}

static void
snapshots_grow(void)
{
	struct seen seen = { 0 };
	const struct profile_options o = { .level = SUMMARY_ALL,
					   .threads = 2,
					   .chunk_bytes = 20000,
					   .show = see,
					   .context = &seen };
	struct profile whole;

	CHECK(profile_file(scratch, &o, &whole, &err));
	CHECK(whole.is_whole && whole.rows == 50000);
	CHECK(seen.generation >= 1 && seen.rows <= 50000);
	profile_release(&whole);
}

static void
stops_soon(void)
{
	struct seen seen = { .cancel_at = 1 };
	const struct profile_options o = { .level = SUMMARY_ALL,
					   .threads = 2,
					   .chunk_bytes = 5000,
					   .cancel = &seen.cancel,
					   .show = see,
					   .context = &seen };
	struct profile whole;

	CHECK(!profile_file(scratch, &o, &whole, &err));
	CHECK(seen.rows < 50000);
}

static void
tells_errors(void)
{
	const struct profile_options o = { .level = SUMMARY_ALL };
	struct profile profile;

	CHECK(!profile_file("nowhere.csv", &o, &profile, &err));
	CHECK_TEXT(err.text, "cannot open 'nowhere.csv': No such file or directory");
}

/* Memory refused at any point is an error, no crash. */
static void
without_memory(void)
{
	const struct profile_options o = { .level = SUMMARY_ALL, .threads = 2 };
	struct profile profile;
	uint64_t rows;

	for (size_t n = 1; n < 120; n++) {
		memory_refuse(n);
		if (profile_file(scratch, &o, &profile, &err))
			profile_release(&profile);
		memory_refuse(n);
		if (profile_rows(scratch, &o, &rows, &err))
			CHECK(rows == 50000);
	}
	memory_refuse(0);
	CHECK(memory_used() == 0);
}

int
main(void)
{
	int fd;

	strcpy(scratch, "/tmp/profile_XXXXXX.csv");
	fd = mkstemps(scratch, 4);
	CHECK(fd >= 0 && close(fd) == 0);
	write_table(50000);
	same_by_threads();
	snapshots_grow();
	stops_soon();
	tells_errors();
	without_memory();
	unlink(scratch);
	return check_report();
}
