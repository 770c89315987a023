/* work_map - files that the flow names by an address which is not on this machine. */
#include "desk/work.h"

#include "desk/step.h"

void
work_map(struct work *work, const char *prefix, const char *folder, struct arena *lasting)
{
	const struct names *old = &work->options.maps;
	struct names maps = { 0 };

	/* the list as it was may be in use: a new one takes its place */
	for (size_t i = 0; i < old->n; i++)
		names_add(&maps, old->at[i], lasting);
	names_add(&maps, arena_print(lasting, "%s=%s", prefix, folder), lasting);
	work->options.maps = maps;
	work_look_again(work);
}

/* Where a source reads from, as the flow has it; "" if it does not say. */
static const char *
address_of(const struct node *node, struct arena *arena)
{
	struct dataset dataset = { 0 };
	struct error ignored;
	const struct op *op;
	void *fields;

	if (node->type != NODE_SOURCE ||
	    !step_read(node, &op, &fields, arena, &ignored) || !op->source ||
	    !op->source(fields, &dataset, arena, &ignored))
		return "";
	return dataset.uri;
}

const char *
work_elsewhere(const struct work *work, struct arena *arena)
{
	const size_t here = work_place(work);

	for (size_t i = 0; i <= work->flow.n; i++) {
		/* the current one first */
		const size_t at = i ? i - 1 : here;
		const char *uri =
			at < work->flow.n ? address_of(&work->flow.nodes[at], arena) : "";

		if (strstr(uri, "://"))
			return arena_text_n(arena, uri,
					    (size_t)(strrchr(uri, '/') + 1 - uri));
	}
	return "";
}
