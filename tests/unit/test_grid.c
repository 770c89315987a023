/* A table on the screen: literal frames in three sizes, and what moves do to it. */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "sheet.h"
#include "widget/caption.h"
#include "widget/grid_look.h"

enum { ROWS = 60 };

static char scratch[64];
static struct error err;

/* A table at hand, as a view has it. */
struct fixture {
	struct arena arena;
	struct sheet sheet;
	struct batch *batch;
	struct profile profile;
	struct grid_view view;
	struct grid grid;
	struct surface surface;
	size_t asked; /* rows that were fetched */
};

static const struct batch *
fetch(void *source, uint64_t first, size_t *n, size_t *at)
{
	struct fixture *f = source;

	f->asked += *n;
	if (first >= f->batch->rows)
		return NULL;
	*at = (size_t)first;
	*n = f->batch->rows - *at;
	return f->batch;
}

static const struct batch *
fetch_nothing(void *source, uint64_t first, size_t *n, size_t *at)
{
	(void)source;
	(void)first;
	(void)n;
	(void)at;
	return NULL;
}

/* Figures of the rows as a file has them, read as the table's types. */
static void
make_profile(struct fixture *f, struct text csv, const char *names)
{
	FILE *file = fopen(scratch, "w");
	enum type types[64];
	struct profile_options options = { .level = SUMMARY_ALL, .types = types };
	const char *body = memchr(csv.data, '\n', csv.size);

	fprintf(file, "%s%.*s", names, (int)(csv.data + csv.size - body), body);
	fclose(file);
	for (size_t i = 0; i < f->sheet.schema.n; i++)
		types[i] = f->sheet.schema.at[i].type;
	CHECK(profile_file(scratch, &options, &f->profile, &err));
}

static void
begin_bare(struct fixture *f, struct text csv)
{
	*f = (struct fixture){ 0 };
	CHECK(sheet_read(csv, &f->sheet, &f->arena, &err));
	f->batch = table_whole(&f->sheet.table, &f->sheet.schema, &err);
	CHECK(f->batch != NULL);
	CHECK(grid_init(&f->grid, &err));
	f->view = (struct grid_view){ .schema = &f->sheet.schema,
				      .rows = f->batch->rows,
				      .fetch = fetch,
				      .source = f,
				      .is_used = true };
	grid_adopt(&f->grid, &f->view);
}

/* names: the header without types. */
static void
begin(struct fixture *f, struct text csv, const char *names)
{
	begin_bare(f, csv);
	make_profile(f, csv, names);
	f->view.profile = &f->profile;
}

static void
end(struct fixture *f)
{
	grid_release(&f->grid);
	surface_release(&f->surface);
	profile_release(&f->profile);
	batch_free(f->batch);
	sheet_release(&f->sheet);
	arena_release(&f->arena);
}

static void
draw(struct fixture *f, int rows, int columns)
{
	surface_resize(&f->surface, rows, columns);
	grid_draw(surface_pane(&f->surface), &f->grid, &f->view);
}

/* The first lines of what was drawn. */
static void
shows(const struct fixture *f, const char *wanted)
{
	struct buffer *out = buffer_new(0, &err);

	CHECK(surface_print(&f->surface, out, &err));
	if (out->size < strlen(wanted) || memcmp(out->data, wanted, strlen(wanted)) != 0)
		printf("drawn:\n%.*s", (int)out->size, out->data);
	CHECK(out->size >= strlen(wanted) && !memcmp(out->data, wanted, strlen(wanted)));
	buffer_drop(out);
}

static struct text
bookings(char *out, size_t size)
{
	static const char *const months[] = { "July", "August", "September" };
	size_t n = (size_t)snprintf(
		out, size,
		"hotel:string,is_canceled:bool,lead_time:long,arrival_date_year:long,"
		"arrival_date_month:string,stays_in_weekend_nights:long,"
		"stays_in_week_nights:long,distribution_channel:string,adr:float,"
		"agent:long,status_date:date\n");

	for (int i = 0; i < ROWS; i++) {
		n += (size_t)snprintf(out + n, size - n,
				      "Resort,%s,%d,%d,%s,%d,%d,%s,%d.5,",
				      i % 3 ? "false" : "true", (i * 37) % 400,
				      2015 + i / 30, months[i % 3], i % 3, i % 5,
				      i % 4 ? "TA/TO" : "Corporate", 40 + i);
		if (i % 4)
			n += (size_t)snprintf(out + n, size - n, "%d", 240 + i % 7);
		n += (size_t)snprintf(out + n, size - n, ",2015-07-%02d\n", 1 + i % 28);
	}
	return (struct text){ out, n };
}

