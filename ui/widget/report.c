/* report - its parts, and JSON of them; report_print.c has what people read. */
#include "widget/report.h"

#include <math.h>

#include "widget/figure.h"
#include "widget/report_parts.h"

enum { MARKDOWN, TEXT, HTML, JSON };

const struct ending report_endings[] = {
	[MARKDOWN] = { ".md", "a document in Markdown" },
	[TEXT] = { ".txt", "plain text" },
	[HTML] = { ".html", "a page for a browser" },
	[JSON] = { ".json", "for programs" },
	{ 0 },
};

void
report_init(struct report *report, const char *title, struct arena *arena)
{
	*report = (struct report){ .arena = arena, .title = arena_text(arena, title) };
}

void
report_line(struct report *report, const char *line)
{
	names_add(&report->lines, arena_text(report->arena, line), report->arena);
}

struct report_section *
report_section(struct report *report, const char *title, const char *const *columns)
{
	const size_t size = sizeof *report->sections;
	struct report_section *section;

	report->sections = arena_grow(report->arena, report->sections, report->n * size,
				      (report->n + 1) * size);
	section = &report->sections[report->n++];
	*section = (struct report_section){ .title = title, .columns = columns };
	while (columns[section->n_columns])
		section->n_columns++;
	return section;
}

struct report_cell *
report_row(struct report *report, struct report_section *section)
{
	const size_t size = section->n_columns * sizeof *section->cells;

	if (section->n == section->room) {
		section->room = section->room ? 2 * section->room : 16;
		section->cells = arena_grow(report->arena, section->cells,
					    section->n * size, section->room * size);
	}
	return section->cells + section->n++ * section->n_columns;
}

struct report_cell
report_text(const char *text)
{
	return (struct report_cell){ .text = text };
}

struct report_cell
report_count(const struct report *report, uint64_t n)
{
	char text[FIGURE_SIZE];

	figure_count(n, text);
	return (struct report_cell){ arena_text(report->arena, text),
				     json_new_long((int64_t)n, report->arena) };
}

struct report_cell
report_number(const struct report *report, double x, const char *text)
{
	if (isnan(x))
		return (struct report_cell){ 0 };
	return (struct report_cell){ arena_text(report->arena, text),
				     isfinite(x) ? json_new_double(x, report->arena)
						 : NULL };
}

/* --- JSON --- */

static const struct json *
row_json(const struct report_section *section, size_t row, struct arena *arena)
{
	const struct json *object = json_new_object();

	for (size_t i = 0; i < section->n_columns; i++) {
		const struct report_cell *cell =
			&section->cells[row * section->n_columns + i];
		const struct json *value = cell->value ? cell->value
					   : !cell->text
						   ? json_new_null()
						   : json_new_string(cell->text, arena);

		object = json_with(object, section->columns[i], value, arena);
	}
	return object;
}

static const struct json *
section_json(const struct report_section *section, struct arena *arena)
{
	const struct json **rows =
		ARENA_ARRAY(arena, section->n + 1, const struct json *);

	for (size_t i = 0; i < section->n; i++)
		rows[i] = row_json(section, i, arena);
	return json_new_list(rows, section->n, arena);
}

/* "Warnings": "warnings" */
static const char *
key_of(const char *title, struct arena *arena)
{
	char *key = arena_text(arena, title);

	if (*key >= 'A' && *key <= 'Z')
		*key += 'a' - 'A';
	return key;
}

static bool
print_json(const struct report *report, struct buffer *out, struct error *err)
{
	static const struct json_style style = { .indent = 2, .newline = true };
	struct arena *arena = report->arena;
	const struct json *o = json_with(json_new_object(), "title",
					 json_new_string(report->title, arena), arena);
	const struct json **lines =
		ARENA_ARRAY(arena, report->lines.n + 1, const struct json *);

	for (size_t i = 0; i < report->lines.n; i++)
		lines[i] = json_new_string(report->lines.at[i], arena);
	o = json_with(o, "summary", json_new_list(lines, report->lines.n, arena), arena);
	for (size_t i = 0; i < report->n; i++)
		o = json_with(o, key_of(report->sections[i].title, arena),
			      section_json(&report->sections[i], arena), arena);
	return json_write(o, &style, out, err);
}

bool
report_print(const struct report *report, const struct ending *ending, struct buffer *out,
	     struct error *err)
{
	if (ending == &report_endings[JSON])
		return print_json(report, out, err);
	if (ending == &report_endings[HTML])
		return report_print_html(report, out, err);
	return ending == &report_endings[MARKDOWN]
		       ? report_print_markdown(report, out, err)
		       : report_print_text(report, out, err);
}
