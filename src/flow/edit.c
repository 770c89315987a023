/* edit - changes of one node, and the way back. */
#include "flow/edit.h"

#include <sys/random.h>

#include "flow/draft.h"
#include "flow/view.h"

bool
flow_new(struct flow *flow, struct error *err)
{
	return flow_parse(text_of("{\n"
				  "  \"metadata\": {\n"
				  "    \"version\": 1,\n"
				  "    \"disable_limits\": false\n"
				  "  },\n"
				  "  \"nodes\": []\n"
				  "}"),
			  flow, err);
}

bool
uuid_new(char out[UUID_SIZE], struct error *err)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char bytes[16];
	char *p = out;

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return fail_errno(err, "cannot make an id");
	bytes[6] = (bytes[6] & 0x0f) | 0x40;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	for (size_t i = 0; i < sizeof(bytes); i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		*p++ = hex[bytes[i] >> 4];
		*p++ = hex[bytes[i] & 15];
	}
	*p = '\0';
	return true;
}

/* The family of an operator id in words: "sagemaker.spark.handle_missing_0.1". */
static const char *
family(const char *operator, struct arena * arena)
{
	char *word = arena_text(arena, operator), *version = strrchr(word, '_'), *dot;

	if (version && strspn(version + 1, "0123456789.") == strlen(version + 1))
		*version = '\0';
	dot = strrchr(word, '.');
	if (dot)
		word = dot + 1;
	for (char *p = word; *p; p++)
		if (*p == '_')
			*p = ' ';
	return word;
}

const char *
flow_title(const struct node *node, struct arena *arena)
{
	const char *choice = NULL;

	if (*node->name)
		return node->name;
	choice = json_text(json_at(node->parameters, node->type == NODE_SOURCE
							     ? "dataset_definition.name"
							     : "operator"),
			   arena);
	return choice && *choice ? choice : family(node->operator, arena);
}

/* --- the way back --- */

const char *
flow_undo_what(const struct flow *flow)
{
	return flow->undo ? flow->undo->what : NULL;
}

const char *
flow_redo_what(const struct flow *flow)
{
	return flow->redo ? flow->redo->what : NULL;
}

/* Show what the top of one list holds; the other list gets the way back. */
static bool
step(struct flow *flow, struct flow_change **from, struct flow_change **to,
     struct error *err)
{
	struct flow_change *change = *from;
	const struct json *shown = flow->document;

	if (!flow_view(flow, change->document, err))
		return false;
	*from = change->next;
	change->next = *to;
	change->document = shown;
	*to = change;
	return true;
}

bool
flow_undo(struct flow *flow, struct error *err)
{
	if (!flow->undo)
		return fail(err, "nothing to undo");
	return step(flow, &flow->undo, &flow->redo, err);
}

bool
flow_redo(struct flow *flow, struct error *err)
{
	if (!flow->redo)
		return fail(err, "nothing to redo");
	return step(flow, &flow->redo, &flow->undo, err);
}

struct flow_mark
flow_mark(const struct flow *flow)
{
	return (struct flow_mark){ flow->document, flow->undo, flow->redo };
}

void
flow_unite(struct flow *flow, struct flow_mark mark, const char *what)
{
	struct flow_change *last = flow->undo;

	if (last == mark.undo)
		return;
	last->next = mark.undo;
	last->document = mark.document;
	if (what)
		last->what = what;
}

bool
flow_return(struct flow *flow, struct flow_mark mark, struct error *err)
{
	if (flow->document != mark.document && !flow_view(flow, mark.document, err))
		return false;
	flow->undo = mark.undo;
	flow->redo = mark.redo;
	return true;
}

bool
flow_set_text(struct flow *flow, struct text text, const char *what, struct error *err)
{
	const struct text copy = { arena_text_n(&flow->arena, text.data, text.size),
				   text.size };
	const struct json *old = flow->document;
	const struct json *document = json_parse(copy, &flow->arena, err);

	if (!document || !flow_view(flow, document, err))
		return false;
	flow_frame(flow, copy);
	draft_undoable(flow, old, what);
	return true;
}

/* --- one node --- */

static bool
replace(struct flow *flow, size_t place, const struct json *node, const char *what,
	struct error *err)
{
	struct draft draft;

	draft_open(&draft, flow, 0);
	draft.nodes[place] = node;
	return draft_commit(&draft, what, err);
}

static const char *
say(struct flow *flow, size_t place, const char *what)
{
	return arena_print(&flow->arena, "%s: %s",
			   flow_title(&flow->nodes[place], &flow->arena), what);
}

