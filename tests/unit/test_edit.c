/* Every change does what it says, differs only there, and can be taken back. */
#include <stdio.h>
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "flow/edit.h"
#include "unit/public_flows.h"

/* Sorted by place: what follows a change by id would be harder to read. */
#define SAMPLE                                                                       \
	"{\n \"nodes\": [\n"                                                         \
	"  {\"node_id\": \"s\", \"type\": \"SOURCE\", \"operator\": \"x.csv_0.1\", " \
	"\"parameters\": {\"dataset_definition\": {\"name\": \"a.csv\"}}, "          \
	"\"inputs\": [], \"outputs\": [{\"name\": \"default\"}]},\n"                 \
	"  {\"node_id\": \"a\", \"type\": \"TRANSFORM\", "                           \
	"\"operator\": \"x.y.drop_column_0.1\", \"parameters\": {\"n\": 1.0}, "      \
	"\"trained_parameters\": {\"t\": 1e0}, "                                     \
	"\"inputs\": [{\"name\": \"df\", \"node_id\": \"s\", "                       \
	"\"output_name\": \"default\"}], \"outputs\": [{\"name\": \"default\"}]},\n" \
	"  {\"node_id\": \"b\", \"type\": \"TRANSFORM\", \"operator\": \"o\", "      \
	"\"parameters\": {\"operator\": \"Split\"}, "                                \
	"\"inputs\": [{\"name\": \"df\", \"node_id\": \"a\", "                       \
	"\"output_name\": \"default\"}], "                                           \
	"\"outputs\": [{\"name\": \"Train\"}, {\"name\": \"Test\"}]},\n"             \
	"  {\"node_id\": \"c\", \"type\": \"TRANSFORM\", \"operator\": \"o\", "      \
	"\"name\": \"see\", \"parameters\": {}, "                                    \
	"\"inputs\": [{\"name\": \"df\", \"node_id\": \"b\", "                       \
	"\"output_name\": \"Test\"}], \"outputs\": [{\"name\": \"default\"}]},\n"    \
	"  {\"node_id\": \"v\", \"type\": \"VISUALIZATION\", \"operator\": \"o\", "  \
	"\"parameters\": {\"name\": \"chart\"}, "                                    \
	"\"inputs\": [{\"name\": \"df\", \"node_id\": \"a\", "                       \
	"\"output_name\": \"default\"}], \"outputs\": [{\"name\": \"default\"}]}\n"  \
	" ]\n}\n"

static struct flow flow;
static struct error err;

static struct buffer *
bytes_of(const struct flow *of)
{
	struct buffer *out = buffer_new(0, &err);

	CHECK(out && flow_print(of, out, &err));
	return out;
}

static const char *
find(const struct buffer *out, const char *text)
{
	return memmem(out->data, out->size, text, strlen(text));
}

static bool
same_bytes(const struct buffer *a, const struct buffer *b)
{
	return a->size == b->size && !memcmp(a->data, b->data, a->size);
}

/* "a<s.default c<b.Test": who reads what, in file order. */
static const char *
links(void)
{
	static char text[1024];
	char *p = text;

	*p = '\0';
	for (size_t i = 0; i < flow.n; i++) {
		const struct node *node = &flow.nodes[i];

		p += sprintf(p, "%s%.4s", i ? " " : "", node->id);
		for (size_t j = 0; j < node->n_inputs; j++)
			p += sprintf(p, "<%.4s.%s", node->inputs[j].node,
				     node->inputs[j].output);
	}
	return text;
}

static size_t
at(const char *id)
{
	size_t place = flow_place(&flow, id);

	CHECK(place != FLOW_NONE);
	return place == FLOW_NONE ? 0 : place;
}

/* New nodes have random ids; name the node of a place for links(). */
static void
give_id(size_t place, const char *id)
{
	const struct json *nodes = json_find(flow.document, "nodes"), *node;
	char text[4096];
	size_t size;
	struct buffer *bytes;
	char *found;

	node = nodes->at[place].value;
	snprintf(text, sizeof(text), "%.*s", (int)json_find(node, "node_id")->text.size,
		 json_find(node, "node_id")->text.data);
	size = strlen(text);
	bytes = bytes_of(&flow);
	while ((found = memmem(bytes->data, bytes->size, text, size))) {
		memmove(found + strlen(id), found + size,
			(size_t)(bytes->data + bytes->size - found) - size);
		memcpy(found, id, strlen(id));
		bytes->size -= size - strlen(id);
	}
	flow_release(&flow);
	CHECK(flow_parse((struct text){ bytes->data, bytes->size }, &flow, &err));
	buffer_drop(bytes);
}

