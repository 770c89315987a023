/* report_print - a report for people: tables in Markdown, in columns of text, in HTML. */
#include "base/markup.h"
#include "term/clean.h"
#include "widget/report_parts.h"

enum { WIDTH_MOST = 60 };

/* A number stands at the right. */
static bool
is_right(const struct report_cell *cell)
{
	return cell->value != NULL;
}

static bool
is_right_column(const struct report_section *section, size_t column)
{
	for (size_t row = 0; row < section->n; row++) {
		const struct report_cell *cell =
			&section->cells[row * section->n_columns + column];

		if (cell->text)
			return is_right(cell);
	}
	return false;
}

static const char *
text_at(const struct report_section *section, size_t row, size_t column)
{
	const char *text = section->cells[row * section->n_columns + column].text;

	return text ? text : "";
}

/* --- Markdown --- */

static bool
markdown_cell(const char *text, bool is_first, struct buffer *out, struct error *err)
{
	return buffer_put(out, is_first ? "| " : " ", err) &&
	       markup_markdown(text_of(text), out, err) && buffer_put(out, " |", err);
}

static bool
markdown_table(const struct report_section *section, struct buffer *out,
	       struct error *err)
{
	const size_t n = section->n_columns;
	bool ok = true;

	for (size_t i = 0; ok && i < n; i++)
		ok = markdown_cell(section->columns[i], i == 0, out, err);
	ok = ok && buffer_put(out, "\n|", err);
	for (size_t i = 0; ok && i < n; i++)
		ok = buffer_put(out, is_right_column(section, i) ? " ---: |" : " --- |",
				err);
	ok = ok && buffer_put(out, "\n", err);
	for (size_t row = 0; ok && row < section->n; row++) {
		for (size_t i = 0; ok && i < n; i++)
			ok = markdown_cell(text_at(section, row, i), i == 0, out, err);
		ok = ok && buffer_put(out, "\n", err);
	}
	return ok;
}

bool
report_print_markdown(const struct report *report, struct buffer *out, struct error *err)
{
	bool ok = buffer_put(out, "# ", err) &&
		  markup_markdown(text_of(report->title), out, err) &&
		  buffer_put(out, "\n", err);

	for (size_t i = 0; ok && i < report->lines.n; i++)
		ok = buffer_put(out, "\n", err) &&
		     markup_markdown(text_of(report->lines.at[i]), out, err) &&
		     buffer_put(out, "\n", err);
	for (size_t i = 0; ok && i < report->n; i++) {
		const struct report_section *section = &report->sections[i];

		ok = buffer_put(out, "\n## ", err) &&
		     buffer_put(out, section->title, err) &&
		     buffer_put(out, "\n\n", err) &&
		     (section->n ? markdown_table(section, out, err)
				 : buffer_put(out, "nothing\n", err));
	}
	return ok;
}

/* --- text --- */

static int
width_of(const struct report_section *section, size_t column)
{
	int width = clean_columns(text_of(section->columns[column]), WIDTH_MOST);

	for (size_t row = 0; row < section->n; row++) {
		const int its =
			clean_columns(text_of(text_at(section, row, column)), WIDTH_MOST);

		width = its > width ? its : width;
	}
	return width < WIDTH_MOST ? width : WIDTH_MOST;
}

static bool
put_blanks(int n, struct buffer *out, struct error *err)
{
	while (n-- > 0)
		if (!buffer_put(out, " ", err))
			return false;
	return true;
}

/* A text that is longer than its column pushes the others. */
static bool
text_cell(const char *text, int width, bool right, struct buffer *out,
	  struct arena *arena, struct error *err)
{
	const struct text clean = clean_text(text_of(text), arena);
	const int blanks = width - clean_columns(clean, WIDTH_MOST);

	return put_blanks(right ? blanks : 0, out, err) &&
	       buffer_append(out, clean.data, clean.size, err) &&
	       put_blanks((right ? 0 : blanks) + 2, out, err);
}

static bool
text_row(const struct report_section *section, const int *widths, size_t row,
	 bool is_head, struct buffer *out, struct arena *arena, struct error *err)
{
	const size_t n = section->n_columns;
	bool ok = buffer_put(out, "  ", err);

	for (size_t i = 0; ok && i < n; i++)
		ok = text_cell(is_head ? section->columns[i] : text_at(section, row, i),
			       widths[i], is_right_column(section, i), out, arena, err);
	while (ok && out->data[out->size - 1] == ' ')
		out->size--;
	return ok && buffer_put(out, "\n", err);
}

