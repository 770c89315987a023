/*
 * micro - the parts that flows spend their time in, each by itself.
 *
 *	micro [WORD]	the rows whose name holds the word
 *
 * A row is a kernel over an input that fits the second level of cache: the median of
 * several repetitions of what one thread takes, a field, a row or a byte. Inputs are the
 * same every time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/number.h"
#include "base/random.h"
#include "data/rows.h"
#include "expr/expr.h"
#include "io/csv.h"
#include "io/csv_write.h"
#include "io/io.h"
#include "op/step.h"

enum { ROWS = 2048, BLOCK = 1 << 18, REPEATS = 15, FILE_ROWS = 1 << 16 };

static struct error err;
static volatile uint64_t sink; /* what is worked out must be wanted */

static void
must(bool ok)
{
	if (ok)
		return;
	fprintf(stderr, "micro: %s\n", err.text);
	exit(1);
}

/* Values of one kind, as text; seed: the state of chance. */
typedef size_t print_value(uint64_t *seed, char *out, size_t size);

static size_t
print_short(uint64_t *seed, char *out, size_t size)
{
	return (size_t)snprintf(out, size, "%d", (int)random_below(seed, 500));
}

static size_t
print_long(uint64_t *seed, char *out, size_t size)
{
	return (size_t)snprintf(out, size, "%lld", (long long)(random_next(seed) >> 2));
}

static size_t
print_decimal(uint64_t *seed, char *out, size_t size)
{
	return (size_t)snprintf(out, size, "%.2f", random_unit(seed) * 500);
}

static size_t
print_full(uint64_t *seed, char *out, size_t size)
{
	return (size_t)snprintf(out, size, "%.17g", random_unit(seed));
}

static size_t
print_one_hot(uint64_t *seed, char *out, size_t size)
{
	return (size_t)snprintf(out, size, "%s", random_below(seed, 4) ? "0.0" : "1.0");
}

static size_t
print_date(uint64_t *seed, char *out, size_t size)
{
	const int month = 1 + (int)random_below(seed, 12);

	return (size_t)snprintf(out, size, "2016-%02d-%02d", month,
				1 + (int)random_below(seed, 28));
}

static size_t
print_word(uint64_t *seed, char *out, size_t size)
{
	static const char *const words[] = { "Online TA", "Offline TA/TO", "Groups",
					     "Direct",    "Corporate",     "Transient",
					     "PRT",       "No Deposit" };

	return (size_t)snprintf(out, size, "%s", words[random_below(seed, COUNT(words))]);
}

static size_t
print_text(uint64_t *seed, char *out, size_t size)
{
	return (size_t)snprintf(out, size, "row %llx of a text",
				(unsigned long long)random_next(seed));
}

static const struct kind {
	const char *name;
	print_value *print;
	enum type type;
} kinds[] = {
	{ "short int", print_short, TYPE_LONG },
	{ "long int", print_long, TYPE_LONG },
	{ "decimal", print_decimal, TYPE_FLOAT },
	{ "17 digits", print_full, TYPE_FLOAT },
	{ "one-hot", print_one_hot, TYPE_FLOAT },
	{ "date", print_date, TYPE_DATE },
	{ "datetime", print_date, TYPE_DATETIME },
	{ "few texts", print_word, TYPE_STRING },
	{ "many texts", print_text, TYPE_STRING },
};

/* The kind's values as a file of one column. */
static const char *
kind_file(const struct kind *kind)
{
	static char path[] = "/tmp/lariat-micro-XXXXXX\0";
	uint64_t seed = 5;
	FILE *out;
	char text[64];

	memcpy(path, "/tmp/lariat-micro-XXXXXX", sizeof("/tmp/lariat-micro-XXXXXX"));
	out = fdopen(mkstemp(path), "w");
	if (!out)
		exit(1);
	fputs("x\n", out);
	for (size_t i = 0; i < FILE_ROWS; i++) {
		kind->print(&seed, text, sizeof(text));
		fprintf(out, "%s\n", text);
	}
	fclose(out);
	return path;
}