static void
open_sample(void)
{
	CHECK(flow_parse(text_of(SAMPLE), &flow, &err));
}

/* The change is undone, and the bytes are those of the sample. */
static void
close_sample(const char *what)
{
	struct buffer *out;

	CHECK_TEXT(flow_undo_what(&flow), what);
	CHECK(flow_undo(&flow, &err));
	CHECK_TEXT(flow_redo_what(&flow), what);
	CHECK(!flow_undo_what(&flow));
	out = bytes_of(&flow);
	CHECK(text_is((struct text){ out->data, out->size }, SAMPLE));
	buffer_drop(out);
	flow_release(&flow);
}

static const struct node_spec step = { .type = "TRANSFORM",
				       .operator= "sagemaker.spark.handle_missing_0.1" };

static void
adds(void)
{
	struct flow_from both[] = { { 1, NULL }, { 2, "Test" } };
	struct node_spec source = { .type = "SOURCE", .operator= "s3_source_0.1" };
	size_t place = 99;

	open_sample();
	CHECK(flow_add(&flow, &step, both, 2, &place, &err));
	CHECK(place == 5);
	CHECK(strlen(flow.nodes[5].id) == 36 && flow.nodes[5].id[14] == '4');
	give_id(5, "n");
	CHECK_TEXT(links(), "s a<s.default b<a.default c<b.Test v<a.default "
			    "n<a.default<b.Test");
	flow_release(&flow);

	open_sample();
	CHECK(flow_insert(&flow, &step, &both[0], 1, &place, &err));
	CHECK(place == 2);
	give_id(2, "n");
	CHECK_TEXT(links(), "s a<s.default n<a.default b<n.default c<b.Test v<a.default");
	flow_release(&flow);

	open_sample();
	CHECK(flow_insert(&flow, &step, &both[1], 1, &place, &err));
	close_sample("handle missing: add after 'Split'");

	open_sample();
	CHECK(flow_add_source(&flow, &source, &place, &err));
	CHECK(flow.n == 7 && place == 6 && flow.nodes[6].inputs[0].from == 5);
	close_sample("s3 source: add source");

	open_sample();
	both[0].output = "nowhere";
	CHECK(!flow_add(&flow, &step, both, 1, &place, &err));
	CHECK(strstr(err.text, "node 'a' has no output 'nowhere'"));
	CHECK(!flow_undo_what(&flow) && flow.n == 5);
	CHECK(!flow_undo(&flow, &err) && !flow_redo(&flow, &err));
	flow_release(&flow);
}

/* What a node made from nothing looks like. */
static void
lays_out(void)
{
	struct node_spec spec = { .type = "DESTINATION", .operator= "o", .name = "N" };
	struct flow_from from = { 1, NULL };
	struct buffer *out;
	const char *found;
	size_t place;

	CHECK(flow_new(&flow, &err));
	CHECK(flow_add_source(&flow, &(struct node_spec){ "SOURCE", "s" }, &place, &err));
	give_id(0, "first");
	give_id(1, "types");
	CHECK(flow_add(&flow, &spec, &from, 1, &place, &err));
	give_id(2, "last");
	out = bytes_of(&flow);
	found = find(out, "    {\n      \"node_id\": \"last\"");
	CHECK(found &&
	      text_is((struct text){ found, (size_t)(out->data + out->size - found) },
		      "    {\n"
		      "      \"node_id\": \"last\",\n"
		      "      \"type\": \"DESTINATION\",\n"
		      "      \"operator\": \"o\",\n"
		      "      \"name\": \"N\",\n"
		      "      \"parameters\": {},\n"
		      "      \"inputs\": [\n"
		      "        {\n"
		      "          \"name\": \"default\",\n"
		      "          \"node_id\": \"types\",\n"
		      "          \"output_name\": \"default\"\n"
		      "        }\n"
		      "      ],\n"
		      "      \"outputs\": [\n"
		      "        {\n"
		      "          \"name\": \"default\"\n"
		      "        }\n"
		      "      ]\n"
		      "    }\n"
		      "  ]\n"
		      "}"));
	buffer_drop(out);
	flow_release(&flow);
}