static bool
text_table(const struct report_section *section, struct buffer *out, struct arena *arena,
	   struct error *err)
{
	int *widths = ARENA_ARRAY(arena, section->n_columns, int);
	bool ok;

	for (size_t i = 0; i < section->n_columns; i++)
		widths[i] = width_of(section, i);
	ok = text_row(section, widths, 0, true, out, arena, err);
	for (size_t row = 0; ok && row < section->n; row++)
		ok = text_row(section, widths, row, false, out, arena, err);
	return ok;
}

static bool
text_line(const char *line, struct buffer *out, struct arena *arena, struct error *err)
{
	const struct text clean = clean_text(text_of(line), arena);

	return buffer_append(out, clean.data, clean.size, err) &&
	       buffer_put(out, "\n", err);
}

bool
report_print_text(const struct report *report, struct buffer *out, struct error *err)
{
	struct arena *arena = report->arena;
	bool ok = text_line(report->title, out, arena, err);

	for (size_t i = 0; ok && i < report->lines.n; i++)
		ok = text_line(report->lines.at[i], out, arena, err);
	for (size_t i = 0; ok && i < report->n; i++) {
		const struct report_section *section = &report->sections[i];

		ok = buffer_put(out, "\n", err) &&
		     text_line(section->title, out, arena, err) &&
		     (section->n ? text_table(section, out, arena, err)
				 : buffer_put(out, "  nothing\n", err));
	}
	return ok;
}

/* --- HTML --- */

static bool
html_cell(const char *tag, const char *text, bool right, struct buffer *out,
	  struct error *err)
{
	return buffer_put(out, "<", err) && buffer_put(out, tag, err) &&
	       buffer_put(out, right ? " class=\"n\">" : ">", err) &&
	       markup_xml(text_of(text), out, err) && buffer_put(out, "</", err) &&
	       buffer_put(out, tag, err) && buffer_put(out, ">", err);
}

static bool
html_table(const struct report_section *section, struct buffer *out, struct error *err)
{
	const size_t n = section->n_columns;
	bool ok = buffer_put(out, "<table>\n<tr>", err);

	for (size_t i = 0; ok && i < n; i++)
		ok = html_cell("th", section->columns[i], is_right_column(section, i),
			       out, err);
	ok = ok && buffer_put(out, "</tr>\n", err);
	for (size_t row = 0; ok && row < section->n; row++) {
		ok = buffer_put(out, "<tr>", err);
		for (size_t i = 0; ok && i < n; i++)
			ok = html_cell("td", text_at(section, row, i),
				       is_right_column(section, i), out, err);
		ok = ok && buffer_put(out, "</tr>\n", err);
	}
	return ok && buffer_put(out, "</table>\n", err);
}

/* Nothing is fetched, and nothing runs. */
bool
report_print_html(const struct report *report, struct buffer *out, struct error *err)
{
	static const char style[] =
		"<style>\n"
		"body { font: 15px/1.5 system-ui, sans-serif; margin: 2em; }\n"
		"table { border-collapse: collapse; }\n"
		"th, td { padding: .2em .8em .2em 0; text-align: left; "
		"border-bottom: 1px solid #ccc; }\n"
		".n { text-align: right; font-variant-numeric: tabular-nums; }\n"
		"</style>\n";
	bool ok =
		buffer_put(
			out,
			"<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n",
			err) &&
		html_cell("title", report->title, false, out, err) &&
		buffer_put(out, "\n", err) && buffer_put(out, style, err) &&
		html_cell("h1", report->title, false, out, err) &&
		buffer_put(out, "\n", err);

	for (size_t i = 0; ok && i < report->lines.n; i++)
		ok = html_cell("p", report->lines.at[i], false, out, err) &&
		     buffer_put(out, "\n", err);
	for (size_t i = 0; ok && i < report->n; i++) {
		const struct report_section *section = &report->sections[i];

		ok = html_cell("h2", section->title, false, out, err) &&
		     buffer_put(out, "\n", err) &&
		     (section->n ? html_table(section, out, err)
				 : buffer_put(out, "<p>nothing</p>\n", err));
	}
	return ok && buffer_put(out, "</html>\n", err);
}
