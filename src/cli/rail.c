/* rail - lines of a walk, in the words of the command line. */
#include "cli/rail.h"

#include <string.h>

#include "cli/out.h"
#include "widget/step_text.h"
#include "widget/walk.h"

enum { ID_SHOWN = 8, VALUE_SHOWN = 60 };

void
rail_id(FILE *file, const char *id)
{
	const struct text t = text_of(id);

	out_text(file, (struct text){ t.data, t.size < ID_SHOWN ? t.size : ID_SHOWN });
}

/* The node's name stands behind its settings anyway. */
static bool
says_name(const struct node *node, const char *value)
{
	return node->name && !strcmp(node->name, value);
}

static void
setting(FILE *file, const char *name, const char *value)
{
	const struct text t = text_of(value);
	size_t end = 0;

	fprintf(file, "  ");
	out_text(file, text_of(name));
	fprintf(file, "=");
	while (end < t.size && end < VALUE_SHOWN)
		text_next(t, &end);
	out_text(file, (struct text){ t.data, end });
	if (end < t.size)
		fprintf(file, "...");
}

void
rail_title(FILE *file, const struct node *node)
{
	out_text(file, step_title(node));
}

/* Where a flow begins and ends must be seen: two operators may have one title. */
static void
role(FILE *file, const struct node *node)
{
	if (node->type == NODE_SOURCE)
		fprintf(file, "Source: ");
	if (node->type == NODE_DESTINATION)
		fprintf(file, "Destination: ");
}

void
rail_node(FILE *file, const struct node *node, struct arena *arena)
{
	struct step_settings settings;

	step_settings(node, &settings, arena);
	role(file, node);
	rail_title(file, node);
	for (size_t i = 0; i < settings.n; i++) {
		const struct step_setting *s = &settings.at[i];

		if (s->is_chosen && !says_name(node, s->value))
			setting(file, s->name, s->value);
	}
	if (settings.problem)
		fprintf(file, "  ! %s", settings.problem);
	if (!settings.op && node->type != NODE_VISUALIZATION)
		fprintf(file, settings.is_known ? "  ! unknown choice"
						: "  ! unknown operator");
}

static void
sources(FILE *file, const struct node *node, size_t above)
{
	if (node->n_inputs == 0 || (node->n_inputs == 1 && node->inputs[0].from == above))
		return;
	for (size_t i = 0; i < node->n_inputs; i++) {
		fprintf(file, i ? ", " : "  < ");
		rail_id(file, node->inputs[i].node);
	}
}

static void
line(FILE *file, const struct node *node, size_t depth, struct arena *arena)
{
	rail_id(file, node->id);
	fprintf(file, "  %*s", (int)(depth > 20 ? 40 : 2 * depth), "");
	rail_node(file, node, arena);
	if (node->name && *node->name) {
		fprintf(file, "  '");
		out_text(file, text_of(node->name));
		fprintf(file, "'");
	}
	if (node->off)
		fprintf(file, "  (off)");
}

void
rail_print(FILE *file, const struct flow *flow, struct arena *arena)
{
	struct walk walk;
	size_t above = FLOW_NONE;

	walk_flow(flow, &walk, arena);
	for (size_t i = 0; i < walk.n; i++) {
		const struct node *node = &flow->nodes[walk.lines[i].node];

		line(file, node, walk.lines[i].depth, arena);
		sources(file, node, above);
		fprintf(file, "\n");
		above = walk.lines[i].node;
	}
}
