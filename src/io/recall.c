/*
 * recall - chunks that are kept, by number.
 *
 * A reader fills its chunk alone and adds it when it is whole; chunks that are there do
 * not change while a pass takes from them.
 */
#include "io/recall.h"

#include <pthread.h>
#include <stdlib.h>

#include "data/squeeze.h"

struct kept {
	size_t chunk;
	struct squeezed **at;
	size_t n, room, next, bytes;
};

struct recall {
	size_t most, bytes;
	enum type *types; /* of what is kept; NULL: nothing is */
	size_t batch_rows;
	struct kept **chunks; /* by number; NULL: not kept */
	size_t n_chunks;
	bool filled; /* a pass was here: no other one adds */
	pthread_mutex_t lock;
};

struct recall *
recall_new(size_t most, struct error *err)
{
	struct recall *r = calloc(1, sizeof(*r));

	if (!r) {
		fail(err, "out of memory: the system refused %zu bytes", sizeof(*r));
		return NULL;
	}
	r->most = most;
	pthread_mutex_init(&r->lock, NULL);
	return r;
}

static void
kept_free(struct kept *kept)
{
	if (!kept)
		return;
	for (size_t i = 0; i < kept->n; i++)
		squeezed_free(kept->at[i]);
	free(kept->at);
	free(kept);
}

void
recall_free(struct recall *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n_chunks; i++)
		kept_free(r->chunks[i]);
	free(r->chunks);
	free(r->types);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

/* Does it want nothing but what is kept? */
static bool
fits(const struct recall *r, const struct pass *pass)
{
	const struct want *want = &pass->want;

	if (!r->types || r->batch_rows != want->batch_rows)
		return false;
	for (size_t i = 0; i < pass->source->schema.n; i++)
		if (want->types[i] && want->types[i] != r->types[i])
			return false;
	return true;
}

static bool
remember_want(struct recall *r, const struct pass *pass)
{
	const size_t size = pass->source->schema.n * sizeof(*r->types);

	r->types = malloc(size ? size : 1);
	r->batch_rows = pass->want.batch_rows;
	if (r->types && size)
		memcpy(r->types, pass->want.types, size);
	return r->types != NULL;
}

void
recall_begin(struct pass *pass)
{
	struct recall *r = pass->source->recall;

	if (!r)
		return;
	if (fits(r, pass))
		pass->recall = RECALL_TAKE;
	else if (pass->want.again && !r->filled && remember_want(r, pass))
		pass->recall = RECALL_KEEP;
	r->filled = r->filled || pass->recall == RECALL_KEEP;
}

bool
recall_has(struct reader *reader, size_t chunk)
{
	struct recall *r = reader->pass->source->recall;

	if (reader->pass->recall != RECALL_TAKE || chunk >= r->n_chunks ||
	    !r->chunks[chunk])
		return false;
	reader->taken = r->chunks[chunk];
	reader->taken->next = 0;
	if (!reader->pass->want.again)
		r->chunks[chunk] = NULL; /* the reader's alone now */
	return true;
}

static bool *
wanted_of(const struct pass *pass)
{
	const size_t n = pass->source->schema.n;
	bool *wanted = calloc(n + 1, sizeof(*wanted));

	for (size_t i = 0; wanted && i < n; i++)
		wanted[i] = pass->want.types[i] != 0;
	return wanted;
}

bool
recall_next(struct reader *reader, struct batch **out, struct error *err)
{
	struct kept *kept = reader->taken;
	bool *wanted, ok;

	*out = NULL;
	if (kept->next == kept->n)
		return true;
	if (!(wanted = wanted_of(reader->pass)))
		return fail(err, "out of memory: the system refused %zu columns",
			    reader->pass->source->schema.n);
	ok = squeezed_open(kept->at[kept->next], wanted, out, err);
	free(wanted);
	kept->next++;
	return ok;
}

static bool
make_room(struct recall *r, size_t chunk)
{
	size_t room = r->n_chunks ? r->n_chunks : 64;
	struct kept **chunks;

	while (room <= chunk)
		room *= 2;
	if (room == r->n_chunks)
		return true;
	if (!(chunks = realloc(r->chunks, room * sizeof(*chunks))))
		return false;
	memset(chunks + r->n_chunks, 0, (room - r->n_chunks) * sizeof(*chunks));
	r->chunks = chunks;
	r->n_chunks = room;
	return true;
}

static void
add_chunk(struct recall *r, struct kept *kept)
{
	bool added;

	pthread_mutex_lock(&r->lock);
	added = r->bytes + kept->bytes <= r->most && make_room(r, kept->chunk);
	if (added) {
		r->bytes += kept->bytes;
		r->chunks[kept->chunk] = kept;
	}
	pthread_mutex_unlock(&r->lock);
	if (!added)
		kept_free(kept);
}

static bool
is_full(struct recall *r)
{
	bool full;

	pthread_mutex_lock(&r->lock);
	full = r->bytes >= r->most || memory_is_short(0);
	pthread_mutex_unlock(&r->lock);
	return full;
}

void
recall_chunk(struct reader *reader, size_t chunk)
{
	struct recall *r = reader->pass->source->recall;

	if (reader->pass->recall != RECALL_KEEP || reader->taken || is_full(r))
		return;
	reader->keeping = calloc(1, sizeof(*reader->keeping));
	if (reader->keeping)
		reader->keeping->chunk = chunk;
}

void
recall_leave(struct reader *reader)
{
	kept_free(reader->keeping);
	if (!reader->pass->want.again)
		kept_free(reader->taken);
	reader->keeping = reader->taken = NULL;
}

static bool
keep_batch(struct kept *kept, const struct batch *batch)
{
	struct squeezed *squeezed;
	struct error refused;

	if (kept->n == kept->room) {
		const size_t room = kept->room ? 2 * kept->room : 4;
		struct squeezed **at = realloc(kept->at, room * sizeof(*at));

		if (!at)
			return false;
		kept->at = at;
		kept->room = room;
	}
	if (!squeeze(batch, &squeezed, &refused))
		return false;
	kept->at[kept->n++] = squeezed;
	kept->bytes += squeezed_bytes(squeezed);
	return true;
}

/* What cannot be kept is read again, which is no fault. */
void
recall_keep(struct reader *reader, const struct batch *batch)
{
	struct kept *kept = reader->keeping;

	if (!kept)
		return;
	if (!batch) {
		add_chunk(reader->pass->source->recall, kept);
		reader->keeping = NULL;
	} else if (!keep_batch(kept, batch)) {
		kept_free(kept);
		reader->keeping = NULL;
	}
}
