/* bar - progress, drawn rarely enough to cost nothing. */
#include "cli/bar.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

static void
draw_bar(struct bar *bar, const struct run_progress *p)
{
	enum { WIDTH = 24 };
	size_t full = p->total ? p->done * WIDTH / p->total : 0;

	fprintf(stderr, "\r\033[K%s (pass %zu) [", p->what, p->pass);
	for (size_t i = 0; i < WIDTH; i++)
		putc(i < full ? '#' : '.', stderr);
	fprintf(stderr, "] %llu rows", (unsigned long long)p->rows);
	bar->visible = true;
}

static void
draw(struct bar *bar, const struct run_progress *p, double now)
{
	if (bar->kind == BAR_BAR)
		draw_bar(bar, p);
	else if (bar->kind == BAR_PLAIN)
		fprintf(stderr, "%s, pass %zu: %zu of %zu chunks, %llu rows, %.0f s\n",
			p->what, p->pass, p->done, p->total, (unsigned long long)p->rows,
			now - bar->started);
	else
		fprintf(stderr,
			"{\"what\": \"%s\", \"pass\": %zu, \"done\": %zu, \"total\": "
			"%zu, "
			"\"rows\": %llu, \"seconds\": %.3f}\n",
			p->what, p->pass, p->done, p->total, (unsigned long long)p->rows,
			now - bar->started);
	fflush(stderr);
}

static void
tell(void *context, const struct run_progress *progress)
{
	struct bar *bar = context;
	double now = clock_seconds();

	if (now - bar->drawn < (bar->kind == BAR_PLAIN ? 1.0 : 0.25))
		return;
	bar->drawn = now;
	draw(bar, progress, now);
}

void
bar_start(struct bar *bar, enum bar_kind kind, struct run_options *options)
{
	if (kind == BAR_AUTO)
		kind = isatty(STDERR_FILENO) ? BAR_BAR : BAR_NONE;
	*bar = (struct bar){ .kind = kind, .started = clock_seconds() };
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
