/* What a step would do: columns, rows and cells that differ, told of a few rows. */
#include "desk/preview.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "desk/job.h"
#include "flow/quick.h"
#include "random_settings.h"

static struct error err;
static struct arena mem;
static struct wake wake;
static struct previewer *previewer;
static const struct run_options options = { 0 };
static const char *const names[] = { "id", "name", "x", "kind" };

static const char sample[] = "id,name,x,kind\n"
			     "1,ann,1.5,a\n"
			     "2,bob,,b\n"
			     "3,,2.5,a\n"
			     "4,dan,9.0,c\n"
			     "3,,2.5,a\n";

/* A flow over the sample, and where its rows have types. */
static size_t
open_sample(struct flow *flow, const char *path)
{
	struct quick quick = { .path = path, .format = "csv" };
	size_t typed = FLOW_NONE;

	strcpy(quick.dialect.delimiter, ",");
	quick.dialect.header = true;
	quick.dialect.encoding = "utf-8";
	CHECK(flow_quick(flow, &quick, &typed, &err));
	return typed;
}

static const struct preview *
wait_for_it(void)
{
	while (preview_get(previewer), preview_is_busy(previewer)) {
		struct pollfd poll_for = { .fd = wake.fd, .events = POLLIN };

		poll(&poll_for, 1, 10);
		wake_clear(&wake);
	}
	return preview_get(previewer);
}

static char *path;

/* A step told by words, up to NULL. */
static const struct preview *
preview_of(const char *word, const char *const *settings)
{
	const struct op *op = op_find(word);
	struct flow flow;
	size_t behind = open_sample(&flow, path), place = FLOW_NONE;
	void *fields;

	CHECK(op && step_fields(op, &fields, &mem, &err));
	for (; op && *settings; settings++)
		CHECK(param_set(op->params, fields, *settings, &mem, &err));
	CHECK(step_add(&flow, op, fields, behind, behind, &place, &err));
	CHECK(preview_ask(previewer, &flow, flow.nodes[place].id, &options, &err));
	flow_release(&flow);
	return wait_for_it();
}

#define SETTINGS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NO_SETTINGS   ((const char *const[]){ NULL })

/* " id ~x -kind +kind_a": columns in their order. */
static const char *
columns_of(const struct preview *p)
{
	const char *out = "";

	for (size_t i = 0; i < p->n_columns; i++) {
		const struct preview_column *c = &p->columns[i];

		out = arena_print(&mem, "%s%s%c%s%s%s", out, i ? " " : "",
				  "=+-~"[c->change], c -> name, c -> was ? "<" : "",
				  c->was ? c->was : "");
		if (c->is_moved)
			out = arena_print(&mem, "%s^", out);
	}
	return out;
}

/* "=0:0 -1: ~2:1": rows, before and after. */
static const char *
rows_of(const struct preview *p)
{
	const char *out = "";

	for (size_t i = 0; i < p->n_rows; i++) {
		const struct preview_row *r = &p->rows[i];

		out = arena_print(&mem, "%s%s%c", out, i ? " " : "", "=+-~"[r->change]);
		if (r->before != PREVIEW_NO_ROW)
			out = arena_print(&mem, "%s%u", out, r->before);
		out = arena_print(&mem, "%s:", out);
		if (r->after != PREVIEW_NO_ROW)
			out = arena_print(&mem, "%s%u", out, r->after);
	}
	return out;
}

static void
check_columns(void)
{
	const struct preview *p =
		preview_of("drop_column", SETTINGS("column_to_drop=name"));

	CHECK_TEXT(columns_of(p), "=id -name =x =kind");
	CHECK_TEXT(rows_of(p), "=0:0 =1:1 =2:2 =3:3 =4:4");
	CHECK(!p->has_failed && p->is_whole && p->removed_columns == 1);
	p = preview_of("rename_column", SETTINGS("input_column=x", "new_name=y"));
	CHECK_TEXT(columns_of(p), "=id =name ~y<x =kind");
	p = preview_of("move_to_start", SETTINGS("column_to_move=kind"));
	CHECK_TEXT(columns_of(p), "=kind^ =id =name =x");
	p = preview_of("duplicate_column", SETTINGS("input_column=x", "new_name=y"));
	CHECK_TEXT(columns_of(p), "=id =name =x =kind +y");
	p = preview_of("one_hot_encode",
		       SETTINGS("input_column=kind", "output_style=Columns"));
	CHECK_TEXT(columns_of(p), "=id =name =x -kind +kind_a +kind_b +kind_c");
	CHECK(p->columns[4].of == 3 && p->columns[6].of == 3 && p->columns[0].of == -1);
	CHECK_TEXT(rows_of(p), "=0:0 =1:1 =2:2 =3:3 =4:4");
}

