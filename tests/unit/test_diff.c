/* What a change did is what the difference says, whichever ids the nodes have. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "flow/diff.h"
#include "flow/edit.h"
#include "unit/public_flows.h"

#define NODE(id, op, more) \
	"{\"node_id\":\"" id "\",\"type\":\"TRANSFORM\",\"operator\":\"" op "\"" more "}"
#define P(list)       ",\"parameters\":{" list "}"
#define FROM(id)      ",\"inputs\":[{\"node_id\":\"" id "\"}]"
#define FLOW(list)    "{\"nodes\":[" list "]}"
#define TRAINED(list) ",\"trained_parameters\":{" list "}"

static const struct {
	const char *a, *b, *said;
} cases[] = {
	{ FLOW(""), FLOW(""), "" },
	{ FLOW(NODE("a", "x", "")), FLOW(NODE("a", "x", P(""))), "" },
	{ FLOW(""), FLOW(NODE("a", "x", "")), "x: added\n" },
	{ FLOW(NODE("a", "x", "")), FLOW(""), "x: removed\n" },
	{ FLOW(NODE("a", "x", P("\"k\":1,\"l\":[1,2,{\"m\":3}]"))),
	  FLOW(NODE("a", "x", P("\"l\":[1.0,2,{\"m\":4},5],\"n\":null"))),
	  "x: changed parameters.k: 1 -> nothing\n"
	  "x: changed parameters.l[2].m: 3 -> 4\n"
	  "x: changed parameters.l[3]: nothing -> 5\n"
	  "x: changed parameters.n: nothing -> null\n" },
	{ FLOW(NODE("a", "x", P("\"k\":{}"))), FLOW(NODE("a", "x", P("\"k\":[]"))),
	  "x: changed parameters.k: {} -> []\n" },
	{ FLOW(NODE("a", "x", ",\"name\":\"one\"")),
	  FLOW(NODE("a", "x", ",\"name\":\"two\"")),
	  "two: renamed name: \"one\" -> \"two\"\n" },
	{ FLOW(NODE("a", "x", TRAINED("\"t\":1"))),
	  FLOW(NODE("a", "x", TRAINED("\"t\":2"))),
	  "x: learned trained_parameters: {\"t\": 1} -> {\"t\": 2}\n" },
	{ FLOW(NODE("a", "x", "") "," NODE("b", "y", FROM("a"))),
	  FLOW(NODE("a", "x", "") "," NODE("n", "z", FROM("a")) "," NODE("b", "y",
									 FROM("n"))),
	  "z: added\ny: moved inputs[0]: \"x\" -> \"z\"\n" },
	/* other ids, the same steps */
	{ FLOW(NODE("a", "x", "") "," NODE("b", "y", FROM("a"))),
	  FLOW(NODE("c", "y", FROM("d")) "," NODE("d", "x", "")), "" },
	/* of two alike, the one with the same parameters */
	{ FLOW(NODE("a", "x", P("\"k\":1")) "," NODE("b", "x", P("\"k\":2"))),
	  FLOW(NODE("c", "x", P("\"k\":2"))), "x: removed\n" },
	{ FLOW(NODE("a", "x", P("\"k\":1")) "," NODE("b", "x", P("\"k\":2"))),
	  FLOW(NODE("c", "x", P("\"k\":1")) "," NODE("d", "x", P("\"k\":3"))),
	  "x: changed parameters.k: 2 -> 3\n" },
	{ "{\"metadata\":{\"version\":1},\"nodes\":[]}",
	  "{\"metadata\":{\"version\":1,\"x\":{}},\"nodes\":[]}",
	  "header metadata.x: nothing -> {}\n" },
	{ FLOW(NODE("a", "x", "")), FLOW(NODE("a", "x", ",\"lariat\":{\"off\":true}")),
	  "x: changed lariat: nothing -> {\"off\": true}\n" },
};

static char *
put_value(char *p, const struct json *value)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);

	if (!value)
		p = stpcpy(p, "nothing");
	else if (json_write_python(value, out, &err))
		p += sprintf(p, "%.*s", (int)out->size, out->data);
	buffer_drop(out);
	return p;
}

static const char *
said(const struct flow_diff *diff, struct arena *arena)
{
	static char text[4096];
	char *p = text;

	*p = '\0';
	for (size_t i = 0; i < diff->n; i++) {
		const struct flow_difference *d = &diff->at[i];
		const struct node *node = d->new ? d->new : d->old;

		if (node)
			p += sprintf(p, "%s: ", flow_title(node, arena));
		p += sprintf(p, "%s", diff_word(d->kind));
		if (d->path) {
			p += sprintf(p, " %s: ", d->path);
			p = put_value(p, d->from);
			p = stpcpy(p, " -> ");
			p = put_value(p, d->to);
		}
		p = stpcpy(p, "\n");
	}
	return text;
}

static void
says(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena arena = { 0 };
		struct error err = { 0 };
		struct flow_diff diff;
		struct flow a, b;

		CHECK(flow_parse(text_of(cases[i].a), &a, &err));
		CHECK(flow_parse(text_of(cases[i].b), &b, &err));
		flow_diff(&a, &b, &diff, &arena);
		CHECK_TEXT(said(&diff, &arena), cases[i].said);
		flow_diff(&b, &b, &diff, &arena);
		CHECK(diff.n == 0);
		flow_release(&a);
		flow_release(&b);
		arena_release(&arena);
	}
}

/* A flow does not differ from itself, nor from a copy with new ids; and each change is
 * said: none of an other node. */
static void
public_flow(const char *path)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct flow_diff diff;
	struct flow a, b, copy;
	size_t places[4096], place;

	CHECK(flow_read(path, &a, &err) && flow_read(path, &b, &err));
	flow_diff(&a, &b, &diff, &arena);
	CHECK(diff.n == 0);
	place = b.order[b.n - 1];
	CHECK(flow_set_parameter(&b, place, "new", json_new_bool(true), &err));
	flow_diff(&a, &b, &diff, &arena);
	CHECK(diff.n == 1 + (a.nodes[place].trained != NULL));
	CHECK_TEXT(diff.n ? diff.at[0].path : "", "parameters.new");
	CHECK(flow_undo(&b, &err) && flow_delete(&b, place, true, &err));
	flow_diff(&a, &b, &diff, &arena);
	CHECK(diff.n == 1 && diff.at[0].kind == DIFF_REMOVED);

	CHECK(flow_new(&copy, &err) && a.n < COUNT(places));
	for (size_t i = 0; i < a.n; i++)
		places[i] = a.order[i];
	CHECK(flow_paste(&copy, &a, places, a.n, NULL, &err));
	flow_diff(&a, &copy, &diff, &arena);
	for (size_t i = 0; i < diff.n; i++)
		CHECK(diff.at[i].kind == DIFF_HEADER);
	flow_release(&a);
	flow_release(&b);
	flow_release(&copy);
	arena_release(&arena);
}

int
main(void)
{
	says();
	public_flows(public_flow);
	return check_report();
}