static bool
set_parameters(struct flow *flow, size_t place, const struct json *parameters,
	       const char *what, struct error *err)
{
	const struct node *node = &flow->nodes[place];
	const struct json *json = node->json;

	if (json_equal(node->parameters, parameters))
		return true;
	json = json_with_after(json, "operator", "parameters", parameters, &flow->arena);
	json = json_without(json, "trained_parameters", &flow->arena);
	return replace(flow, place, json, what, err);
}

bool
flow_set_parameters(struct flow *flow, size_t place, const struct json *parameters,
		    struct error *err)
{
	return set_parameters(flow, place, parameters,
			      say(flow, place, "change parameters"), err);
}

bool
flow_set_parameter(struct flow *flow, size_t place, const char *path,
		   const struct json *value, struct error *err)
{
	const struct json *parameters =
		json_with_at(flow->nodes[place].parameters, path, value, &flow->arena);
	const char *what =
		arena_print(&flow->arena, "%s '%s'", value ? "set" : "remove", path);

	return set_parameters(flow, place, parameters, say(flow, place, what), err);
}

bool
flow_set_trained(struct flow *flow, const struct json *const *trained, struct error *err)
{
	struct draft draft;
	size_t n = 0, last = 0;
	const char *what = "learned";

	draft_open(&draft, flow, 0);
	for (size_t i = 0; i < flow->n; i++) {
		if (!trained[i] || (flow->nodes[i].trained &&
				    json_equal(trained[i], flow->nodes[i].trained)))
			continue;
		draft.nodes[i] =
			json_with_after(draft.nodes[i], "parameters",
					"trained_parameters", trained[i], &flow->arena);
		last = i;
		n++;
	}
	if (n == 1)
		what = say(flow, last, "keep what it learned");
	else
		what = arena_print(&flow->arena, "keep what %zu steps learned", n);
	return draft_commit(&draft, what, err);
}

bool
flow_rename(struct flow *flow, size_t place, const char *name, struct error *err)
{
	const struct node *node = &flow->nodes[place];
	const struct json *own = json_find(node->json, "name"), *json = node->json;
	const struct json *value = *name ? json_new_string(name, &flow->arena) : NULL;
	const char *what;

	if (!strcmp(name, node->name))
		return true;
	what = *name ? arena_print(&flow->arena, "rename to '%s'", name) : "remove name";
	if (json_is_absent(own) && json_find(node->parameters, "name"))
		json = json_with_at(json, "parameters.name",
				    json_new_string(name, &flow->arena), &flow->arena);
	else if (value)
		json = json_with_after(json, "operator", "name", value, &flow->arena);
	else
		json = json_without(json, "name", &flow->arena);
	return replace(flow, place, json, say(flow, place, what), err);
}

/* A key of ours, which Data Wrangler ignores; NULL: it goes, and what held it with it. */
static const struct json *
with_own(struct flow *flow, const struct node *node, const char *path,
	 const struct json *value)
{
	const struct json *json = json_with_at(node->json, path, value, &flow->arena);
	const struct json *own = json_find(json, "lariat");

	return value || !own || own->n ? json
				       : json_without(json, "lariat", &flow->arena);
}

const char *
flow_note_of(const struct node *node, struct arena *arena)
{
	const char *note = json_text(json_at(node->json, "lariat.note"), arena);

	return note ? note : "";
}

bool
flow_note(struct flow *flow, size_t place, const char *note, struct error *err)
{
	const struct node *node = &flow->nodes[place];

	if (!strcmp(note, flow_note_of(node, &flow->arena)))
		return true;
	return replace(flow, place,
		       with_own(flow, node, "lariat.note",
				*note ? json_new_string(note, &flow->arena) : NULL),
		       say(flow, place, *note ? "note" : "remove note"), err);
}

bool
flow_switch(struct flow *flow, size_t place, bool off, struct error *err)
{
	const struct node *node = &flow->nodes[place];
	const struct json *json;

	if (node->off == off)
		return true;
	if (off && node->n_inputs != 1)
		return fail(err,
			    "'%s' cannot be switched off: it has %zu inputs, so "
			    "nothing could pass through it",
			    flow_title(node, &flow->arena), node->n_inputs);
	json = with_own(flow, node, "lariat.off", off ? json_new_bool(true) : NULL);
	return replace(flow, place, json,
		       say(flow, place, off ? "switch off" : "switch on"), err);
}
