/* A chart that is kept as a node is read back as the same; others are refused. */
#include "desk/analysis.h"

#include "check.h"
#include "desk/clip.h"

static struct arena arena;
static struct error err;

static struct field columns[] = {
	{ .name = "adr", .type = TYPE_FLOAT },
	{ .name = "hotel", .type = TYPE_STRING },
	{ .name = "lead", .type = TYPE_LONG },
};
static const struct schema schema = { COUNT(columns), columns };

/* written: false: Data Wrangler has none like it. */
static const struct {
	struct chart_spec spec;
	bool written;
	enum mark read;
} cases[] = {
	{ { .mark = MARK_HISTOGRAM, .x = "adr", .colour = "hotel" }, true, MARK_AUTO },
	{ { .mark = MARK_BAR, .x = "hotel", .facet = "hotel" }, true, MARK_AUTO },
	{ { .mark = MARK_BAR, .x = "hotel", .y = "adr", .agg = AGG_MEAN }, false, 0 },
	{ { .mark = MARK_SCATTER, .x = "adr", .y = "lead" }, true, MARK_SCATTER },
	{ { .mark = MARK_BOX, .x = "hotel", .y = "adr" }, false, 0 },
	{ { .mark = MARK_CORRELATION }, true, MARK_CORRELATION },
};

static const char document[] =
	"{\"metadata\": {\"version\": 1}, \"nodes\": [{\"node_id\": \"a\", \"type\": "
	"\"SOURCE\", \"operator\": \"none\", \"parameters\": {}, \"inputs\": [], "
	"\"outputs\": [{\"name\": \"default\"}]}]}";

static void
check_case(size_t i)
{
	struct chart_spec spec = chart_spec_copy(&cases[i].spec, &arena), read;
	struct chart_plan plan;
	struct flow flow, copy;

	CHECK(flow_parse(text_of(document), &flow, &err));
	CHECK(chart_resolve(&spec, &schema, &plan, &err));
	CHECK(analysis_add(&flow, 0, "chart", &spec, &plan, &err) == cases[i].written);
	CHECK(flow.n == 1 + (size_t)cases[i].written);
	if (cases[i].written) {
		CHECK(clip_copy(&flow, 1, &copy, &err)); /* what is pasted is the same */
		CHECK(copy.n == 2 && analysis_read(&copy.nodes[1], &read, &arena));
		CHECK((enum mark)read.mark == cases[i].read);
		CHECK_TEXT(read.x, spec.x);
		CHECK_TEXT(read.y, spec.y);
		CHECK_TEXT(read.colour, spec.colour);
		CHECK_TEXT(read.facet, spec.facet);
		CHECK(!analysis_read(&copy.nodes[0], &read, &arena));
		flow_release(&copy);
	}
	flow_release(&flow);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(i);
	arena_release(&arena);
	return 0;
}