/* All of a file; the last batch is kept in *last, if asked for. */
static void
read_file(struct source *source, enum type type, struct batch **last)
{
	const struct want want = { .types = &type, .batch_rows = ROWS };
	struct reader *reader;
	struct batch *batch;
	struct pass *pass;
	size_t chunk;
	bool more;

	must(pass_open(source, &want, &pass, &err));
	must(reader_open(pass, &reader, &err));
	for (;;) {
		must(reader_claim(reader, &chunk, &more, &err));
		if (!more)
			break;
		for (;;) {
			must(reader_next(reader, &batch, &err));
			if (!batch)
				break;
			sink += batch->rows;
			if (last && batch->rows == ROWS) {
				batch_free(*last);
				*last = batch;
				continue;
			}
			batch_free(batch);
		}
	}
	reader_close(reader);
	pass_close(pass);
}

static struct source *
open_file(const char *path)
{
	const struct source_options options = { .path = path,
						.format = "csv",
						.dialect = DIALECT_PRESET };
	struct source *source;

	must(source_open(&options, &source, &err));
	return source;
}

/* A batch of that kind, as the reader makes it. */
static struct batch *
kind_batch(const struct kind *kind)
{
	const char *path = kind_file(kind);
	struct source *source = open_file(path);
	struct batch *batch = NULL;

	read_file(source, kind->type, &batch);
	source_close(source);
	unlink(path);
	return batch;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int
by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Nanoseconds of one call, the median. Each repetition takes a millisecond or more. */
static double
nanoseconds(void (*kernel)(void *with), void *with)
{
	double times[REPEATS];
	size_t calls = 1;

	for (double took = 0; took < 1e6;) {
		const double start = now();

		for (size_t i = 0; i < calls; i++)
			kernel(with);
		took = now() - start;
		if (took < 1e6)
			calls *= 2;
	}
	for (size_t r = 0; r < REPEATS; r++) {
		const double start = now();

		for (size_t i = 0; i < calls; i++)
			kernel(with);
		times[r] = (now() - start) / (double)calls;
	}
	qsort(times, REPEATS, sizeof(*times), by_size);
	return times[REPEATS / 2];
}

static const char *wanted = "";

static bool
is_wanted(const char *name)
{
	return strstr(name, wanted) != NULL;
}

/* items: fields or rows of a call; bytes instead: GB/s. */
static void
show(const char *name, void (*kernel)(void *with), void *with, double items,
     const char *unit)
{
	double took;

	if (!is_wanted(name))
		return;
	took = nanoseconds(kernel, with);
	if (strcmp(unit, "GB/s") == 0)
		printf("%-28s %10.2f %s\n", name, items / took, unit);
	else
		printf("%-28s %10.2f %s\n", name, took / items, unit);
	fflush(stdout);
}

struct scan {
	struct csv_rules rules;
	char *data;
	struct csv_index index;
};

static void
index_block(void *with)
{
	struct scan *scan = with;
	struct csv_state state = { .prev_ok = true };

	scan->index.n = scan->index.n_rows = 0;
	csv_index_block(&scan->rules, scan->data, 0, BLOCK, &state, &scan->index);
	sink += scan->index.n;
}

static void
summarize(void *with)
{
	struct scan *scan = with;
	struct csv_summary summary;

	csv_summarize(&scan->rules, scan->data, BLOCK, true, &summary);
	sink += summary.lines;
}

/* Fields of some five bytes, every tenth in quotes; or texts of sixty bytes in quotes. */
static void
fill_block(char *data, bool quoted)
{
	const size_t every = quoted ? 61 : 6;
	uint64_t seed = 7;

	memset(data, 'a', BLOCK + 64);
	for (size_t at = every; at < BLOCK; at += every) {
		data[at] = random_below(&seed, 20) ? ',' : '\n';
		if (quoted || random_below(&seed, 10) == 0) {
			data[at - 1] = '"';
			data[at - every + 1] = '"';
		}
	}
}

static void
scan_rows(void)
{
	struct scan scan = { .rules = { ",", 1, '"', '\n', false } };

	scan.data = aligned_alloc(64, BLOCK + 128);
	scan.index.at = malloc(BLOCK * sizeof(uint32_t));
	scan.index.row_end = malloc(BLOCK * sizeof(uint32_t));
	for (int quoted = 0; quoted < 2; quoted++) {
		fill_block(scan.data, quoted);
		show(quoted ? "index long fields" : "index short fields", index_block,
		     &scan, BLOCK, "GB/s");
		show(quoted ? "summarize long fields" : "summarize short fields",
		     summarize, &scan, BLOCK, "GB/s");
	}
	free(scan.data);
	free(scan.index.at);
	free(scan.index.row_end);
}

struct parse {
	struct source *source;
	enum type type;
};

static void
parse_file(void *with)
{
	const struct parse *parse = with;

	read_file(parse->source, parse->type, NULL);
}

static void
parse_rows(const struct kind *kind)
{
	struct parse parse = { .type = kind->type };
	const char *path;
	char name[40];

	snprintf(name, sizeof(name), "parse %s", kind->name);
	if (!is_wanted(name))
		return;
	path = kind_file(kind);
	parse.source = open_file(path);
	show(name, parse_file, &parse, FILE_ROWS, "ns a field");
	source_close(parse.source);
	unlink(path);
}

struct work {
	struct batch *batch;
	struct row_hash *hashes;
	uint32_t *rows;
	struct buffer *out;
	struct expr *expr;
	uint64_t *kept;
	const char *op;
	const char *const *settings;
	struct schema *schema;
};

static void
hash_rows(void *with)
{
	struct work *work = with;

	must(rows_hash(work->batch, work->hashes, &err));
	sink += work->hashes[0].low;
}

static void
format_rows(void *with)
{
	static const struct csv_style style = CSV_STYLE_PRESET;
	struct work *work = with;

	work->out->size = 0;
	must(csv_write_batch(&style, work->batch, work->out, &err));
	sink += work->out->size;
}

static void
gather_rows(void *with)
{
	struct work *work = with;
	struct column *c = column_gather(work->batch->at[0], work->rows, ROWS, &err);

	must(c != NULL);
	sink += c->rows;
	column_drop(c);
}

static const struct {
	const char *name;
	void (*kernel)(void *with);
} of_cells[] = {
	{ "hash", hash_rows },
	{ "gather", gather_rows },
	{ "format", format_rows },
};

static void
cell_rows(const struct kind *kind)
{
	struct work work = { 0 };
	uint64_t seed = 9;

	for (size_t i = 0; i < COUNT(of_cells); i++) {
		char name[40];

		snprintf(name, sizeof(name), "%s %s", of_cells[i].name, kind->name);
		if (!is_wanted(name))
			continue;
		if (!work.batch) {
			work.batch = kind_batch(kind);
			must((work.out = buffer_new(0, &err)) != NULL);
			work.hashes = malloc(ROWS * sizeof(*work.hashes));
			work.rows = malloc(ROWS * sizeof(*work.rows));
			for (size_t row = 0; row < ROWS; row++)
				work.rows[row] = (uint32_t)random_below(&seed, ROWS);
		}
		show(name, of_cells[i].kernel, &work, ROWS, "ns a cell");
	}
	batch_free(work.batch);
	buffer_drop(work.out);
	free(work.hashes);
	free(work.rows);
}

/* A column each of the kinds that formulas and groups look at. */
static const struct {
	const char *name;
	size_t kind; /* in kinds */
} columns[] = { { "lead_time", 0 }, { "adr", 2 }, { "segment", 7 }, { "body", 8 } };

static struct batch *
wide_batch(struct schema *schema, struct arena *arena)
{
	struct batch *batch = batch_new(COUNT(columns), ROWS, &err);

	must(batch != NULL);
	for (size_t i = 0; i < COUNT(columns); i++) {
		const struct kind *kind = &kinds[columns[i].kind];
		struct batch *one = kind_batch(kind);

		schema_add(schema, columns[i].name, kind->type, arena);
		batch_take(batch, i, column_share(one->at[0]));
		batch_free(one);
	}
	return batch;
}

static void
keep_rows(void *with)
{
	struct work *work = with;

	must(expr_keep(work->expr, work->batch, true, work->kept, &err));
	sink += work->kept[0];
}

static void
run_formula(void *with)
{
	struct work *work = with;
	struct column *c = expr_run(work->expr, work->batch, &err);

	must(c != NULL);
	sink += c->rows;
	column_drop(c);
}

static void
formula_rows(void)
{
	static const char *const formulas[] = {
		"adr > 100 and segment = 'Online TA' and lead_time between 30 and 120",
		"segment in ('Groups', 'Direct', 'PRT') or adr is null",
		"segment like 'O%'",
		"body = 'row 1 of a text'",
		"adr * 1.19 + lead_time / 2",
		"upper(segment)",
		"length(body)",
		"case when adr < 100 then 'low' else 'high' end",
	};
	struct arena mem = { 0 };
	struct schema schema = { 0 };
	struct work work = { .batch = wide_batch(&schema, &mem) };

	work.kept = calloc(bit_words(ROWS), sizeof(*work.kept));
	for (size_t i = 0; i < COUNT(formulas); i++) {
		char name[64];

		work.expr = expr_read(text_of(formulas[i]), &mem, &err);
		must(work.expr && expr_bind(work.expr, &schema, &mem, &err));
		snprintf(name, sizeof(name), "formula %.20s", formulas[i]);
		show(name, expr_type(work.expr) == TYPE_BOOL ? keep_rows : run_formula,
		     &work, ROWS, "ns a row");
	}
	batch_free(work.batch);
	free(work.kept);
	arena_release(&mem);
}

static void
run_steps(void *with)
{
	struct work *work = with;
	struct arena mem = { 0 };
	struct table in = { 0 }, out = { 0 }, *const tables[] = { &in };
	struct schema schema = { 0 };
	struct steps steps;

	must(steps_from_settings(op_find(work->op), work->settings, &steps, &mem, &err));
	for (size_t i = 0; i < 16; i++)
		must(table_take(&in, batch_copy(work->batch, &err), &err));
	must(steps_run_table(&steps, tables, work->schema, 1, ROWS, &out, &schema, 0,
			     &mem, &err));
	sink += out.rows;
	steps_release(&steps);
	table_release(&in);
	table_release(&out);
	arena_release(&mem);
}

/* Whole operators over a table in memory; what they learn is learned each time. */
static const struct {
	const char *name, *op, *settings[3];
} operators[] = {
	{ "group by few texts",
	  "group_by",
	  { "keys=segment", "aggregates=adr:mean:,:count:,adr:sum:", NULL } },
	{ "group by numbers",
	  "group_by",
	  { "keys=lead_time", "aggregates=adr:mean:,:count:,adr:sum:", NULL } },
	{ "group by many texts",
	  "group_by",
	  { "keys=body", "aggregates=:count:", NULL } },
	{ "sort by decimals", "sort_rows", { "sort_by=adr", NULL } },
	{ "one-hot few texts", "one_hot_encode", { "input_column=segment", NULL } },
	{ "drop duplicates", "drop_duplicates", { NULL } },
};

static void
operator_rows(void)
{
	struct arena mem = { 0 };
	struct schema schema = { 0 };
	struct work work = { .batch = wide_batch(&schema, &mem), .schema = &schema };

	for (size_t i = 0; i < COUNT(operators); i++) {
		work.op = operators[i].op;
		work.settings = operators[i].settings;
		show(operators[i].name, run_steps, &work, 16.0 * ROWS, "ns a row");
	}
	batch_free(work.batch);
	arena_release(&mem);
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		wanted = argv[1];
	scan_rows();
	for (size_t i = 0; i < COUNT(kinds); i++)
		parse_rows(&kinds[i]);
	for (size_t i = 0; i < COUNT(kinds); i++)
		cell_rows(&kinds[i]);
	formula_rows();
	operator_rows();
	return 0;
}
