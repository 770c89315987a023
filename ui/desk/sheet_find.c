/*
 * sheet_find - the next row that shows a text.
 *
 * Rows are read some at a time, of the columns that may show it alone; a text of a
 * dictionary is looked at once for all rows that have it. Rows that are yet to come are
 * waited for.
 */
#include <stdlib.h>
#include <time.h>

#include "base/casing.h"
#include "data/cast.h"
#include "desk/sheet_parts.h"

enum { CELLS = 1 << 19, LEAST = 256, MOST = 1 << 15, WAIT = 50 /* milliseconds */ };

struct search {
	struct core *core;
	unsigned number;
	struct store *store;
	struct arena arena;
	struct text needle;
	bool fold; /* capitals are as small letters */
	int column;
	uint64_t from;
	bool backwards;
	bool *wanted;
	struct buffer *cell, *folded;
	bool *shows; /* by word of a dictionary */
	size_t shows_room;
	const atomic_bool *cancel;
};

static void
search_free(void *context)
{
	struct search *s = context;

	core_drop(s->core);
	store_drop(s->store);
	buffer_drop(s->cell);
	buffer_drop(s->folded);
	free(s->shows);
	arena_release(&s->arena);
	free(s);
}

static bool
is_plain(struct text t)
{
	unsigned char all = 0;

	for (size_t i = 0; i < t.size; i++)
		all |= (unsigned char)t.data[i];
	return all < 0x80;
}

/* In small letters; plain ones are had quickly. */
static bool
fold(struct text t, struct buffer *out, struct error *err)
{
	out->size = 0;
	if (!is_plain(t))
		return casing_lower(t, out, err);
	if (!buffer_resize(out, t.size, err))
		return false;
	for (size_t i = 0; i < t.size; i++) {
		const unsigned char c = (unsigned char)t.data[i];

		out->data[i] = (char)(c + (c >= 'A' && c <= 'Z' ? 'a' - 'A' : 0));
	}
	return true;
}

static bool
shows(struct search *s, struct text t, bool *found, struct error *err)
{
	if (s->fold) {
		if (!fold(t, s->folded, err))
			return false;
		t = (struct text){ s->folded->data, s->folded->size };
	}
	*found = memmem(t.data, t.size, s->needle.data, s->needle.size) != NULL;
	return true;
}

static bool
cell_shows(struct search *s, const struct column *c, size_t row, bool *found,
	   struct error *err)
{
	*found = false;
	if (column_is_null(c, row))
		return true;
	if (c->type == TYPE_STRING)
		return shows(s, column_text(c, row), found, err);
	s->cell->size = 0;
	return cell_print(c, row, s->cell, err) &&
	       shows(s, (struct text){ s->cell->data, s->cell->size }, found, err);
}

/* Which of the words show it. */
static bool
look_at_words(struct search *s, const struct column *words, struct error *err)
{
	if (words->rows > s->shows_room) {
		bool *more = realloc(s->shows, words->rows * sizeof *more);

		if (!more)
			return fail(err, "out of memory: the system refused %zu words",
				    words->rows);
		s->shows = more;
		s->shows_room = words->rows;
	}
	for (size_t i = 0; i < words->rows; i++)
		if (!cell_shows(s, words, i, &s->shows[i], err))
			return false;
	return true;
}

/* The first of the rows [0, n), or the last, backwards; n: there is none. */
static bool
find_in(struct search *s, const struct column *c, size_t first, size_t n, size_t *row,
	struct error *err)
{
	const bool by_word =
		c->layout == LAYOUT_DICTIONARY && c->dictionary->rows < n - first;

	*row = n;
	if (by_word && !look_at_words(s, c->dictionary, err))
		return false;
	for (size_t i = first; i < n; i++) {
		const size_t at = s->backwards ? n - 1 - (i - first) : i;
		bool found;

		if (by_word)
			found = !column_is_null(c, at) && s->shows[column_ints(c)[at]];
		else if (!cell_shows(s, c, at, &found, err))
			return false;
		if (found) {
			*row = at;
			return true;
		}
	}
	return true;
}

/* *column -1: none of these rows. */
static bool
find_row(struct search *s, const struct batch *rows, size_t *row, int *column,
	 struct error *err)
{
	size_t first = 0, n = rows->rows;

	*column = -1;
	for (size_t i = 0; i < rows->n && first < n; i++) {
		size_t at;

		if (!rows->at[i])
			continue;
		if (!find_in(s, rows->at[i], first, n, &at, err))
			return false;
		if (at == n)
			continue;
		*row = at;
		*column = (int)i;
		if (s->backwards)
			first = at + 1;
		else
			n = at;
	}
	return true;
}

/* Numbers and moments are made of few characters. */
static bool
may_show(enum type type, struct text needle)
{
	const char *made_of = type & TYPE_NUMERIC    ? "0123456789.-+einfatyEINFATY"
			      : type & TYPE_TEMPORAL ? "0123456789.-+: tzTZ"
			      : type == TYPE_BOOL    ? "truefalsTRUEFALS"
						     : NULL;

	for (size_t i = 0; made_of && i < needle.size; i++)
		if (!needle.data[i] || !strchr(made_of, needle.data[i]))
			return false;
	return true;
}

