/* A profile is the same by any number of threads; its snapshots grow; it can be stopped.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
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

static void
wait_for(const struct profile_job *job)
{
	struct pollfd poll_fd = { .fd = profile_descriptor(job), .events = POLLIN };

	CHECK(poll(&poll_fd, 1, 10000) == 1);
}

static void
snapshots_grow(void)
{
	const struct profile_options o = { .level = SUMMARY_ALL,
					   .threads = 2,
					   .chunk_bytes = 20000 };
	struct profile_job *job;
	struct profile snapshot;
	uint64_t rows = 0;
	unsigned generation = 0;
	bool well = false, whole = false;

	CHECK(profile_start(scratch, &o, &job, &err));
	while (!whole) {
		wait_for(job);
		if (!profile_take(job, &snapshot))
			continue;
		CHECK(snapshot.generation > generation && snapshot.rows >= rows);
		CHECK(snapshot.n == 4 && snapshot.rows > 0);
		generation = snapshot.generation;
		rows = snapshot.rows;
		whole = snapshot.is_whole;
		profile_release(&snapshot);
	}
	CHECK(rows == 50000 && generation >= 1);
	while (!profile_is_done(job, &well, &err))
		wait_for(job);
	CHECK(well);
	profile_stop(job);
}

static double
seconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) +
	       1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

static void
stops_soon(void)
{
	const struct profile_options o = { .level = SUMMARY_ALL, .chunk_bytes = 5000 };
	struct timespec start;
	struct profile_job *job;

	for (int i = 0; i < 20; i++) {
		const struct timespec a_while = { .tv_nsec = i * 500000 };

		CHECK(profile_start(scratch, &o, &job, &err));
		nanosleep(&a_while, NULL);
		clock_gettime(CLOCK_MONOTONIC, &start);
		profile_stop(job);
		/* 0.05 where nobody else is at work. */
		CHECK(seconds_since(&start) < 2);
	}
}

static void
tells_errors(void)
{
	const struct profile_options o = { .level = SUMMARY_ALL };
	struct profile_job *job;
	struct profile profile;
	bool well = true;

	CHECK(!profile_file("nowhere.csv", &o, &profile, &err));
	CHECK_TEXT(err.text, "cannot open 'nowhere.csv': No such file or directory");
	CHECK(profile_start("nowhere.csv", &o, &job, &err));
	while (!profile_is_done(job, &well, &err))
		wait_for(job);
	CHECK(!well && strstr(err.text, "nowhere.csv"));
	CHECK(!profile_take(job, &profile));
	profile_stop(job);
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
