/* A flow opens whatever its size and order, says what is wrong and where, and saves to
 * the bytes it came from. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "flow/flow.h"
#include "unit/public_flows.h"

#define NODE(id, rest)                                                               \
	"{\"node_id\":\"" id "\",\"type\":\"TRANSFORM\",\"operator\":\"o\",\"parame" \
	"ters\":{}" rest "}"
#define FROM(id) ",\"inputs\":[{\"name\":\"df\",\"node_id\":\"" id "\"}]"
#define OUT(id, name) \
	",\"inputs\":[{\"node_id\":\"" id "\",\"output_name\":\"" name "\"}]"
#define NODES(list) "{\"nodes\":[" list "]}"

static const struct {
	const char *text, *wrong;
} refusals[] = {
	{ "", "line 1, column 1: expected a value, but the text ends" },
	{ "[]", "no flow: the document must be an object" },
	{ "{}", "no flow: there is no array 'nodes'" },
	{ "{\"nodes\":{}}", "'nodes' must be an array" },
	{ "{\"metadata\":{\"version\":2},\"nodes\":[]}",
	  "'metadata.version' is 2, but only 1 is known" },
	{ "{\"metadata\":{\"version\":[]},\"nodes\":[]}",
	  "'metadata.version' must be 1" },
	{ NODES("7"), "nodes[0]: must be an object" },
	{ NODES("{\"type\":\"TRANSFORM\"}"), "nodes[0]: no 'node_id'" },
	{ NODES("{\"node_id\":7}"), "nodes[0]: 'node_id' must be a string" },
	{ NODES("{\"node_id\":\"\"}"), "nodes[0] (''): 'node_id' is empty" },
	{ NODES("{\"node_id\":\"a\\u0000\"}"),
	  "nodes[0]: 'node_id' holds a NUL character" },
	{ NODES("{\"node_id\":\"a\"}"), "nodes[0] ('a'): no 'type'" },
	{ NODES("{\"node_id\":\"a\",\"type\":\"SOURCE\"}"),
	  "nodes[0] ('a'): no 'operator'" },
	{ NODES("{\"node_id\":\"a\",\"type\":\"X\",\"operator\":\"o\","
		"\"parameters\":[]}"),
	  "nodes[0] ('a'): 'parameters' must be an object" },
	{ NODES(NODE("a", ",\"trained_parameters\":1")),
	  "nodes[0] ('a'): 'trained_parameters' must be an object" },
	{ NODES(NODE("a", ",\"inputs\":{}")),
	  "nodes[0] ('a'): 'inputs' must be an array" },
	{ NODES(NODE("a", ",\"inputs\":[1]")),
	  "nodes[0] ('a'): inputs[0]: must be an object" },
	{ NODES(NODE("a", ",\"inputs\":[{}]")),
	  "nodes[0] ('a'): inputs[0]: no 'node_id'" },
	{ NODES(NODE("a", ",\"outputs\":[{\"name\":1}]")),
	  "nodes[0] ('a'): outputs[0]: 'name' must be a string" },
	{ NODES(NODE("a", "") "," NODE("b", FROM("c"))),
	  "nodes[1] ('b'): inputs[0]: no node 'c'" },
	{ NODES(NODE("a", ",\"outputs\":[{\"name\":\"Train\"},{\"name\":\"Test\"}"
			  "]") "," NODE("b", OUT("a", "Tset"))),
	  "nodes[1] ('b'): inputs[0]: node 'a' has no output 'Tset', but 'Train' "
	  "and "
	  "others" },
	{ NODES(NODE("a", "") "," NODE("b", "") "," NODE("a", "")),
	  "nodes[2] ('a'): nodes[0] has the same id" },
	{ NODES(NODE("a", FROM("a"))),
	  "the nodes feed each other in a circle: 'a' -> 'a'" },
	{ NODES(NODE("x", "") "," NODE("a", FROM("c")) "," NODE("b", FROM("a")) "," NODE(
		  "c", FROM("b"))),
	  "the nodes feed each other in a circle: 'a' -> 'b' -> 'c' -> 'a'" },
};

static void
refuses(void)
{
	for (size_t i = 0; i < COUNT(refusals); i++) {
		struct error err = { 0 };
		struct flow flow;

		CHECK(!flow_parse(text_of(refusals[i].text), &flow, &err));
		CHECK_TEXT(err.text, refusals[i].wrong);
	}
}

static const char *
printed(const struct flow *flow)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);
	static char *text;

	free(text);
	CHECK(flow_print(flow, out, &err));
	text = strndup(out->data, out->size);
	buffer_drop(out);
	return text;
}

static void
reads(void)
{
	const char *text = "\xef\xbb\xbf \n{\"nodes\" : [" NODE(
		"b",
		OUT("a",
		    "Test") ",\"name\":\"last\"") ",\n" NODE("a",
							     ",\"outputs\":[{\"name\":"
							     "\"Train\"},{\"name"
							     "\":\"Test\"}]") ","
									      "{\"type\":"
									      "\"SOURCE\""
									      ",\"operato"
									      "r\":\"q\","
									      "\"node_"
									      "id\":"
									      "\"c0ffee-"
									      "1\","
									      "\"paramete"
									      "rs\":"
									      "{\"name\":"
									      "\"inner\"}"
									      ",\"lariat"
									      "\":{"
									      "\"off\":"
									      "true}},"
									      "{\"type\":"
									      "\"NEW\","
									      "\"operator"
									      "\":\"q\","
									      "\"node_"
									      "id\":"
									      "\"c0ffee-"
									      "2\","
									      "\"name\":"
									      "\"last\"}"
									      "]  } "
									      "\r\n\n";
	struct error err = { 0 };
	struct flow flow;

	CHECK(flow_parse(text_of(text), &flow, &err));
	CHECK_TEXT(printed(&flow), text);
	CHECK(flow.n == 4);
	CHECK(flow.order[0] == 1 && flow.order[1] == 0 && flow.order[2] == 2);
	CHECK(flow.nodes[0].n_inputs == 1 && flow.nodes[0].inputs[0].from == 1);
	CHECK_TEXT(flow.nodes[0].inputs[0].output, "Test");
	CHECK_TEXT(flow.nodes[0].outputs.at[0], "default");
	CHECK(flow.nodes[1].outputs.n == 2);
	CHECK(flow.nodes[2].type == NODE_SOURCE && flow.nodes[3].type == NODE_OTHER);
	CHECK(flow.nodes[2].off && !flow.nodes[3].off);
	CHECK_TEXT(flow.nodes[2].name, "inner");
	CHECK(flow_find(&flow, "a", &err) == 1 && flow_find(&flow, "inner", &err) == 2);
	CHECK(flow_find(&flow, "c0ffee-2", &err) == 3);
	CHECK(flow_find(&flow, "last", &err) == FLOW_NONE);
	CHECK_TEXT(err.text, "several nodes have the name 'last': say the id, 'b' or "
			     "'c0ffee-2'");
	CHECK(flow_find(&flow, "c0ffee", &err) == FLOW_NONE);
	CHECK_TEXT(err.text, "the ids of several nodes start with 'c0ffee', 'c0ffee-1' "
			     "and 'c0ffee-2'");
	CHECK(flow_find(&flow, "", &err) == FLOW_NONE);
	CHECK(flow_find(&flow, "c0ff", &err) == FLOW_NONE);
	CHECK_TEXT(err.text, "no node 'c0ff': say its id, the first 6 or more characters "
			     "of it, or its name");
	flow_release(&flow);
}

static const struct {
	const char *text, *settings[2], *filled, *wrong;
} fills[] = {
	{ "s3://x", { 0 }, "s3://x", NULL },
	{ "a{{ year }}b{{year}}", { 0 }, "a2024b2024", NULL },
	{ "{{year}}", { "year=1", "year=2" }, "2", NULL },
	{ "{{year}}", { "years=1" }, "2024", NULL },
	{ "{{town}}/{{big}}", { 0 }, "Ulm/12345678901234567890", NULL },
	{ "{{other}}", { "other=x" }, "x", NULL },
	{ "{{open", { 0 }, "{{open", NULL },
	{ "a}}{{year}}{{", { 0 }, "a}}2024{{", NULL },
	{ "{{town}}", { "town={{year}}" }, "{{year}}", NULL },
	{ "{{no}}",
	  { 0 },
	  NULL,
	  "no flow parameter 'no'; there are 'year', 'town', 'big', 'none', 'when'" },
	{ "{{none}}",
	  { 0 },
	  NULL,
	  "flow parameter 'none' has no value: set it, --param none=VALUE" },
	{ "{{year}}",
	  { "year=last" },
	  NULL,
	  "flow parameter 'year': 'last' is not a number" },
	{ "{{when}}",
	  { 0 },
	  NULL,
	  "flow parameter 'when' is a Datetime: set it for this run, --param when=TEXT" },
	{ "{{when}}", { "when=2024" }, "2024", NULL },
};

static void
fills_in(void)
{
	const char *text =
		"{\"nodes\":[],\"parameters\":["
		"{\"name\":\"year\",\"type\":\"Number\",\"value\":2024},"
		"{\"name\":\"town\",\"type\":\"String\",\"defaultValue\":\"Ulm\"},"
		"{\"name\":\"big\",\"type\":\"Number\",\"default\":12345678901234567890},"
		"{\"name\":\"none\"},"
		"{\"name\":\"when\",\"type\":\"Datetime\",\"value\":\"yyyy\"}]}";
	struct error err = { 0 };
	struct arena arena = { 0 };
	struct flow flow;

	CHECK(flow_parse(text_of(text), &flow, &err));
	for (size_t i = 0; i < COUNT(fills); i++) {
		struct names settings = { 0 };
		const char *out = NULL;
		bool ok;

		for (size_t j = 0; j < 2 && fills[i].settings[j]; j++)
			names_add(&settings, fills[i].settings[j], &arena);
		ok = flow_fill(&flow, &settings, fills[i].text, &out, &arena, &err);
		CHECK(ok == !fills[i].wrong);
		CHECK_TEXT(ok ? out : err.text, ok ? fills[i].filled : fills[i].wrong);
	}
	arena_release(&arena);
	flow_release(&flow);
	CHECK(flow_parse(text_of("{\"nodes\":[],\"parameters\":[{\"value\":1}]}"), &flow,
			 &err));
	CHECK(!flow_fill(&flow, NULL, "{{x}}", &(const char *){ 0 }, &arena, &err));
	CHECK_TEXT(err.text, "parameters[0]: no 'name'");
	flow_release(&flow);
	CHECK(flow_parse(text_of("{\"nodes\":[]}"), &flow, &err));
	CHECK(!flow_fill(&flow, NULL, "{{x}}", &(const char *){ 0 }, &arena, &err));
	CHECK_TEXT(err.text, "no flow parameter 'x'; the flow has none, set it with "
			     "--param");
	flow_release(&flow);
	arena_release(&arena);
}

/* A chain read from its end, and a node with all the others as consumers. */
static void
opens_large(bool chain)
{
	enum { N = 10000 };
	char *text = malloc(N * 200), *p = text;
	struct error err = { 0 };
	struct flow flow;

	p += sprintf(p, "{\"nodes\":[");
	for (int i = N - 1; i >= 0; i--) {
		p += sprintf(p, "{\"node_id\":\"n%d\",\"type\":\"T\",\"operator\":\"o\"",
			     i);
		if (i)
			p += sprintf(p, ",\"inputs\":[{\"node_id\":\"n%d\"}]",
				     chain ? i - 1 : 0);
		p += sprintf(p, "}%s", i ? "," : "]}");
	}
	CHECK(flow_parse(text_of(text), &flow, &err));
	CHECK(flow.order[0] == N - 1 && flow.n == N);
	if (chain)
		for (size_t i = 0; i < N; i++)
			CHECK(flow.order[i] == N - 1 - i);
	CHECK(flow_find(&flow, "n9999", &err) == 0);
	flow_release(&flow);
	/* close the circle */
	p = strstr(text, "\"n0\",\"type\"");
	if (chain && p) {
		strcpy(p,
		       "\"n0\",\"type\":\"T\",\"operator\":\"o\",\"inputs\":[{\"node_id\""
		       ":\"n9999\"}]}]}");
		CHECK(!flow_parse(text_of(text), &flow, &err));
		CHECK_TEXT(err.text,
			   "the nodes feed each other in a circle: 'n9999' -> 'n0' -> "
			   "'n1' -> 'n2' -> 'n3' -> 'n4' -> ... -> 'n9999'");
	}
	free(text);
}