static void
sets(void)
{
	const struct json *list[5] = { NULL };
	struct buffer *out;

	open_sample();
	CHECK(flow_set_parameter(&flow, at("a"), "m", json_new_bool(true), &err));
	CHECK(!flow.nodes[1].trained);
	out = bytes_of(&flow);
	CHECK(find(out, "\"parameters\": {\"n\": 1.0, \"m\": true}, "
			"\"inputs\""));
	buffer_drop(out);
	close_sample("drop column: set 'm'");

	open_sample(); /* to what it is, in other words: nothing is learned anew */
	CHECK(flow_set_parameter(&flow, at("a"), "n", json_new_long(1, &flow.arena),
				 &err));
	CHECK(!flow_undo_what(&flow) && flow.nodes[1].trained);
	list[1] = json_with(json_new_object(), "t", json_new_long(1, &flow.arena),
			    &flow.arena);
	CHECK(flow_set_trained(&flow, list, &err));
	CHECK(!flow_undo_what(&flow));
	list[1] = list[2] = json_new_object();
	CHECK(flow_set_trained(&flow, list, &err));
	CHECK(flow.nodes[1].trained->n == 0 && flow.nodes[2].trained);
	out = bytes_of(&flow);
	CHECK(find(out, "\"Split\"}, \"trained_parameters\": {}, "
			"\"inputs\""));
	buffer_drop(out);
	close_sample("keep what 2 steps learned");
}

static void
deletes(void)
{
	open_sample();
	CHECK(flow_delete(&flow, at("a"), false, &err));
	CHECK_TEXT(links(), "s b<s.default c<b.Test v<s.default");
	close_sample("drop column: delete");
	open_sample();
	CHECK(flow_delete(&flow, at("b"), false, &err));
	CHECK_TEXT(links(), "s a<s.default c<a.default v<a.default");
	close_sample("Split: delete");
	open_sample();
	CHECK(!flow_delete(&flow, at("s"), false, &err));
	CHECK_TEXT(err.text, "'a.csv' has 0 inputs, so what reads it could read nothing "
			     "instead: delete it with all below it");
	CHECK(flow_delete(&flow, at("b"), true, &err));
	CHECK_TEXT(links(), "s a<s.default v<a.default");
	close_sample("Split: delete with all below it");
	open_sample();
	CHECK(flow_delete(&flow, at("s"), true, &err));
	CHECK(flow.n == 0);
	close_sample("a.csv: delete with all below it");
}

static void
moves(void)
{
	struct buffer *out;
	size_t place;

	open_sample();
	CHECK(flow_insert(&flow, &step, &(struct flow_from){ 1, NULL }, 1, &place, &err));
	give_id(2, "n");
	CHECK(flow_move(&flow, at("n"), true, &err));
	CHECK_TEXT(links(), "s n<s.default a<n.default b<a.default c<b.Test v<a.default");
	CHECK_TEXT(flow_undo_what(&flow), "handle missing: move before 'drop column'");
	out = bytes_of(&flow);
	CHECK(flow_move(&flow, at("n"), false, &err));
	CHECK_TEXT(links(), "s a<s.default n<a.default b<n.default c<b.Test v<a.default");
	CHECK(flow_move(&flow, at("a"), false, &err));
	CHECK_TEXT(links(), "s n<s.default a<n.default b<a.default c<b.Test v<a.default");
	CHECK_TEXT(flow_undo_what(&flow), "drop column: move after 'handle missing'");
	buffer_drop(out);
	CHECK(!flow_move(&flow, at("n"), true, &err));
	CHECK_TEXT(err.text,
		   "'handle missing' cannot move: 'a.csv' is no step in a chain");
	CHECK(!flow_move(&flow, at("a"), false, &err));
	CHECK_TEXT(err.text, "'drop column' cannot move: 'Split' is no step in a chain");
	CHECK(!flow_move(&flow, at("b"), true, &err));
	CHECK(!flow_move(&flow, at("c"), false, &err));
	CHECK_TEXT(err.text, "'see' cannot move: no step comes after it");
	CHECK(flow_add(&flow, &step, &(struct flow_from){ at("n"), NULL }, 1, &place,
		       &err));
	CHECK(!flow_move(&flow, at("a"), true, &err));
	CHECK_TEXT(err.text, "'drop column' cannot move: other steps read 'handle "
			     "missing' too");
	CHECK(!flow_move(&flow, at("n"), false, &err));
	CHECK_TEXT(err.text, "'handle missing' cannot move: several steps read it");
	flow_release(&flow);
}

