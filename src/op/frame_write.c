/*
 * frame_write - a table as pieces of bytes, batch by batch, column by column.
 *
 * Only heads are made; values are handed out where they lie. A dictionary goes once if
 * batches share it, and is left away if it is much larger than the batch.
 */
#include "op/frame.h"

#include <stdlib.h>

enum { HEAD, CHUNK, CELLS, END, DONE };

static void
add(struct frame_writer *w, const void *data, size_t size)
{
	if (size == 0)
		return;
	if (w->n_pieces == w->room) {
		size_t old = w->room * sizeof(*w->pieces);

		w->room = w->room ? 2 * w->room : 16;
		w->pieces = arena_grow(&w->arena, w->pieces, old,
				       w->room * sizeof(*w->pieces));
	}
	w->pieces[w->n_pieces++] = (struct text){ data, size };
}

static void
add_copy(struct frame_writer *w, const void *data, size_t size)
{
	add(w, memcpy(arena_alloc(&w->arena, size), data, size), size);
}

static void
add_u32(struct frame_writer *w, uint32_t value)
{
	add_copy(w, &value, sizeof(value));
}

static void
add_u64(struct frame_writer *w, uint64_t value)
{
	add_copy(w, &value, sizeof(value));
}

static void
add_name(struct frame_writer *w, const char *name)
{
	add_u64(w, strlen(name));
	add(w, name, strlen(name));
}

/* The same strings without their dictionary, held until its pieces are written. */
static struct column *
spread(struct frame_writer *w, const struct column *c, struct error *err)
{
	struct column **held;
	struct build b;
	struct column *plain;

	build_start(&b, TYPE_STRING, c->rows);
	for (size_t i = 0; i < c->rows; i++)
		build_from(&b, c, i);
	plain = build_end(&b, err);
	if (!plain)
		return NULL;
	held = arena_grow(&w->arena, w->held, w->n_held * sizeof(*held),
			  (w->n_held + 1) * sizeof(*held));
	held[w->n_held++] = plain;
	w->held = held;
	return plain;
}

static struct text
string_bytes(const struct column *c)
{
	const int64_t *offsets = column_longs(c);

	return (struct text){ c->bytes->data + offsets[0],
			      (size_t)(offsets[c->rows] - offsets[0]) };
}

static void
add_head(struct frame_writer *w, const struct column *c, unsigned flags)
{
	struct cells_head head = { .type = c->type,
				   .layout = c->layout,
				   .flags = flags,
				   .n = (uint32_t)c->n_children,
				   .rows = c->rows };

	if (c->validity)
		head.flags |= FRAME_VALIDITY;
	if (c->is_vector)
		head.flags |= FRAME_VECTOR;
	if (c->type == TYPE_STRING && c->layout == LAYOUT_PLAIN)
		head.bytes = string_bytes(c).size;
	add_copy(w, &head, sizeof(head));
	if (c->validity)
		add(w, c->validity->data, (c->rows + 7) / 8);
}

static void
add_plain(struct frame_writer *w, const struct column *c)
{
	switch (c->type) {
	case TYPE_BOOL:
		add(w, c->values->data, (c->rows + 7) / 8);
		break;
	case TYPE_DATE:
		add(w, c->values->data, c->rows * sizeof(int32_t));
		break;
	case TYPE_STRING:
		add(w, c->values->data, (c->rows + 1) * sizeof(int64_t));
		add(w, string_bytes(c).data, string_bytes(c).size);
		break;
	default:
		add(w, c->values->data, c->rows * sizeof(int64_t));
	}
}

/* last: of a column of the table; NULL further down, where none is remembered. */
static bool
add_cells(struct frame_writer *w, const struct column *c, const struct column **last,
	  struct error *err)
{
	bool again = last && c->layout == LAYOUT_DICTIONARY && *last == c->dictionary;

