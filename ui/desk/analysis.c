/*
 * analysis - which of Data Wrangler's analyses is which mark, and its parameters.
 */
#include "desk/analysis.h"

#include <string.h>

/* A histogram there is what is a bar here, too: its x may be of any type. */
static const struct {
	const char *operator;
	enum mark mark; /* as it is shown */
	enum mark also; /* is written as the same */
} kinds[] = {
	{ "sagemaker.visualizations.histogram_0.1", MARK_AUTO, MARK_HISTOGRAM },
	{ "sagemaker.visualizations.histogram_0.1", MARK_AUTO, MARK_BAR },
	{ "sagemaker.visualizations.scatterplot_0.1", MARK_SCATTER, MARK_SCATTER },
	{ "sagemaker.visualizations.feature_correlation_0.1", MARK_CORRELATION,
	  MARK_CORRELATION },
};

static const struct json *
with_name(const struct json *object, const char *key, const char *name,
	  struct arena *arena)
{
	return name && *name ? json_with(object, key, json_new_string(name, arena), arena)
			     : object;
}

static const struct json *
parameters_of(const char *name, const struct chart_spec *spec, enum mark mark,
	      struct arena *arena)
{
	const struct json *o =
		json_with(json_new_object(), "name", json_new_string(name, arena), arena);

	if (mark == MARK_CORRELATION)
		return with_name(o, "correlation_type", "linear", arena);
	o = with_name(o, "x_axis", spec->x, arena);
	if (mark == MARK_SCATTER)
		o = with_name(o, "y_axis", spec->y, arena);
	o = with_name(o, "color_by", spec->colour, arena);
	return with_name(o, "facet_by", spec->facet, arena);
}

bool
analysis_add(struct flow *flow, size_t behind, const char *name,
	     const struct chart_spec *spec, const struct chart_plan *plan,
	     struct error *err)
{
	const struct flow_from from = { .place = behind };
	struct node_spec node = { .type = "VISUALIZATION" };
	size_t place;

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].also == plan->mark)
			node.operator= kinds[i].operator;
	if (!node.operator|| plan->agg> AGG_COUNT)
		return fail(err,
			    "Data Wrangler has no analysis like this: a histogram, bars "
			    "of counts, a scatter or a correlation can be kept");
	node.parameters = parameters_of(name, spec, plan->mark, &flow->arena);
	return flow_add(flow, &node, &from, 1, &place, err);
}

static const char *
text_of_key(const struct node *node, const char *key, struct arena *arena)
{
	const struct json *value = json_find(node->parameters, key);
	const char *text = value ? json_text(value, arena) : NULL;

	return text ? text : "";
}

bool
analysis_read(const struct node *node, struct chart_spec *spec, struct arena *arena)
{
	if (node->type != NODE_VISUALIZATION || !node->parameters)
		return false;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (strcmp(kinds[i].operator, node->operator) != 0)
			continue;
		*spec = (struct chart_spec){
			.mark = (int)kinds[i].mark,
			.x = text_of_key(node, "x_axis", arena),
			.y = text_of_key(node, "y_axis", arena),
			.colour = text_of_key(node, "color_by", arena),
			.facet = text_of_key(node, "facet_by", arena),
			.bins = PARAM_NO_INTEGER,
		};
		return true;
	}
	return false;
}