static bool
choose_columns(struct search *s)
{
	const struct schema *schema = store_schema(s->store);
	bool any = false;

	s->wanted = ARENA_ARRAY(&s->arena, schema->n + 1, bool);
	for (size_t i = 0; i < schema->n; i++) {
		s->wanted[i] = (s->column < 0 || (size_t)s->column == i) &&
			       may_show(schema->at[i].type, s->needle);
		any |= s->wanted[i];
	}
	return any;
}

/* Are there rows behind `at`, or will there be none? */
static bool
wait_for_rows(struct search *s, uint64_t at)
{
	struct core *core = s->core;
	bool more;

	core_lock(core);
	while (!(more = store_rows(s->store) > at) && !core->is_filled &&
	       core->shown == s->store && !core->is_closed && !atomic_load(s->cancel))
		core_wait(core, WAIT);
	core_unlock(core);
	return more || store_rows(s->store) > at;
}

/* The next rows to look at; false: there are none. */
static bool
next_rows(struct search *s, uint64_t *first, size_t *n)
{
	const size_t cells = CELLS / (store_schema(s->store)->n + 1);
	const size_t most = cells < LEAST ? LEAST : cells > MOST ? MOST : cells;
	uint64_t end;

	if (!s->backwards) {
		*first = s->from;
		*n = most;
		return wait_for_rows(s, s->from);
	}
	end = store_rows(s->store);
	if (end > s->from)
		end = s->from + 1;
	*n = end < most ? (size_t)end : most;
	*first = end - *n;
	return end > 0;
}

static void
answer(struct search *s, enum sheet_answer what, uint64_t row, int column)
{
	struct core *core = s->core;

	core_lock(core);
	if (core->search == s->number) {
		core->answer = what;
		core->found_row = row;
		core->found_column = column;
		core_tell(core);
	}
	core_unlock(core);
}

static bool
search_rows(struct search *s, bool *found, uint64_t *row, int *column, struct error *err)
{
	uint64_t first;
	size_t n, at = 0;

	*found = false;
	while (!*found && !atomic_load(s->cancel) && next_rows(s, &first, &n)) {
		struct batch *rows;
		bool ok;

		if (!store_read(s->store, first, n, s->wanted, &rows, err))
			return false;
		ok = find_row(s, rows, &at, column, err);
		n = rows->rows;
		batch_free(rows);
		if (!ok)
			return false;
		*found = *column >= 0;
		*row = first + at;
		if (n == 0 || (s->backwards && first == 0))
			return true;
		s->from = s->backwards ? first - 1 : first + n;
	}
	return true;
}

static void
search(void *context, const atomic_bool *cancel)
{
	struct search *s = context;
	struct error err;
	uint64_t row = 0;
	int column = -1;
	bool found = false;

	s->cancel = cancel;
	if (choose_columns(s) && !search_rows(s, &found, &row, &column, &err))
		core_fail(s->core, &err);
	answer(s, found ? SHEET_FOUND : SHEET_NOT_FOUND, row, column);
}

/* Small letters stand for both. */
static bool
set_needle(struct search *s, const char *text, struct error *err)
{
	const struct text t = text_of(text);

	if (!(s->cell = buffer_new(0, err)) || !(s->folded = buffer_new(0, err)) ||
	    !fold(t, s->folded, err))
		return false;
	s->needle = (struct text){ arena_text(&s->arena, text), t.size };
	s->fold = text_equal(t, (struct text){ s->folded->data, s->folded->size });
	return true;
}

static struct search *
new_search(struct core *core, const struct search_spec *spec, struct error *err)
{
	struct search *s = calloc(1, sizeof *s);

	if (!s) {
		fail(err, "out of memory: the system refused a search");
		return NULL;
	}
	s->core = core_share(core);
	s->column = spec->column;
	s->from = spec->from;
	s->backwards = spec->backwards;
	if (set_needle(s, spec->text, err))
		return s;
	search_free(s);
	return NULL;
}

/* It is the newest; false: there are no rows to look at. */
static bool
become_newest(struct core *core, struct search *s)
{
	const bool any = s && core->shown;

	core->search++;
	core->answer = any ? SHEET_LOOKING : SHEET_NOT_FOUND;
	if (!any)
		return false;
	s->number = core->search;
	s->store = store_share(core->shown);
	return true;
}

struct job *
find_start(struct core *core, const struct search_spec *spec)
{
	struct error err;
	struct search *s = new_search(core, spec, &err);
	struct job *job = NULL;
	bool any;

	core_lock(core);
	any = become_newest(core, s);
	core_unlock(core);
	if (any) {
		const struct job_spec work = { search, search_free, s, core->wake };

		if (job_start(&work, &job, &err))
			return job;
		answer(s, SHEET_NOT_FOUND, 0, -1);
	}
	if (!s || any)
		core_fail(core, &err);
	if (s)
		search_free(s);
	return NULL;
}
