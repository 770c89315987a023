/* Rows from anywhere are those that stand there among the first ones. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "run/excerpt.h"
#include "run/head.h"

enum { ROWS = 9000 };

static char scratch[64];
static struct error err;

static void
write_table(void)
{
	FILE *file = fopen(scratch, "w");

	fprintf(file, "id;city;price;day;when;open\n");
	for (int i = 0; i < ROWS; i++)
		fprintf(file, "%d;%s;%s;2015-07-%02d;%s;%s\n", i,
			i % 3 ? "Ulm" : "\"Bad\nHomburg; \"\"v.d.H.\"\"\"",
			i % 5 ? "1.25" : "", 1 + i % 31, i % 7 ? "7/1/2015" : "",
			i % 2 ? "true" : "false");
	fclose(file);
}

static void
compare(struct excerpt *excerpt, const struct head *head, uint64_t first, size_t n)
{
	const size_t there = first >= ROWS ? 0 : ROWS - (size_t)first;
	const size_t wanted = n < there ? n : there;
	struct batch *rows, *slice;

	CHECK(excerpt_rows(excerpt, first, n, NULL, &rows, &err));
	CHECK(rows->rows == wanted);
	slice = batch_slice(head->rows, (size_t)first < ROWS ? (size_t)first : 0, wanted,
			    &err);
	for (size_t i = 0; slice && i < head->schema.n; i++)
		CHECK(column_equal(rows->at[i], slice->at[i]));
	batch_free(slice);
	batch_free(rows);
}

int
main(void)
{
	struct run_options options = { .chunk_bytes = 10000 };
	struct excerpt excerpt;
	struct head head;
	uint64_t seed = 1;
	int fd;

	strcpy(scratch, "/tmp/excerpt_XXXXXX.csv");
	fd = mkstemps(scratch, 4);
	CHECK(fd >= 0 && close(fd) == 0);
	write_table();
	CHECK(head_of_file(scratch, &options, ROWS, &head, &err));
	CHECK(excerpt_open(scratch, &options, &excerpt, &err));
	CHECK(schema_equal(&head.schema, &excerpt.schema));
	CHECK(head.schema.at[4].type == TYPE_DATETIME);
	CHECK(row_index_build(excerpt.index, 2, NULL, &err));
	compare(&excerpt, &head, 0, 10);
	compare(&excerpt, &head, ROWS - 3, 10);
	compare(&excerpt, &head, ROWS, 10);
	for (int i = 0; i < 50; i++)
		compare(&excerpt, &head, random_below(&seed, ROWS),
			(size_t)random_below(&seed, 300));
	excerpt_close(&excerpt);
	head_release(&head);
	CHECK(!excerpt_open("nowhere.csv", &options, &excerpt, &err));
	unlink(scratch);
	return check_report();
}