static void
renames(void)
{
	open_sample();
	CHECK(flow_rename(&flow, at("a"), "first", &err));
	CHECK_TEXT(flow.nodes[1].name, "first");
	CHECK(flow.nodes[1].trained != NULL);
	close_sample("drop column: rename to 'first'");
	open_sample();
	CHECK(flow_rename(&flow, at("v"), "plot", &err));
	CHECK(json_is_string(json_find(flow.nodes[4].parameters, "name"), "plot"));
	CHECK(!json_find(flow.nodes[4].json, "name"));
	close_sample("chart: rename to 'plot'");
	open_sample();
	CHECK(flow_rename(&flow, at("c"), "see", &err));
	CHECK(!flow_undo_what(&flow));
	CHECK(flow_rename(&flow, at("c"), "", &err));
	CHECK(!json_find(flow.nodes[3].json, "name"));
	close_sample("see: remove name");
}

static void
switches(void)
{
	struct buffer *out;

	open_sample();
	CHECK(flow_switch(&flow, at("a"), true, &err));
	CHECK(flow.nodes[1].off);
	out = bytes_of(&flow);
	CHECK(find(out, "\"lariat\": {\"off\": true}}"));
	buffer_drop(out);
	CHECK(flow_switch(&flow, at("a"), true, &err));
	CHECK(flow_switch(&flow, at("a"), false, &err));
	out = bytes_of(&flow);
	CHECK(text_is((struct text){ out->data, out->size }, SAMPLE));
	buffer_drop(out);
	CHECK(flow_undo(&flow, &err));
	close_sample("drop column: switch off");
	open_sample();
	CHECK(!flow_switch(&flow, at("s"), true, &err));
	CHECK_TEXT(err.text,
		   "'a.csv' cannot be switched off: it has 0 inputs, so nothing "
		   "could pass through it");
	flow_release(&flow);
}

/* A note is a key of ours beside the switch; without both the node is as it was. */
static void
notes(void)
{
	struct buffer *out;

	open_sample();
	CHECK(flow_note(&flow, at("a"), "see \"this\"", &err));
	CHECK(flow_switch(&flow, at("a"), true, &err));
	out = bytes_of(&flow);
	CHECK(find(out, "\"lariat\": {\"note\": \"see \\\"this\\\"\", \"off\": true}}"));
	buffer_drop(out);
	CHECK_TEXT(flow_note_of(&flow.nodes[1], &flow.arena), "see \"this\"");
	CHECK_TEXT(flow_note_of(&flow.nodes[0], &flow.arena), "");
	CHECK(flow_switch(&flow, at("a"), false, &err));
	CHECK(flow_note(&flow, at("a"), "", &err));
	out = bytes_of(&flow);
	CHECK(text_is((struct text){ out->data, out->size }, SAMPLE));
	buffer_drop(out);
	for (int i = 0; i < 3; i++)
		CHECK(flow_undo(&flow, &err));
	close_sample("drop column: note");
}

static void
pastes(void)
{
	const size_t places[] = { 2, 3 };
	struct flow from;

	open_sample();
	CHECK(flow_parse(text_of(SAMPLE), &from, &err));
	CHECK(flow_paste(&flow, &from, places, 2, &(struct flow_from){ 0, NULL }, &err));
	CHECK(flow.n == 7 && flow.nodes[5].inputs[0].from == 0 &&
	      flow.nodes[6].inputs[0].from == 5);
	CHECK_TEXT(flow.nodes[6].inputs[0].output, "Test");
	CHECK_TEXT(flow.nodes[6].name, "see");
	CHECK(strcmp(flow.nodes[5].id, "b") != 0);
	close_sample("paste 2 steps");
	open_sample();
	CHECK(flow_paste(&flow, &from, places + 1, 1, NULL, &err));
	CHECK(flow.nodes[5].inputs[0].from == 2);
	close_sample("see: paste");
	CHECK(flow_new(&flow, &err));
	CHECK(!flow_paste(&flow, &from, places, 1, NULL, &err));
	CHECK_TEXT(err.text,
		   "'Split' reads 'drop column', which is not in this flow: say "
		   "after which node it goes");
	flow_release(&flow);
	flow_release(&from);
}

/* A node with ten thousand readers goes, and comes back. */
static void
relinks_many(void)
{
	enum { N = 10000 };
	char *text = malloc(N * 150), *p = text;
	struct buffer *out;

	p += sprintf(p, "{\"nodes\":[{\"node_id\":\"s\",\"type\":\"T\","
			"\"operator\":\"o\"}");
	for (int i = 0; i < N; i++)
		p += sprintf(p,
			     ",{\"node_id\":\"n%d\",\"type\":\"T\",\"operator\":\"o\","
			     "\"inputs\":[{\"node_id\":\"%s\"}]}",
			     i, i ? "n0" : "s");
	strcpy(p, "]}");
	CHECK(flow_parse(text_of(text), &flow, &err));
	CHECK(flow_delete(&flow, 1, false, &err));
	CHECK(flow.n == N && flow.nodes[N - 1].inputs[0].from == 0);
	CHECK(flow.arena.bytes < 100 << 20);
	CHECK(flow_undo(&flow, &err));
	out = bytes_of(&flow);
	CHECK(text_is((struct text){ out->data, out->size }, text));
	buffer_drop(out);
	flow_release(&flow);
	free(text);
}

