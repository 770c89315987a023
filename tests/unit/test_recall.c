/* A pass that takes what an earlier one kept gives the same batches as one that reads. */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "data/table.h"
#include "io/io.h"

enum { ROWS = 5000, COLUMNS = 3 };

static const char path[] = "test_recall.csv";
static const enum type typed[] = { TYPE_LONG, TYPE_STRING, TYPE_FLOAT };
static const enum type fewer[] = { TYPE_LONG, 0, TYPE_FLOAT };
static const enum type other[] = { TYPE_FLOAT, TYPE_STRING, 0 };

static void
write_file(void)
{
	FILE *file = fopen(path, "w");

	fputs("a,b,c\n", file);
	for (int i = 0; i < ROWS; i++)
		fprintf(file, "%d,%s,%d.%d\n", i * 7 % 1000, i % 3 ? "Ulm" : "\"a,b\"",
			i % 50, i % 10);
	fclose(file);
}

static struct source *
open_file(size_t keep)
{
	struct source_options options = { .path = path,
					  .dialect = DIALECT_PRESET,
					  .keep_bytes = keep,
					  .chunk_bytes = 4096 };
	struct source *source = NULL;
	struct error err;
	bool ok = source_open(&options, &source, &err);

	CHECK(ok);
	return source;
}

/* All batches of a pass in order. */
static void
read_all(struct source *source, const enum type *types, bool again, bool *recalls,
	 struct table *out)
{
	struct want want = { .types = types, .batch_rows = 100, .again = again };
	struct pass *pass = NULL;
	struct reader *reader = NULL;
	struct error err;
	size_t chunk;
	bool more, ok = pass_open(source, &want, &pass, &err) &&
			reader_open(pass, &reader, &err);

	while (ok && (ok = reader_claim(reader, &chunk, &more, &err)) && more)
		for (struct batch *batch;;) {
			ok = reader_next(reader, &batch, &err);
			if (!ok || !batch)
				break;
			ok = table_take(out, batch, &err);
		}
	CHECK(ok);
	reader_close(reader);
	*recalls = pass_recalls(pass);
	pass_close(pass);
}

static bool
same_columns(const struct batch *a, const struct batch *b)
{
	bool ok = true;

	for (size_t c = 0; ok && c < COLUMNS; c++)
		ok = a->at[c] && b->at[c] ? column_equal(a->at[c], b->at[c])
					  : !a->at[c] && !b->at[c];
	return ok;
}

static bool
same(const struct table *a, const struct table *b)
{
	bool ok = a->n == b->n && a->rows == b->rows;

	for (size_t i = 0; ok && i < a->n; i++) {
		struct batch *x = NULL, *y = NULL;
		struct error err;

		ok = table_batch(a, i, &x, &err) && table_batch(b, i, &y, &err) &&
		     same_columns(x, y);
		batch_free(x);
		batch_free(y);
	}
	return ok;
}

/* Two passes or three, the later ones with a want of their own. */
static void
test(size_t keep, const enum type *later, bool takes)
{
	struct source *kept = open_file(keep), *plain = open_file(0);

	for (int i = 0; i < 3; i++) {
		const enum type *types = i ? later : typed;
		struct table a = { 0 }, b = { 0 };
		bool recalls, never;

		read_all(kept, types, i < 2, &recalls, &a);
		read_all(plain, types, i < 2, &never, &b);
		CHECK(a.rows == ROWS && same(&a, &b));
		CHECK(recalls == (i > 0 && takes) && !never);
		table_release(&a);
		table_release(&b);
	}
	source_close(kept);
	source_close(plain);
}

int
main(void)
{
	write_file();
	test(1 << 20, typed, true);
	test(1 << 20, fewer, true);
	test(1 << 20, other, false); /* of another type than what is kept */
	test(5000, typed, true);     /* some chunks find no room */
	test(1, typed, true);        /* all of them */
	unlink(path);
	return check_report();
}
