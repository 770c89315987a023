/* fuzz_flow - any bytes as a flow: what opens is saved as it was, also after changes. */
#include <stdlib.h>

#include "flow/diff.h"
#include "flow/edit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
must_print(const struct flow *flow, struct text text)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);

	must(out && flow_print(flow, out, &err));
	must(text_equal((struct text){ out->data, out->size }, text));
	buffer_drop(out);
}

/* A change may be refused, with a sentence. What is printed opens again. */
static void
change(struct flow *flow, size_t place, int kind)
{
	const struct node_spec spec = { .type = "TRANSFORM", .operator= "o" };
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);
	struct flow again;
	bool done;

	if (kind == 0)
		done = flow_delete(flow, place, false, &err);
	else if (kind == 1)
		done = flow_move(flow, place, true, &err);
	else if (kind == 2)
		done = flow_switch(flow, place, !flow->nodes[place].off, &err);
	else if (kind == 3)
		done = flow_rename(flow, place, "x", &err);
	else if (kind == 4)
		done = flow_set_parameter(flow, place, "a.b", json_new_null(), &err);
	else
		done = flow_insert(flow, &spec, &(struct flow_from){ place, NULL }, 1,
				   &place, &err);
	must(done || *err.text);
	must(out && flow_print(flow, out, &err));
	must(flow_parse((struct text){ out->data, out->size }, &again, &err));
	must(json_equal(again.document, flow->document));
	flow_release(&again);
	buffer_drop(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct text text = { (const char *)data, size };
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct flow_diff diff;
	struct flow flow;
	const char *filled;

	if (!flow_parse(text, &flow, &err)) {
		must(*err.text != '\0');
		return 0;
	}
	must_print(&flow, text);
	flow_diff(&flow, &flow, &diff, &arena);
	must(diff.n == 0);
	must(flow_fill(&flow, NULL, "a{{b}}", &filled, &arena, &err) || *err.text);
	for (size_t place = 0; place < flow.n && place < 8; place++)
		for (int kind = 0; kind < 6 && place < flow.n; kind++)
			change(&flow, place, kind);
	while (flow_undo_what(&flow))
		must(flow_undo(&flow, &err));
	must_print(&flow, text);
	flow_release(&flow);
	arena_release(&arena);
	return 0;
}