static void
check_cells(void)
{
	const struct preview *p =
		preview_of("impute_numeric", SETTINGS("input_column=x", "strategy=Mean"));

	CHECK_TEXT(columns_of(p), "=id =name ~x =kind");
	CHECK_TEXT(rows_of(p), "=0:0 ~1:1 =2:2 =3:3 =4:4");
	CHECK(p->changed_cells == 1 && p->columns[2].missing_before == 1 &&
	      p->columns[2].missing_after == 0);
	p = preview_of("upper_case", SETTINGS("input_column=name"));
	CHECK_TEXT(rows_of(p), "~0:0 ~1:1 =2:2 ~3:3 =4:4");
	p = preview_of("cast_single_data_type",
		       SETTINGS("column=id", "data_type=string"));
	CHECK_TEXT(columns_of(p), "~id =name =x =kind");
	CHECK(p->changed_cells == 0);
}

/* The float of an ID is the nearest one, which may be another number. */
static void
check_digits(void)
{
	static const char ids[] = "id\n9007199254740993\n9007199254740994\n7\n";
	FILE *file = fopen(path, "w");
	const struct preview *p;

	CHECK(file && fputs(ids, file) >= 0 && fclose(file) == 0);
	p = preview_of("cast_single_data_type", SETTINGS("column=id", "data_type=float"));
	CHECK_TEXT(rows_of(p), "~0:0 =1:1 =2:2");
	CHECK(p->changed_cells == 1);
}

static void
check_rows(void)
{
	const struct preview *p = preview_of("drop_missing", SETTINGS("input_column=x"));

	CHECK_TEXT(columns_of(p), "=id =name =x =kind");
	CHECK_TEXT(rows_of(p), "=0:0 -1: =2:1 =3:2 =4:3");
	CHECK(p->removed_rows == 1 && p->added_rows == 0 && p->after->rows == 4);
	p = preview_of("drop_duplicates", NO_SETTINGS);
	CHECK_TEXT(rows_of(p), "=0:0 =1:1 =2:2 =3:3 -4:");
	p = preview_of("sort_rows", SETTINGS("conditions=x:Descending"));
	CHECK(p->is_reordered && p->removed_rows == 0 && p->added_rows == 0);
	CHECK(p->n_rows == 5 && p->rows[0].before == 3);
	p = preview_of("concatenate_datasets", NO_SETTINGS);
	CHECK_TEXT(rows_of(p), "=0:0 =1:1 =2:2 =3:3 =4:4 +:5 +:6 +:7 +:8 +:9");
}

/* A row before may come out more than once, and what the other table gives is new. */
static void
check_tables(void)
{
	const struct preview *p =
		preview_of("join_tables", SETTINGS("left_column=id", "right_column=id"));

	CHECK(p->n_rows == 7 && p->removed_rows == 0 && p->added_rows == 0);
	CHECK(p->second_schema.n == 4 && p->before_schema.n == 4);
	CHECK(p->added_columns == 4);
}

/* What it reads is there even if the step is wrong. */
static void
check_failures(void)
{
	const struct preview *p =
		preview_of("drop_column", SETTINGS("column_to_drop=nmae"));
	char *there = path;

	CHECK(p->has_failed && strstr(p->err.text, "did you mean 'name'"));
	CHECK(p->has_before && p->before->rows == 5 && p->before_schema.n == 4);
	path = arena_print(&mem, "%s.gone", there);
	p = preview_of("drop_column", SETTINGS("column_to_drop=name"));
	CHECK(p->has_failed && !p->has_before && strstr(p->err.text, ".gone"));
	path = there;
	p = preview_of("custom_pandas", SETTINGS("code=df = df"));
	CHECK(p->has_failed && strstr(p->err.text, "trust"));
}

static void
check_counts(void)
{
	const struct op *op = op_find("drop_duplicates");
	const struct preview_count *count;
	struct flow flow;
	size_t behind = open_sample(&flow, path), place;
	void *fields;

	CHECK(step_fields(op, &fields, &mem, &err));
	CHECK(step_add(&flow, op, fields, behind, FLOW_NONE, &place, &err));
	CHECK(preview_count_all(previewer, &flow, flow.nodes[place].id, &options, &err));
	flow_release(&flow);
	while (!(count = preview_counted(previewer)))
		usleep(1000);
	CHECK(!count->has_failed && count->before == 5 && count->after == 4);
}