/* Whatever byte is wrong, opening ends in a flow or a sentence. */
static void
survives(const char *path)
{
	struct error err = { 0 };
	struct buffer *bytes = file_read(path, 1 << 30, &err);
	struct flow flow;
	unsigned seed = 1;

	CHECK(bytes);
	if (!bytes)
		return;
	for (int i = 0; i < 20; i++) {
		size_t at = (seed = seed * 1103515245 + 12345) % bytes->size;
		char was = bytes->data[at];

		bytes->data[at] = "\"{}[],:x\\\xff"[seed >> 8 & 7];
		if (flow_parse((struct text){ bytes->data, bytes->size }, &flow, &err))
			flow_release(&flow);
		if (flow_parse((struct text){ bytes->data, at }, &flow, &err))
			flow_release(&flow);
		bytes->data[at] = was;
	}
	buffer_drop(bytes);
}

static void
keeps_bytes(const char *path)
{
	struct error err = { 0 };
	struct buffer *bytes = file_read(path, 1 << 30, &err);
	struct buffer *out = buffer_new(0, &err);
	struct flow flow;

	CHECK(bytes && out);
	if (!flow_read(path, &flow, &err)) {
		printf("%s\n", err.text);
		CHECK(!"opens");
	} else {
		CHECK(flow_print(&flow, out, &err));
		CHECK(bytes->size == out->size &&
		      !memcmp(bytes->data, out->data, out->size));
		flow_release(&flow);
	}
	buffer_drop(bytes);
	buffer_drop(out);
}

