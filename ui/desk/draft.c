/* draft - the lines of a journal, applied one after the other. */
#include "desk/draft.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/sha1.h"
#include "desk/journal_file.h"
#include "desk/paths.h"

enum { LARGEST = 1 << 30 };

static const struct json *
next_line(struct text all, size_t *at, struct arena *arena)
{
	struct error err;
	const char *end = memchr(all.data + *at, '\n', all.size - *at);
	struct text line = { all.data + *at, end ? (size_t)(end - all.data) - *at : 0 };

	if (!end)
		return NULL;
	*at += line.size + 1;
	return json_parse(line, arena, &err);
}

static bool
read_header(struct draft *draft, const struct json *line, struct error *err)
{
	struct arena *arena = &draft->arena;
	const struct json *base = json_find(line, "base"),
			  *owner = json_find(line, "owner");
	int64_t version;

	if (!line || !json_long(json_find(line, "journal"), &version))
		return fail(err, "'%s' is no journal", draft->path);
	if (version != JOURNAL_VERSION)
		return fail(err, "'%s': a journal of version %lld, but only %d is known",
			    draft->path, (long long)version, JOURNAL_VERSION);
	if (!base || base->kind != JSON_STRING || !owner ||
	    !owner_parse(owner->text, &draft->owner))
		return fail(err, "'%s' is no whole journal", draft->path);
	draft->flow = json_text(json_find(line, "flow"), arena);
	draft->table = json_text(json_find(line, "table"), arena);
	draft->at = json_text(json_find(line, "at"), arena);
	(void)json_long(json_find(line, "time"), &draft->time);
	draft->base = buffer_new(0, err);
	draft->text = buffer_new(0, err);
	return draft->base && draft->text &&
	       buffer_append(draft->base, base->text.data, base->text.size, err) &&
	       buffer_append(draft->text, base->text.data, base->text.size, err);
}

static bool
size_of(const struct json *line, const char *key, size_t *out)
{
	int64_t number;

	if (!json_long(json_find(line, key), &number) || number < 0)
		return false;
	*out = (size_t)number;
	return true;
}

static bool
replace(struct buffer *text, size_t at, size_t cut, struct text put, struct error *err)
{
	const size_t rest = text->size - at - cut;

	if (put.size > cut && !buffer_reserve(text, put.size - cut, err))
		return false;
	memmove(text->data + at + put.size, text->data + at + cut, rest);
	memcpy(text->data + at, put.data, put.size);
	text->size = at + put.size + rest;
	return true;
}

/* False: it is not whole, or no line of this document; err is set if memory failed. */
static bool
apply(struct draft *draft, const struct json *line, struct error *err)
{
	const struct json *did = json_find(line, "did"), *put = json_find(line, "put");
	size_t at, cut, size;

	if (!line || !put || put->kind != JSON_STRING || !did ||
	    did->kind != JSON_ARRAY || !size_of(line, "at", &at) ||
	    !size_of(line, "cut", &cut) || !size_of(line, "size", &size) ||
	    at > draft->text->size || cut > draft->text->size - at ||
	    size != draft->text->size - cut + put->text.size)
		return false;
	if (!replace(draft->text, at, cut, put->text, err))
		return false;
	for (size_t i = 0; i < did->n; i++) {
		const char *command = json_text(did->at[i].value, &draft->arena);

		names_add(&draft->commands, command ? command : "?", &draft->arena);
	}
	(void)json_long(json_find(line, "time"), &draft->time);
	return true;
}

static bool
read_lines(struct draft *draft, struct text all, struct error *err)
{
	struct arena arena = { 0 };
	size_t at = 0;
	bool ok = read_header(draft, next_line(all, &at, &arena), err);

	err->text[0] = ok ? '\0' : err->text[0];
	while (ok && apply(draft, next_line(all, &at, &arena), err))
		arena_release(&arena);
	arena_release(&arena);
	return ok && !err->text[0];
}