/* The newest wins, whatever the older ones do; none is waited for. */
static void
check_hurry(void)
{
	const struct op *op = op_find("drop_column");
	struct flow flow;
	size_t behind = open_sample(&flow, path), place;
	const struct preview *p;
	void *fields;

	CHECK(step_fields(op, &fields, &mem, &err));
	CHECK(step_add(&flow, op, fields, behind, FLOW_NONE, &place, &err));
	for (size_t i = 0; i < 40; i++) {
		const char *id = arena_text(&mem, flow.nodes[place].id);

		CHECK(param_set(op->params, fields,
				arena_print(&mem, "column_to_drop=%s", names[i % 4]),
				&mem, &err));
		CHECK(step_set(&flow, place, op, fields, &err));
		CHECK(preview_ask(previewer, &flow, id, &options, &err));
	}
	flow_release(&flow);
	p = wait_for_it();
	CHECK_TEXT(columns_of(p), "=id =name =x -kind");
}

/* Every row and column after is there once, in its place; what was before is there or
 * gone; counts are those of what is marked. */
static void
check_whole(const struct preview *p)
{
	size_t after = 0, counts[4] = { 0 }, columns[4] = { 0 };

	for (size_t i = 0; i < p->n_rows; i++) {
		const struct preview_row *row = &p->rows[i];

		counts[row->change]++;
		CHECK(row->before == PREVIEW_NO_ROW || row->before < p->before->rows);
		if (row->after != PREVIEW_NO_ROW)
			CHECK(row->after == after++);
		else
			CHECK(row->change == CHANGE_REMOVED);
	}
	CHECK(after == p->after->rows);
	CHECK(counts[CHANGE_ADDED] == p->added_rows);
	CHECK(counts[CHANGE_REMOVED] == p->removed_rows);
	for (size_t i = 0; i < p->n_columns; i++)
		columns[p->columns[i].change]++;
	CHECK(columns[CHANGE_ADDED] == p->added_columns);
	CHECK(columns[CHANGE_REMOVED] == p->removed_columns);
	CHECK(p->n_columns == p->after_schema.n + p->removed_columns);
}

/* Whatever an operator is told: it fails with a sentence, or what it did is told whole.
 */
static void
check_any(const struct op *op, uint64_t *seed)
{
	void *fields = arena_alloc(&mem, op->params_size + 1);
	struct flow flow;
	size_t behind = open_sample(&flow, path), place = FLOW_NONE;
	struct schema schema = { 0 };
	const struct preview *p;
	bool fine;

	for (size_t i = 0; i < COUNT(names); i++)
		schema_add(&schema, names[i], i % 2 ? TYPE_STRING : TYPE_LONG, &mem);
	random_settings(op, fields, &schema, seed, &fine, &mem);
	CHECK(step_add(&flow, op, fields, behind, behind, &place, &err));
	CHECK(preview_ask(previewer, &flow, flow.nodes[place].id, &options, &err));
	flow_release(&flow);
	p = wait_for_it();
	CHECK(p->has_failed == (p->err.text[0] != '\0'));
	if (p->after)
		check_whole(p);
}

static void
write_sample(void)
{
	FILE *file;
	int fd;
	const char *folder = getenv("TMPDIR");

	path = arena_print(&mem, "%s/preview-XXXXXX", folder ? folder : "/tmp");
	fd = mkstemp(path);
	file = fdopen(fd, "w");
	CHECK(file && fputs(sample, file) >= 0 && fclose(file) == 0);
}

int
main(void)
{
	uint64_t seed = 5;

	CHECK(wake_init(&wake, &err));
	CHECK(previewer_new(&wake, &previewer, &err));
	write_sample();
	check_columns();
	check_cells();
	check_rows();
	check_tables();
	check_failures();
	check_counts();
	check_hurry();
	for (int i = 0; i < 4; i++)
		for (const struct op *const *op = op_table; *op; op++)
			if ((*op)->role == ROLE_TRANSFORM)
				check_any(*op, &seed);
	check_digits();
	unlink(path);
	previewer_free(previewer);
	job_settle();
	wake_release(&wake);
	arena_release(&mem);
	return check_report();
}