static void
public_flow(const char *path)
{
	keeps_bytes(path);
	survives(path);
}

static void
writes(void)
{
	const char *text = "{\"nodes\":[]}\n";
	char folder[] = "/tmp/test_flow.XXXXXX", path[64];
	struct error err = { 0 };
	struct flow flow, again;
	struct stat stat_now;

	CHECK(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.flow", folder);
	CHECK(flow_parse(text_of(text), &flow, &err));
	CHECK(flow_write(&flow, path, &err));
	chmod(path, 0600);
	CHECK(flow_write(&flow, path, &err));
	CHECK(stat(path, &stat_now) == 0 && (stat_now.st_mode & 0777) == 0600);
	CHECK(flow_read(path, &again, &err));
	CHECK_TEXT(again.path, path);
	CHECK_TEXT(printed(&again), text);
	flow_release(&again);
	CHECK(!flow_write(&flow, "/dev/full", &err));
	CHECK_TEXT(err.text, "cannot write '/dev/full': No space left on device");
	CHECK(!flow_write(&flow, "/nowhere/x.flow", &err));
	CHECK_TEXT(err.text, "cannot write '/nowhere/x.flow': No such file or directory");
	CHECK(!flow_read("/nowhere/x.flow", &again, &err));
	CHECK_TEXT(err.text, "cannot open '/nowhere/x.flow': No such file or directory");
	CHECK(!flow_read("/", &again, &err));
	CHECK_TEXT(err.text, "cannot read '/': Is a directory");
	CHECK(!flow_read("/dev/zero", &again, &err));
	CHECK_TEXT(err.text, "'/dev/zero' is larger than 268435456 bytes");
	flow_release(&flow);
	unlink(path);
	CHECK(rmdir(folder) == 0);
}

int
main(void)
{
	refuses();
	reads();
	fills_in();
	opens_large(true);
	opens_large(false);
	writes();
	public_flows(public_flow);
	return check_report();
}
