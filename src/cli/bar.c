/* bar - progress, drawn rarely enough to cost nothing. */
#include "cli/bar.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"

/* What is known of speed and end: "  98 MB/s  ETA 3 s". */
static void
draw_speed(const struct eta *eta)
{
	const double bytes = eta_bytes_rate(eta), rows = eta_rows_rate(eta);
	char left[ETA_SIZE];

	if (isfinite(bytes))
		fprintf(stderr, ", %.3g MB/s", bytes / 1e6);
	else if (isfinite(rows))
		fprintf(stderr, ", %.3g rows/s", rows);
	eta_print(eta, left);
	if (*left)
		fprintf(stderr, ", %s", left);
}

static void
draw_bar(struct bar *bar)
{
	enum { WIDTH = 24 };
	const struct run_progress *p = &bar->eta.at;
	const double share = eta_all(&bar->eta);

	fprintf(stderr, "\r\033[K%s (pass %zu) [", p->what, p->pass);
	for (int i = 0; i < WIDTH; i++)
		putc(i < share * WIDTH ? '#' : '.', stderr);
	fprintf(stderr, "] %d%%, %llu rows", (int)(share * 100),
		(unsigned long long)p->rows);
	draw_speed(&bar->eta);
	bar->visible = true;
}

static void
draw_plain(const struct bar *bar)
{
	const struct run_progress *p = &bar->eta.at;

	fprintf(stderr, "%s, pass %zu: %d%% of all, %llu rows", p->what, p->pass,
		(int)(eta_all(&bar->eta) * 100), (unsigned long long)p->rows);
	draw_speed(&bar->eta);
	fprintf(stderr, ", %.0f s\n", bar->eta.now);
}

static const struct json *
known(double x, struct arena *arena)
{
	return isfinite(x) ? json_new_double(x, arena) : json_new_null();
}

/* On one line; nothing, if there is no memory for it. */
static void
print_line(const struct json *value)
{
	struct error err;
	struct buffer *out = buffer_new(0, &err);

	if (out && json_write(value, NULL, out, &err)) {
		fwrite(out->data, 1, out->size, stderr);
		putc('\n', stderr);
	}
	buffer_drop(out);
}

static void
draw_json(const struct bar *bar)
{
	const struct eta *eta = &bar->eta;
	const struct run_progress *p = &eta->at;
	const struct json *o = json_new_object();
	struct arena arena = { 0 };

	o = json_with(o, "what", json_new_string(p->what, &arena), &arena);
	o = json_with(o, "pass", json_new_long((int64_t)p->pass, &arena), &arena);
	o = json_with(o, "done", json_new_long((int64_t)p->done, &arena), &arena);
	o = json_with(o, "total", json_new_long((int64_t)p->total, &arena), &arena);
	o = json_with(o, "unit", json_new_string(p->in_bytes ? "bytes" : "parts", &arena),
		      &arena);
	o = json_with(o, "rows", json_new_long((int64_t)p->rows, &arena), &arena);
	o = json_with(o, "seconds", known(eta->now, &arena), &arena);
	o = json_with(o, "share", known(eta_all(eta), &arena), &arena);
	o = json_with(o, "rows_per_second", known(eta_rows_rate(eta), &arena), &arena);
	o = json_with(o, "bytes_per_second", known(eta_bytes_rate(eta), &arena), &arena);
	o = json_with(o, "seconds_left", known(eta_left(eta), &arena), &arena);
	print_line(o);
	arena_release(&arena);
}

static void
draw(struct bar *bar)
{
	if (bar->kind == BAR_BAR)
		draw_bar(bar);
	else if (bar->kind == BAR_PLAIN)
		draw_plain(bar);
	else
		draw_json(bar);
	fflush(stderr);
}

static void
tell(void *context, const struct run_progress *progress)
{
	struct bar *bar = context;
	double now = clock_seconds();

	eta_note(&bar->eta, progress, now - bar->started);
	if (now - bar->drawn < (bar->kind == BAR_PLAIN ? 1.0 : 0.25))
		return;
	bar->drawn = now;
	draw(bar);
}

void
bar_start(struct bar *bar, enum bar_kind kind, struct run_options *options)
{
	if (kind == BAR_AUTO)
		kind = isatty(STDERR_FILENO) ? BAR_BAR : BAR_NONE;
	*bar = (struct bar){ .kind = kind, .started = clock_seconds() };
	eta_init(&bar->eta);
	bar->drawn = bar->started; /* nothing before the first interval is over */
	if (kind == BAR_NONE)
		return;
	options->progress = tell;
	options->progress_context = bar;
}

void
bar_end(struct bar *bar)
{
	if (bar->visible)
		fprintf(stderr, "\r\033[K");
}
