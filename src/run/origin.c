/*
 * origin - sources: which file a source node means on this machine.
 *
 * --source NODE=PATH comes first (by id, name, or the name of the data set, with or
 * without its ending), then parameters and --map.
 */
#include "run/origin.h"

#include "io/sniff.h"

enum { KEPT_SHARE = 8 }; /* of the memory there is, for what a source has parsed */

static bool
is_called(const struct node *node, const struct dataset *dataset, struct text name)
{
	const char *dot = strrchr(dataset->name, '.');

	if (text_is(name, node->id) || text_is(name, node->name) ||
	    text_is(name, dataset->name))
		return true;
	return dot && text_equal(name, (struct text){ dataset->name,
						      (size_t)(dot - dataset->name) });
}

/* PATH of the --source that names this node; the last one counts. */
static const char *
override(const struct plan *plan, const struct node *node, const struct dataset *dataset)
{
	const struct names *sources = &plan->options->sources;

	for (size_t i = sources->n; i-- > 0;) {
		const char *equals = strchr(sources->at[i], '=');
		struct text name = { sources->at[i], (size_t)(equals - sources->at[i]) };

		if (name.size && is_called(node, dataset, name))
			return equals + 1;
	}
	return NULL;
}

/* A file in the place of what the flow reads (a query's result, Parquet) is what it is;
 * in the place of a CSV it is written like that one. */
static bool
take_as_is(const char *path, struct dataset *dataset, struct error *err)
{
	if (strcmp(dataset->format, "csv") == 0)
		return true;
	dataset->format = NULL; /* by the file's ending */
	return strcmp(path, "-") == 0 || sniff_file(path, &dataset->dialect, err);
}

static bool
find_file(struct plan *plan, const struct node *node, struct dataset *dataset,
	  const char **path, struct error *err)
{
	const char *uri;

	*path = override(plan, node, dataset);
	if (*path)
		return take_as_is(*path, dataset, err);
	if (!flow_fill(plan->flow, &plan->options->params, dataset->uri, &uri,
		       plan->arena, err) ||
	    !place_local(uri, &plan->options->maps, plan->flow->path, path, plan->arena,
			 err))
		return false;
	dataset->uri = uri;
	return true;
}

bool
origin_find(struct plan *plan, const struct knot *knot, struct dataset *dataset,
	    const char **path, struct error *err)
{
	*dataset = (struct dataset){ 0 };
	return knot->step->op->source(knot->step->fields, dataset, plan->arena, err) &&
	       find_file(plan, &plan->flow->nodes[knot->node], dataset, path, err);
}

bool
origin_options(struct plan *plan, const struct knot *knot, struct source_options *options,
	       struct error *err)
{
	struct dataset dataset;

	*options = (struct source_options){ 0 };
	if (!origin_find(plan, knot, &dataset, &options->path, err))
		return false;
	options->uri = dataset.uri;
	options->format = dataset.format;
	options->dialect = dataset.dialect;
	options->nested = dataset.nested;
	options->filename_column = dataset.filename_column;
	options->chunk_bytes = plan->options->chunk_bytes;
	return true;
}

bool
origin_open(struct plan *plan, struct knot *knot, struct error *err)
{
	struct source_options options;

	if (!origin_options(plan, knot, &options, err))
		return false;
	options.keep_bytes = memory_room() / KEPT_SHARE;
	if (!source_open(&options, &knot->source, err))
		return false;
	knot->schema = knot->source->schema;
	knot->troubles = ARENA_NEW(plan->arena, struct troubles);
	return true;
}

void
origin_warn(const struct knot *knot, struct names *warnings, struct arena *arena)
{
	if (knot->source)
		troubles_print(knot->troubles, knot->source, warnings, arena);
}
