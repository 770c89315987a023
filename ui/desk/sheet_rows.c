/*
 * sheet_rows - windows on the rows: a thread reads the one that was asked for last, the
 * screen keeps some of them.
 *
 * When the rows on view become others (in order, say) the old windows are shown until the
 * first of the new ones is there.
 */
#include "desk/sheet_parts.h"

/* The newest request, waited for; false: there will be none. */
static bool
next_request(struct core *core, struct span *span, size_t *rows, struct store **store,
	     bool *urgent)
{
	bool any;

	core_lock(core);
	core->is_reading = false;
	while (!core->is_closed && !(core->is_asked && core->shown))
		pthread_cond_wait(&core->changed, &core->lock);
	any = !core->is_closed;
	if (any) {
		*span = (struct span){ core->epoch, core->asked_first, NULL };
		*rows = core->asked_rows;
		*urgent = core->is_urgent;
		*store = store_share(core->shown);
		core->is_asked = false;
		core->is_reading = true;
		core->reading_epoch = core->epoch;
	}
	core_unlock(core);
	return any;
}

static void
deliver(struct core *core, struct span *span, bool urgent)
{
	core_lock(core);
	if (core->n_ready == READY) {
		batch_free(core->ready[0].rows);
		memmove(core->ready, core->ready + 1,
			(READY - 1) * sizeof core->ready[0]);
		core->n_ready--;
	}
	core->ready[core->n_ready++] = *span;
	core->has_served = true;
	pthread_cond_broadcast(&core->changed);
	if (urgent)
		core_tell(core);
	core_unlock(core);
}

static void
break_off(struct core *core, unsigned epoch, const struct error *err)
{
	core_lock(core);
	core->is_broken |= core->epoch == epoch;
	core_unlock(core);
	core_fail(core, err);
}

void
serve_rows(void *context, const atomic_bool *cancel)
{
	struct core *core = context;
	struct span span;
	struct store *store;
	struct error err;
	size_t rows;
	bool urgent;

	(void)cancel;
	while (next_request(core, &span, &rows, &store, &urgent)) {
		if (!store_read(store, span.first, rows, NULL, &span.rows, &err))
			break_off(core, span.epoch, &err);
		else if (span.rows->rows)
			deliver(core, &span, urgent);
		else
			batch_free(span.rows);
		store_drop(store);
	}
}

void
spans_release(struct spans *spans)
{
	for (size_t i = 0; i < SPANS; i++)
		batch_free(spans->at[i].rows);
	*spans = (struct spans){ 0 };
}

/* In front of the others; the oldest goes. */
static void
put(struct spans *spans, const struct span *span)
{
	batch_free(spans->at[SPANS - 1].rows);
	memmove(spans->at + 1, spans->at, (SPANS - 1) * sizeof spans->at[0]);
	spans->at[0] = *span;
}

static void
forget_older(struct spans *spans, unsigned epoch)
{
	for (size_t i = 0; i < SPANS; i++) {
		struct span *span = &spans->at[i];

		if (span->rows && span->epoch != epoch) {
			batch_free(span->rows);
			*span = (struct span){ 0 };
		}
	}
}

/* What was read meanwhile, and what is on view now. */
static void
take_ready(struct spans *spans, struct core *core)
{
	struct span ready[READY];
	size_t n;

	if (!core_try(core))
		return;
	n = core->n_ready;
	memcpy(ready, core->ready, n * sizeof ready[0]);
	core->n_ready = 0;
	spans->epoch = core->epoch;
	spans->rows = core->state.rows;
	spans->window = core->shown ? store_window(core->shown) : 0;
	core_unlock(core);
	for (size_t i = 0; i < n; i++) {
		if (ready[i].epoch == spans->epoch) {
			forget_older(spans, spans->epoch);
			put(spans, &ready[i]);
		} else {
			batch_free(ready[i].rows);
		}
	}
}

/* The window that has most rows from `first` on. */
static const struct span *
find(const struct spans *spans, uint64_t first, size_t *there)
{
	const struct span *best = NULL;

	*there = 0;
	for (size_t i = 0; i < SPANS; i++) {
		const struct span *span = &spans->at[i];
		const uint64_t end = span->rows ? span->first + span->rows->rows : 0;

		if (span->rows && span->first <= first && first + *there < end) {
			*there = (size_t)(end - first);
			best = span;
		}
	}
	return best;
}

static void
ask(struct core *core, uint64_t first, size_t rows, bool urgent)
{
	bool is_same;

	if (!core_try(core))
		return;
	is_same = core->is_reading && core->epoch == core->reading_epoch &&
		  core->asked_first == first && core->asked_rows == rows;
	if (!core->is_broken && !is_same &&
	    !(core->is_asked && core->is_urgent && !urgent)) {
		core->is_asked = true;
		core->is_urgent = urgent;
		core->asked_first = first;
		core->asked_rows = rows;
		pthread_cond_broadcast(&core->changed);
	}
	core_unlock(core);
}

/* A window of rows with a quarter of them behind the user's back. */
static void
ask_for(const struct spans *spans, struct core *core, uint64_t first, size_t n)
{
	const size_t size = spans->window > 2 * n ? spans->window : 2 * n;
	const size_t back = first >= spans->last ? (size - n) / 4 : (size - n) / 4 * 3;

	ask(core, first > back ? first - back : 0, size, true);
}

/* Before one is there: a quarter of a window on, or back. */
static void
ask_ahead(const struct spans *spans, struct core *core, uint64_t first, size_t n)
{
	const size_t window = spans->window;
	const uint64_t far = n + window / 4;
	const uint64_t ahead = first + far, behind = first > far ? first - far : 0;
	size_t there;

	if (ahead < spans->rows && !find(spans, ahead, &there))
		ask(core, first, window, false);
	else if (first && !find(spans, behind, &there))
		ask(core, first + n > window ? first + n - window : 0, window, false);
}

const struct batch *
spans_rows(struct spans *spans, struct core *core, uint64_t first, size_t *n, size_t *at)
{
	const struct span *span;
	size_t there, wanted;

	take_ready(spans, core);
	wanted = first >= spans->rows       ? 0
		 : spans->rows - first < *n ? (size_t)(spans->rows - first)
					    : *n;
	span = find(spans, first, &there);
	if (span && span->epoch == spans->epoch && there >= wanted) {
		ask_ahead(spans, core, first, wanted);
	} else if (wanted) {
		ask_for(spans, core, first, wanted);
		spans->last = first;
	}
	*n = there < wanted ? there : wanted;
	if (!span || *n == 0)
		return NULL;
	*at = (size_t)(first - span->first);
	return span->rows;
}
