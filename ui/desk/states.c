/*
 * states - a board of standings, and the jobs that fill it.
 *
 * Every node has a print, a hash of all that its table depends on: what it says, and the
 * prints of those it reads. A node whose print was on the board before keeps its numbers.
 * The work itself is in census.c.
 */
#include "desk/states.h"

#include <stdlib.h>

#include "desk/census.h"
#include "desk/job.h"

/* What is shown, for one version of the flow. */
struct board {
	struct arena arena;
	bool is_new; /* the board before was of another flow */
	size_t n;
	const char **ids;
	uint64_t *prints;
	size_t *by_id;
	struct step_standing *at;
};

struct states {
	const struct wake *wake;
	struct job *job;
	bool has_board;
	bool is_large; /* all rows took too long once */
	unsigned version;
	bool is_trusted;             /* the flow was */
	const struct json *document; /* compared, not read */
	struct board board;
};

bool
states_new(const struct wake *wake, struct states **out, struct error *err)
{
	*out = calloc(1, sizeof **out);
	if (!*out)
		return fail(err, "no memory for the states of steps");
	(*out)->wake = wake;
	return true;
}

void
states_free(struct states *states)
{
	if (!states)
		return;
	job_drop(states->job);
	arena_release(&states->board.arena);
	free(states);
}

/* Place of an id on the board, or its n. */
static size_t
find(const struct board *board, const char *id)
{
	size_t low = 0, high = board->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = strcmp(board->ids[board->by_id[middle]], id);

		if (order == 0)
			return board->by_id[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return board->n;
}

/* A copy whose words are the board's. */
static void
keep(struct board *board, struct step_standing *to, const struct step_standing *from)
{
	*to = *from;
	to->problem = arena_text(&board->arena, from->problem);
	if (from->file)
		to->file = arena_text(&board->arena, from->file);
}

/* What a node showed before a change: as it was, or as an old number. */
static bool
carry_over(struct board *board, size_t i, const struct board *old)
{
	struct step_standing *at = &board->at[i];
	const size_t was = find(old, board->ids[i]);

	at->problem = "";
	if (was == old->n)
		return false;
	keep(board, at, &old->at[was]);
	if (old->prints[was] != board->prints[i]) {
		at->is_old = true;
		at->state = STEP_STALE;
	}
	return true;
}

static bool
make_board(const struct flow *flow, const struct board *old, struct board *board,
	   struct error *err)
{
	struct arena *arena = &board->arena;

	board->n = flow->n;
	board->ids = ARENA_ARRAY(arena, flow->n + 1, const char *);
	board->prints = ARENA_ARRAY(arena, flow->n + 1, uint64_t);
	board->by_id = ARENA_ARRAY(arena, flow->n + 1, size_t);
	board->at = ARENA_ARRAY(arena, flow->n + 1, struct step_standing);
	if (!census_prints(flow, board->prints, err))
		return false;
	for (size_t i = 0; i < flow->n; i++) {
		board->ids[i] = arena_text(arena, flow->nodes[i].id);
		board->by_id[i] = flow->by_id[i];
	}
	board->is_new = true;
	for (size_t i = 0; i < flow->n; i++)
		board->is_new &= !carry_over(board, i, old);
	return true;
}

/* A census on the flow as it is, or one that goes on where another ended. */
static void
start(struct states *states, struct census *census)
{
	struct error err;
	const struct job_spec spec = { .work = census_work,
				       .release = census_release,
				       .context = census,
				       .wake = states->wake };

	if (!job_start(&spec, &states->job, &err))
		census_release(census);
}

static void
begin(struct states *states, const struct work *work)
{
	struct error err;
	struct board old = states->board;
	struct census *census;

	job_drop(states->job);
	states->job = NULL;
	states->board = (struct board){ 0 };
	if (!make_board(&work->flow, &old, &states->board, &err)) {
		arena_release(&states->board.arena);
		states->board = old;
		return;
	}
	arena_release(&old.arena);
	census = census_new(&work->flow, &work->options, work->is_trusted, &err);
	if (!census)
		return;
	states->is_large &= !states->board.is_new;
	census->delay = states->board.is_new ? 0 : STATES_DELAY;
	census->is_large = states->is_large;
	states->has_board = true;
	start(states, census);
}

static bool
is_exact(const struct step_standing *standing)
{
	return standing->has_rows && !standing->is_sample && !standing->is_old;
}

/* Those that were there before count on: nothing better has come. */
static void
keep_numbers(struct step_standing *to, const struct step_standing *was)
{
	to->has_rows = true;
	to->rows = was->rows;
	to->is_sample = was->is_sample;
	to->has_seconds = was->has_seconds;
	to->seconds = was->seconds;
	to->is_old = was->is_old;
	if (was->is_old && to->state == STEP_FINE)
		to->state = STEP_STALE;
}

/* Only a part was counted, or nothing: what is above rows that are kept does not run. */
static bool
is_worse(const struct step_standing *now, const struct step_standing *was)
{
	return is_exact(was) && (now->is_sample || !now->has_rows);
}

/* What a census found: the first time without rows, which stay as they were. */
static void
publish(struct states *states, const struct census *census)
{
	struct board *board = &states->board;

	for (size_t i = 0; i < board->n; i++) {
		const struct step_standing *from = &census->at[i];
		struct step_standing *to = &board->at[i], was = *to;

		keep(board, to, from);
		if (from->state > STEP_CHART)
			continue;
		if (census->is_counted ? is_worse(from, &was) : was.has_rows)
			keep_numbers(to, &was);
	}
	states->is_large = census->is_large;
}

static bool
receive(struct states *states)
{
	struct census *census;

	if (!states->job || !job_is_done(states->job))
		return false;
	census = job_take(states->job);
	states->job = NULL;
	publish(states, census);
	if (census->is_counted)
		census_release(census);
	else
		start(states, census);
	return true;
}

bool
states_follow(struct states *states, const struct work *work)
{
	const bool is_same = states->has_board && states->version == work->version &&
			     states->document == work->flow.document &&
			     states->is_trusted == work->is_trusted;

	if (is_same)
		return receive(states);
	states->version = work->version;
	states->document = work->flow.document;
	states->is_trusted = work->is_trusted;
	begin(states, work);
	return true;
}

void
states_learn(struct states *states, size_t place, uint64_t rows)
{
	struct step_standing *at;

	if (place >= states->board.n)
		return;
	at = &states->board.at[place];
	if (at->state != STEP_FINE || is_exact(at))
		return;
	at->has_rows = true;
	at->rows = rows;
	at->is_sample = false;
}

void
states_pin(struct states *states, struct pinning *pinning)
{
	for (size_t i = 0; i < states->board.n; i++)
		states->board.at[i].pin = pinning_at(pinning, states->board.ids[i]);
}

const struct step_standing *
states_all(const struct states *states)
{
	return states->board.at;
}

bool
states_are_busy(const struct states *states)
{
	return states->job != NULL;
}
