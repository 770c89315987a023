/*
 * chart_table - the numbers of a chart in lines of text.
 */
#include <stdarg.h>
#include <stdio.h>

#include "widget/chart_parts.h"

enum { TABLE_BINS = 40 };

/* Lines that grow; the first failure sticks. */
struct page {
	struct buffer *out;
	struct error *err;
	bool ok;
};

static void PRINTF_LIKE(2, 3) put(struct page *page, const char *format, ...)
{
	char line[1024];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line, sizeof line, format, args);
	va_end(args);
	if (n >= (int)sizeof line)
		n = (int)sizeof line - 1;
	page->ok = page->ok && buffer_append(page->out, line, (size_t)n, page->err);
}

static void
put_pairs(struct page *page, const struct chart_pairs *pairs)
{
	for (size_t i = 0; i < pairs->n; i++)
		for (size_t k = 0; k < i; k++)
			put(page, "%+.4f  %llu rows  %s × %s\n",
			    pairs->r[i * pairs->n + k],
			    (unsigned long long)pairs->rows[i * pairs->n + k],
			    pairs->names[k], pairs->names[i]);
}

static void
put_total(struct page *page, const char *label, const struct chart_data *data,
	  const struct total *total)
{
	char number[CHART_LABEL];

	if (total->rows == 0)
		return;
	figure_count(total->rows, number);
	put(page, "%12s", number);
	if (data->plan.agg != AGG_COUNT)
		put(page, "  %14.6g", total_value(total, data->plan.agg));
	put(page, "  %s\n", label);
}

static void
put_classes(struct page *page, const struct chart_data *data)
{
	for (size_t x = 0; x < data->x.n; x++) {
		struct total total = { 0 };

		for (size_t i = 0; i < data->n; i++)
			if (data->cells[i].x == (int64_t)x)
				total_add(&total, &data->cells[i]);
		put_total(page, data->x.classes[x].name, data, &total);
	}
}

static void
put_crossed(struct page *page, const struct chart_data *data)
{
	for (size_t i = 0; i < data->n; i++) {
		const struct chart_cell *cell = &data->cells[i];
		char number[CHART_LABEL];

		figure_count(cell->rows, number);
		put(page, "%12s  %s · %s\n", number, data->x.classes[cell->x].name,
		    data->y.classes[cell->y].name);
	}
}

void
chart_table_bins(const struct chart_data *data, struct bins *out)
{
	bins_make(&data->x, data->spec.bins > 0 ? (int)data->spec.bins : TABLE_BINS, out);
}

static void
put_bins(struct page *page, const struct chart_data *data)
{
	struct total totals[BINS_MOST + 2] = { 0 };
	struct bins bins;
	char low[CHART_LABEL], high[CHART_LABEL], label[2 * CHART_LABEL + 8];

	chart_table_bins(data, &bins);
	for (size_t i = 0; i < data->n; i++) {
		const int bin = bins_find(&bins, data->cells[i].x);

		total_add(&totals[bin >= 0                           ? bin
				  : data->cells[i].x == CELL_MISSING ? bins.n
								     : bins.n + 1],
			  &data->cells[i]);
	}
	for (int i = 0; i < bins.n; i++) {
		chart_print(&data->x, chart_value(&data->x, bins.edges[i]), low);
		chart_print(&data->x, chart_value(&data->x, bins.edges[i + 1]), high);
		snprintf(label, sizeof label, "%s to %s", low, high);
		put_total(page, label, data, &totals[i]);
	}
	put_total(page, "missing", data, &totals[bins.n]);
	put_total(page, "off-scale", data, &totals[bins.n + 1]);
}

bool
chart_table(const struct chart_data *data, struct buffer *out, struct error *err)
{
	struct page page = { out, err, true };

	if (data->plan.mark == MARK_CORRELATION)
		put_pairs(&page, &data->pairs);
	else if (data->plan.mark == MARK_HEAT)
		put_crossed(&page, data);
	else if (data->x.channel.kind == CHANNEL_CLASS)
		put_classes(&page, data);
	else
		put_bins(&page, data);
	return page.ok;
}