bool
draft_read(const char *path, struct draft *draft, struct error *err)
{
	struct buffer *bytes =
		paths_is_file(path, err) ? file_read(path, LARGEST, err) : NULL;
	bool ok;

	*draft = (struct draft){ 0 };
	if (!bytes)
		return false;
	draft->path = arena_text(&draft->arena, path);
	ok = read_lines(draft, (struct text){ bytes->data, bytes->size }, err);
	buffer_drop(bytes);
	if (!ok)
		draft_release(draft);
	return ok;
}

void
draft_release(struct draft *draft)
{
	buffer_drop(draft->base);
	buffer_drop(draft->text);
	arena_release(&draft->arena);
	*draft = (struct draft){ 0 };
}

bool
draft_is_live(const struct draft *draft)
{
	struct owner me;

	owner_me(&me);
	if (draft->owner.pid == me.pid && draft->owner.began == me.began &&
	    !strcmp(draft->owner.host, me.host))
		return journal_is_open(draft->path);
	return !owner_is_gone(&draft->owner);
}

const char *
draft_beside(const char *flow, struct arena *arena)
{
	const char *name = arena_print(arena, ".%s.wbj", paths_name(flow));

	return paths_join(paths_folder(flow, arena), name, arena);
}

static const char *
folder(struct arena *arena)
{
	const char *state = paths_state(arena);

	return state ? paths_join(state, "journals", arena) : NULL;
}

const char *
draft_apart(const char *key, struct arena *arena)
{
	const char *in = folder(arena);
	char name[41];

	sha1_hex(key, strlen(key), name);
	return in ? paths_join(in, arena_print(arena, "%s.wbj", name), arena) : NULL;
}

void
draft_list(struct names *paths, struct arena *arena)
{
	const char *in = folder(arena);
	DIR *entries = in ? opendir(in) : NULL;
	const struct dirent *entry;

	while (entries && (entry = readdir(entries))) {
		const char *dot = strrchr(entry->d_name, '.');

		if (dot && !strcmp(dot, ".wbj"))
			names_add(paths, paths_join(in, entry->d_name, arena), arena);
	}
	if (entries)
		closedir(entries);
}

/* --- which one --- */

static bool
same(const struct buffer *a, const struct buffer *b)
{
	return a->size == b->size && !memcmp(a->data, b->data, a->size);
}

bool
draft_says_more(const struct draft *draft)
{
	struct error err;
	struct buffer *file = draft->flow ? file_read(draft->flow, LARGEST, &err) : NULL;
	const bool more = !same(draft->text, file ? file : draft->base);

	buffer_drop(file);
	return more;
}

static bool
is_of(const struct draft *draft, const char *flow, const char *table)
{
	if (flow)
		return draft->flow && !strcmp(draft->flow, flow);
	return !draft->flow && draft->table && table && !strcmp(draft->table, table);
}

/* The better one of what was found so far and what is there. */
static void
consider(const char *path, const char *flow, const char *table, struct draft *best)
{
	struct draft draft;
	struct error err;

	if (!path || !paths_exists(path) || !draft_read(path, &draft, &err))
		return;
	if (!is_of(&draft, flow, table) || draft_is_live(&draft)) {
		draft_release(&draft);
	} else if (!draft_says_more(&draft)) {
		unlink(path);
		draft_release(&draft);
	} else if (best->path && best->time >= draft.time) {
		draft_release(&draft);
	} else {
		draft_release(best);
		*best = draft;
	}
}

bool
draft_find(const char *flow, const char *table, struct draft *out)
{
	struct arena arena = { 0 };
	struct names apart = { 0 };

	*out = (struct draft){ 0 };
	if (flow) {
		const char *beside = draft_beside(flow, &arena);

		consider(beside, flow, table, out);
		consider(arena_print(&arena, "%s~", beside), flow, table, out);
	}
	draft_list(&apart, &arena);
	for (size_t i = 0; i < apart.n; i++)
		consider(apart.at[i], flow, table, out);
	arena_release(&arena);
	return out->path != NULL;
}