static const char header[] =
	"hotel,is_canceled,lead_time,arrival_date_year,arrival_date_month,"
	"stays_in_weekend_nights,stays_in_week_nights,distribution_channel,adr,agent,"
	"status_date";

/* tests/unit/grid.frames: "frame ROWS COLUMNS" and the first lines of what is drawn then,
 * up to "end". */
static void
frames(struct fixture *f)
{
	const char *top = getenv("srcdir");
	char path[4096], line[2048], wanted[1 << 16];
	int rows, columns, n = 0;
	FILE *file;

	snprintf(path, sizeof path, "%s/tests/unit/grid.frames", top ? top : ".");
	file = fopen(path, "r");
	CHECK(file != NULL);
	f->grid.column = 2;
	f->grid.row = 4;
	while (file && fgets(line, sizeof line, file)) {
		if (sscanf(line, "frame %d %d", &rows, &columns) == 2) {
			*wanted = '\0';
		} else if (strcmp(line, "end\n") != 0) {
			strncat(wanted, line, sizeof wanted - strlen(wanted) - 1);
		} else {
			draw(f, rows, columns);
			shows(f, wanted);
			CHECK(f->surface.cursor_row == f->grid.head + 4);
			n++;
		}
	}
	CHECK(n == 4);
	if (file)
		fclose(file);
}

/* What is not at hand is a dot, and nothing moves when figures come. */
static void
waits(struct fixture *f)
{
	const struct profile *profile = f->view.profile;
	struct grid grid;

	draw(f, 21, 80);
	grid = f->grid;
	f->view.fetch = fetch_nothing;
	f->view.profile = NULL;
	draw(f, 21, 80);
	CHECK(f->grid.n_slots == grid.n_slots);
	CHECK(surface_cell(&f->surface, 12, 7)->code[0] == 0xb7);
	f->view.fetch = fetch;
	f->view.profile = profile;
	draw(f, 21, 80);
	CHECK(!memcmp(f->grid.slots, grid.slots, sizeof grid.slots[0] * grid.n_slots));
}

static void
moves(struct fixture *f)
{
	struct grid *grid = &f->grid;

	draw(f, 21, 80);
	grid_to_row(grid, UINT64_MAX);
	CHECK(grid->row == ROWS - 1 && grid->top == (uint64_t)(ROWS - grid->page));
	grid_move(grid, 1, 0);
	CHECK(grid->row == ROWS - 1);
	grid_move(grid, -1000, 0);
	CHECK(grid->row == 0 && grid->top == 0);
	grid_to_edge(grid, true);
	CHECK(grid->column == 10);
	draw(f, 21, 80);
	CHECK(grid->slots[grid->n_slots - 1].column == 10);
	CHECK(!grid->slots[grid->n_slots - 1].is_cut);
	grid_to_edge(grid, false);
	draw(f, 21, 80);
	CHECK(grid->left == 0 && grid->slots[0].column == 0);
	grid_scroll(grid, 3, 0);
	CHECK(grid->top == 3 && grid->row == 3);
	grid_scroll(grid, 0, 2);
	draw(f, 21, 80);
	CHECK(grid->left == 2 && grid->column >= 2);
	grid_to_edge(grid, false);
	grid_to_row(grid, 0);
}

static bool
is_on_view(const struct grid *grid, size_t column)
{
	for (size_t i = 0; i < grid->n_slots; i++)
		if (grid->slots[i].column == column)
			return true;
	return false;
}

