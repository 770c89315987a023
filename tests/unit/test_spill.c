/* Pieces come back; a full disk is a sentence; memory that is short makes tables spill.
 */
#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "data/table.h"

static struct error err;
static char folder[] = "/tmp/lariat-test-XXXXXX";

static size_t
files_there(void)
{
	DIR *dir = opendir(folder);
	size_t n = 0;

	while (dir && readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

struct writer {
	struct spill *spill;
	uint64_t seed;
	bool ok;
};

static void *
write_and_read(void *context)
{
	enum { PIECES = 50, MOST = 20000 };
	struct writer *w = context;
	struct spill_piece pieces[PIECES];
	static _Thread_local char data[MOST], back[MOST];
	uint64_t seed = w->seed;
	struct error wrong;

	w->ok = true;
	for (size_t i = 0; i < PIECES; i++) {
		memset(data, (int)(i + w->seed), sizeof(data));
		w->ok = w->ok && spill_put(w->spill, data, random_below(&seed, MOST),
					   &pieces[i], &wrong);
	}
	for (size_t i = PIECES; w->ok && i-- > 0;) {
		memset(data, (int)(i + w->seed), sizeof(data));
		w->ok = spill_get(w->spill, pieces[i], back, &wrong) &&
			memcmp(data, back, pieces[i].size) == 0;
		spill_free(w->spill, pieces[i]);
	}
	return NULL;
}

static void
pieces(void)
{
	struct spill *spill = spill_new(folder, &err);
	struct writer writers[4];
	pthread_t threads[4];

	for (size_t i = 0; i < 4; i++) {
		writers[i] = (struct writer){ spill, i, false };
		pthread_create(&threads[i], NULL, write_and_read, &writers[i]);
	}
	for (size_t i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		CHECK(writers[i].ok);
	}
	CHECK(spill_bytes(spill) > 0);
	CHECK(files_there() == 0); /* no name while it is in use */
	spill_drop(spill);
}

static void
troubles(void)
{
	struct rlimit before, small = { 8192, 8192 };
	struct spill *spill = spill_new(folder, &err);
	struct spill_piece piece;
	char data[10000] = { 0 };

	getrlimit(RLIMIT_FSIZE, &before);
	small.rlim_max = before.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	CHECK(spill_put(spill, data, 5000, &piece, &err));
	CHECK(!spill_put(spill, data, 10000, &piece, &err));
	CHECK(strstr(err.text, "of temporary data in '/tmp/lariat-test-") &&
	      strstr(err.text, "--temp-dir"));
	setrlimit(RLIMIT_FSIZE, &before);
	CHECK(files_there() == 0);
	spill_drop(spill);
	spill = spill_new("/nowhere", &err);
	CHECK(!spill_put(spill, data, 1, &piece, &err));
	CHECK_TEXT(err.text, "memory is full, and no temporary file can be made in "
			     "'/nowhere'; choose a folder with --temp-dir: No such file "
			     "or directory");
	spill_drop(spill);
}

static struct batch *
numbers(size_t first, size_t rows)
{
	struct batch *batch = batch_new(2, rows, &err);
	struct build x, s;

	build_start(&x, TYPE_LONG, rows);
	build_start(&s, TYPE_STRING, rows);
	for (size_t i = first; i < first + rows; i++) {
		char text[32];

		snprintf(text, sizeof(text), "row %zu", i);
		build_long(&x, (int64_t)(i * i));
		build_text(&s, text_of(text));
	}
	batch->at[0] = build_end(&x, &err);
	batch->at[1] = build_end(&s, &err);
	return batch;
}

static bool
same(const struct batch *batch, size_t first, size_t rows)
{
	struct batch *want = numbers(first, rows);
	bool is = batch && batch->rows == rows &&
		  column_equal(batch->at[0], want->at[0]) &&
		  column_equal(batch->at[1], want->at[1]);

	batch_free(want);
	return is;
}

/* Under a limit that a tenth of the rows would pass. */
static void
tables(void)
{
	enum { BATCHES = 40, ROWS = 3000 };
	static const bool wanted[] = { false, true };
	struct field fields[] = { { "x", TYPE_LONG }, { "s", TYPE_STRING } };
	struct schema schema = { .n = 2, .at = fields };
	struct spill *spill = spill_new(folder, &err);
	struct table table = { 0 }, more = { 0 };
	struct batch *batch;

	memory_limit(1000000);
	CHECK(table_may_spill(&table, spill, &err));
	table_spill_like(&more, &table);
	for (size_t i = 0; i < BATCHES; i++)
		CHECK(table_take(i < 20 ? &table : &more, numbers(i * ROWS, ROWS), &err));
	CHECK(table_append(&table, &more, &err));
	CHECK(table.n == BATCHES && table.rows == BATCHES * ROWS && more.n == 0);
	CHECK(spill_bytes(spill) > 1000000);
	for (size_t i = BATCHES; i-- > 0;) {
		CHECK(table_batch(&table, i, &batch, &err) &&
		      same(batch, i * ROWS, ROWS));
		batch_free(batch);
	}
	CHECK(table_columns(&table, 3, wanted, &batch, &err) && !batch->at[0] &&
	      batch->at[1]);
	batch_free(batch);
	CHECK(!table_whole(&table, &schema, &err));
	CHECK(strstr(err.text, "give more with --memory"));
	memory_limit(0);
	batch = table_whole(&table, &schema, &err);
	CHECK(same(batch, 0, BATCHES * ROWS));
	batch_free(batch);
	CHECK(table_pull(&table, 7, &batch, &err) && same(batch, 7 * ROWS, ROWS));
	batch_free(batch);
	table_release(&more);
	table_release(&table);
	spill_drop(spill);
	CHECK(memory_used() == 0 && files_there() == 0);
}

static bool
count_up(void *context, size_t i, const bool *wanted, struct batch **batch,
	 struct error *wrong)
{
	size_t rows = *(size_t *)context;

	*batch = numbers(i * rows, rows);
	for (size_t c = 0; wanted && c < 2; c++)
		if (!wanted[c])
			batch_take(*batch, c, NULL);
	return i < 9 || fail(wrong, "no more");
}

static void
let_go(void *context)
{
	*(size_t *)context = 0;
}

static void
made(void)
{
	struct field fields[] = { { "x", TYPE_LONG }, { "s", TYPE_STRING } };
	struct schema schema = { .n = 2, .at = fields };
	size_t rows = 10;
	struct table_maker maker = { &rows, count_up, let_go };
	struct table table = { 0 };
	struct batch *batch;

	table_make(&table, &maker, 5, 50);
	CHECK(table_batch(&table, 3, &batch, &err) && same(batch, 30, 10));
	batch_free(batch);
	CHECK(table_pull(&table, 3, &batch, &err) && same(batch, 30, 10));
	batch_free(batch);
	batch = table_merge(&table, &schema, &err);
	CHECK(same(batch, 0, 50) && rows == 0);
	batch_free(batch);
	CHECK(memory_used() == 0);
}

int
main(void)
{
	CHECK(mkdtemp(folder) != NULL);
	pieces();
	troubles();
	tables();
	made();
	rmdir(folder);
	return check_report();
}