/* --- many changes of real flows --- */

static uint64_t seed = 7;

/* Some are refused; that is fine. */
static void
change_something(void)
{
	size_t place = random_below(&seed, flow.n), other;
	struct flow_from from = { place, NULL };
	const struct json *trained[4096] = { NULL };
	bool ok = true;

	switch (random_below(&seed, 11)) {
	case 0:
		ok = flow_add(&flow, &step, &from, 1, &other, &err);
		break;
	case 1:
		ok = flow_insert(&flow, &step, &from, 1, &other, &err);
		break;
	case 2:
		ok = flow_delete(&flow, place, false, &err);
		break;
	case 3:
		ok = flow.n > 8 && flow_delete(&flow, place, true, &err);
		break;
	case 4:
		ok = flow_move(&flow, place, true, &err);
		break;
	case 5:
		ok = flow_move(&flow, place, false, &err);
		break;
	case 6:
		ok = flow_rename(&flow, place, "n\xc3\xa9w \"name\"", &err);
		break;
	case 7:
		ok = flow_switch(&flow, place, !flow.nodes[place].off, &err);
		break;
	case 8:
		ok = flow_set_parameter(&flow, place, "a.b",
					json_new_double(0.1, &flow.arena), &err);
		break;
	case 9:
		trained[place] = json_new_object();
		ok = flow.n < COUNT(trained) && flow_set_trained(&flow, trained, &err);
		break;
	default:
		ok = flow_paste(&flow, &flow, &place, 1, NULL, &err);
	}
	if (!ok && flow.n > 8)
		CHECK(*err.text);
}

/* What is printed opens as the same document. */
static void
opens_again(const struct buffer *bytes)
{
	struct flow again;

	CHECK(flow_parse((struct text){ bytes->data, bytes->size }, &again, &err));
	CHECK(json_equal(again.document, flow.document));
	flow_release(&again);
}

/* A name for a node that has none adds its bytes and leaves all others. */
static void
adds_bytes(const char *path)
{
	const char *added = "\"name\": \"the one that changed\",";
	struct buffer *was, *now;
	size_t same = 0, behind, place = 0;

	CHECK(flow_read(path, &flow, &err));
	was = bytes_of(&flow);
	while (*flow.nodes[place].name)
		place++;
	CHECK(flow_rename(&flow, place, "the one that changed", &err));
	now = bytes_of(&flow);
	while (same < was->size && was->data[same] == now->data[same])
		same++;
	behind = was->size - same;
	CHECK(find(now, added) && now->size > was->size &&
	      now->size - was->size < strlen(added) + 20);
	CHECK(!memcmp(was->data + same, now->data + now->size - behind, behind));
	buffer_drop(was);
	buffer_drop(now);
	flow_release(&flow);
}

static void
changes(const char *path)
{
	struct buffer *first, *last, *now;
	size_t n = 0;

	CHECK(flow_read(path, &flow, &err));
	first = bytes_of(&flow);
	for (int i = 0; i < 60 && flow.n; i++) {
		change_something();
		if (i % 20 == 0) {
			now = bytes_of(&flow);
			opens_again(now);
			buffer_drop(now);
		}
	}
	last = bytes_of(&flow);
	while (flow_undo_what(&flow) && ++n)
		CHECK(flow_undo(&flow, &err));
	now = bytes_of(&flow);
	CHECK(same_bytes(now, first));
	buffer_drop(now);
	CHECK(n > 0);
	while (flow_redo_what(&flow))
		CHECK(flow_redo(&flow, &err));
	now = bytes_of(&flow);
	CHECK(same_bytes(now, last));
	buffer_drop(now);
	buffer_drop(first);
	buffer_drop(last);
	flow_release(&flow);
}

int
main(void)
{
	adds();
	lays_out();
	sets();
	deletes();
	moves();
	renames();
	switches();
	notes();
	pastes();
	relinks_many();
	public_flows(changes);
	public_flows(adds_bytes);
	return check_report();
}