/* Columns that are frozen, hidden, marked, wider. */
static void
looks(struct fixture *f)
{
	struct grid *grid = &f->grid;

	grid_to_column(grid, 1);
	grid_freeze(grid);
	grid_to_edge(grid, true);
	draw(f, 21, 80);
	CHECK(is_on_view(grid, 0) && is_on_view(grid, 1) && is_on_view(grid, 10));
	CHECK(!is_on_view(grid, 2));
	draw(f, 21, 30);
	CHECK(grid->pinned == 0 && is_on_view(grid, 10));
	grid_to_column(grid, 1);
	grid_freeze(grid);
	CHECK(grid->frozen == 0);
	grid_to_column(grid, 2);
	grid_hide(grid);
	draw(f, 21, 80);
	CHECK(!is_on_view(grid, 2) && grid->n_hidden == 1 && grid->column == 3);
	grid_move(grid, 0, -1);
	CHECK(grid->column == 1);
	grid_show_all(grid);
	CHECK(grid->n_hidden == 0);
	grid_mark(grid, 4, true);
	grid_mark(grid, 4, true);
	CHECK(grid->n_marked == 1);
	draw(f, 21, 80);
	grid_widen(grid, 4, 5);
	draw(f, 21, 80);
	for (size_t i = 0; i < grid->n_slots; i++)
		if (grid->slots[i].column == 4)
			CHECK(grid->slots[i].width == 14);
}

/* Another table: what is known of its columns by name stays. */
static void
adopts(struct fixture *f)
{
	struct grid_view view = f->view;
	struct field fields[10];
	struct schema less = { .n = 10, .at = fields };

	for (size_t i = 0, k = 0; i < f->sheet.schema.n; i++)
		if (i != 1)
			fields[k++] = f->sheet.schema.at[i];
	grid_to_column(&f->grid, 5);
	view.schema = &less;
	grid_adopt(&f->grid, &view);
	CHECK(f->grid.n == 10 && f->grid.column == 4);
	CHECK(f->grid.n_marked == 1 && f->grid.columns[3].mark);
	CHECK(f->grid.columns[3].fixed == 14);
	grid_adopt(&f->grid, &f->view);
	CHECK(f->grid.n == 11 && f->grid.column == 5);
	grid_unmark_all(&f->grid);
	CHECK(f->grid.n_marked == 0);
}

/* What a click meets is what was drawn there. */
static void
hits(struct fixture *f)
{
	struct grid *grid = &f->grid;
	struct grid_hit hit;

	grid_to_edge(grid, false);
	grid_to_row(grid, 0);
	draw(f, 21, 80);
	hit = grid_at(grid, grid->head + 2, grid->slots[1].x);
	CHECK(hit.part == GRID_CELL && hit.row == 2 && hit.column == 1);
	hit = grid_at(grid, 1, grid->slots[1].x);
	CHECK(hit.part == GRID_NAME && hit.column == 1);
	hit = grid_at(grid, 1, grid->slots[1].x + grid->slots[1].width);
	CHECK(hit.part == GRID_EDGE && hit.column == 1);
	CHECK(grid_at(grid, 100, 0).part == GRID_NOTHING);
	for (size_t i = 0; i < grid->n_slots; i++) {
		int row, column;

		grid_name_at(grid, i, &row, &column);
		hit = grid_at(grid, row, column);
		CHECK(hit.part == GRID_NAME && hit.column == grid->slots[i].column);
	}
}

/* Any size may come; nothing is drawn outside. */
static void
shrinks(struct fixture *f)
{
	for (int rows = 0; rows < 25; rows++)
		for (int columns = 0; columns < 60; columns += 3)
			draw(f, rows, columns);
	draw(f, 21, 80);
	CHECK(f->grid.n_slots > 5);
}