	if (c->layout == LAYOUT_DICTIONARY && !again &&
	    c->dictionary->rows > 2 * c->rows && !(c = spread(w, c, err)))
		return false;
	add_head(w, c, again ? FRAME_AGAIN : 0);
	switch (c->layout) {
	case LAYOUT_PLAIN:
		add_plain(w, c);
		return true;
	case LAYOUT_DICTIONARY:
		add(w, c->values->data, c->rows * sizeof(int32_t));
		if (last)
			*last = c->dictionary;
		return again || add_cells(w, c->dictionary, NULL, err);
	case LAYOUT_LIST:
		add(w, c->values->data, (c->rows + 1) * sizeof(int64_t));
		return add_cells(w, c->children[0], NULL, err);
	case LAYOUT_STRUCT:
		break;
	}
	for (size_t i = 0; i < c->n_children; i++) {
		add_name(w, c->names ? c->names[i] : "");
		if (!add_cells(w, c->children[i], NULL, err))
			return false;
	}
	return true;
}

static void
add_start(struct frame_writer *w)
{
	uint32_t n = 0;

	while (w->settings[n].name)
		n++;
	add(w, FRAME_MAGIC, 8);
	add_u32(w, n);
	for (uint32_t i = 0; i < n; i++) {
		add_name(w, w->settings[i].name);
		add_name(w, w->settings[i].value);
	}
	add_u32(w, (uint32_t)w->schema->n);
	for (size_t i = 0; i < w->schema->n; i++) {
		add_u32(w, w->schema->at[i].type);
		add_name(w, w->schema->at[i].name);
	}
}

/* Forget the pieces that were written. */
static void
clear(struct frame_writer *w)
{
	for (size_t i = 0; i < w->n_held; i++)
		column_drop(w->held[i]);
	arena_release(&w->arena);
	w->held = NULL;
	w->pieces = NULL;
	w->n_held = w->n_pieces = w->room = w->next = 0;
}

static bool
add_column(struct frame_writer *w, struct error *err)
{
	const struct column *c;

	if (w->column == w->schema->n) {
		w->batch++;
		w->state = CHUNK;
		return true;
	}
	c = w->now->at[w->column];
	if (!c)
		return fail(err, "column '%s' was not read",
			    w->schema->at[w->column].name);
	return add_cells(w, c, &w->last[w->column++], err);
}

static bool
refill(struct frame_writer *w, struct error *err)
{
	clear(w);
	switch (w->state) {
	case HEAD:
		add_start(w);
		w->state = CHUNK;
		return true;
	case CHUNK:
		w->column = 0;
		w->state = w->batch < w->table->n ? CELLS : END;
		if (w->state == END)
			return true;
		batch_free(w->now);
		if (!table_batch(w->table, w->batch, &w->now, err))
			return false;
		add_u64(w, w->now->rows);
		return true;
	case CELLS:
		return add_column(w, err);
	case END:
		add_u64(w, FRAME_END);
		w->state = DONE;
		return true;
	default:
		return true;
	}
}

void
frame_write_start(struct frame_writer *w, const struct frame_setting *settings,
		  const struct schema *schema, const struct table *table)
{
	*w = (struct frame_writer){ .settings = settings,
				    .schema = schema,
				    .table = table };
	w->last = calloc(schema->n ? schema->n : 1, sizeof(const struct column *));
}

bool
frame_write(struct frame_writer *w, struct text *piece, struct error *err)
{
	if (!w->last)
		return fail(err, "out of memory: the system refused a list of columns");
	while (w->next == w->n_pieces) {
		if (w->state == DONE) {
			*piece = (struct text){ 0 };
			return true;
		}
		if (!refill(w, err))
			return false;
	}
	*piece = w->pieces[w->next++];
	return true;
}

void
frame_write_release(struct frame_writer *w)
{
	clear(w);
	batch_free(w->now);
	w->now = NULL;
	free(w->last);
	w->last = NULL;
}