/* Thousands of columns cost no more than those on view. */
static void
is_wide(void)
{
	enum { N = 3000 };
	static char csv[N * 16], names[N * 8];
	struct fixture f;
	size_t n = 0, m = 0;

	for (int i = 0; i < N; i++) {
		n += (size_t)snprintf(csv + n, sizeof csv - n, "%sv%d:long", i ? "," : "",
				      i);
		m += (size_t)snprintf(names + m, sizeof names - m, "%sv%d", i ? "," : "",
				      i);
	}
	n += (size_t)snprintf(csv + n, sizeof csv - n, "\n");
	for (int i = 0; i < N; i++)
		n += (size_t)snprintf(csv + n, sizeof csv - n, "%s%d", i ? "," : "",
				      i % 10);
	n += (size_t)snprintf(csv + n, sizeof csv - n, "\n");
	begin_bare(&f, (struct text){ csv, n });
	draw(&f, 24, 80);
	CHECK(f.grid.n_slots < 30);
	grid_to_edge(&f.grid, true);
	f.asked = 0;
	draw(&f, 24, 80);
	CHECK(f.grid.slots[f.grid.n_slots - 1].column == N - 1);
	CHECK(f.asked < 100);
	end(&f);
}

static void
caption_is(const char *name, int width, int lines, const char *wanted)
{
	struct caption caption;
	char all[CAPTION_LINES * CAPTION_SIZE + 4] = "";

	caption_wrap(text_of(name), width, lines, &caption);
	for (int i = 0; i < caption.n; i++)
		snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s",
			 i ? "|" : "", caption.lines[i]);
	CHECK_TEXT(all, wanted);
}

static void
captions(void)
{
	caption_is("adr", 5, 2, "adr");
	caption_is("lead_time", 9, 2, "lead_time");
	caption_is("lead_time", 5, 2, "lead|time");
	caption_is("day_of_month", 5, 2, "day|of…");
	caption_is("day_of_month", 5, 3, "day|of|month");
	caption_is("distribution_channel", 9, 2, "distribtn|channel");
	caption_is("cancellations", 8, 2, "cnclltns");
	caption_is("is_repeated_guest", 8, 2, "is|repeate…");
	caption_is("LotFrontage", 8, 2, "Lot|Frontage");
	caption_is("SibSp", 5, 2, "SibSp");
	caption_is("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6", 3, 1, "\xc3\xa4\xc3\xb6…");
	caption_is("", 5, 2, "");
	caption_is("___", 2, 2, "");
	CHECK(caption_common(text_of("stays_in_week"), text_of("stays_in_end")) == 9);
	CHECK(caption_common(text_of("adults"), text_of("adr")) == 0);
	CHECK(caption_common(text_of("a_"), text_of("a_")) == 0);
}

/* A look is noted, and brought back, as far as its columns are there. */
static void
notes(struct fixture *f)
{
	struct arena arena = { 0 };
	struct grid *grid = &f->grid;
	struct grid_look before, now;

	grid_show_all(grid);
	grid_to_column(grid, 2);
	grid_hide(grid);
	grid_freeze(grid);
	grid->columns[5].fixed = 17;
	before = grid_look(grid, &arena);
	now = grid_look(grid, &arena);
	CHECK(grid_look_is(&before, &now));
	grid_show_all(grid);
	grid->columns[5].fixed = 0;
	grid->frozen = 0;
	grid->is_bare = !grid->is_bare;
	grid_to_column(grid, 2);
	now = grid_look(grid, &arena);
	CHECK(!grid_look_is(&before, &now));
	grid_look_at(grid, &before);
	now = grid_look(grid, &arena);
	CHECK(grid_look_is(&before, &now));
	CHECK(grid->columns[2].is_hidden && grid->n_hidden == 1);
	CHECK(grid->columns[5].fixed == 17 && grid->frozen == 4);
	CHECK(grid->column == 3);
	before.n = 0;
	before.frozen = "gone";
	grid_look_at(grid, &before);
	CHECK(grid->frozen == 0 && grid->n_hidden == 0 && grid->columns[5].fixed == 0);
	arena_release(&arena);
}

int
main(void)
{
	static char csv[1 << 16];
	struct fixture f;

	snprintf(scratch, sizeof scratch, "/tmp/test_grid.%ld.csv", (long)getpid());
	captions();
	begin(&f, bookings(csv, sizeof csv), header);
	frames(&f);
	waits(&f);
	moves(&f);
	looks(&f);
	adopts(&f);
	hits(&f);
	notes(&f);
	shrinks(&f);
	end(&f);
	is_wide();
	unlink(scratch);
	return check_report();
}
