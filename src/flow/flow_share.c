/* flow_share - one document, several flows, each of which may go first. */
#include "flow/ground.h"
#include "flow/view.h"

void
ground_open(struct flow *flow, struct flow_ground *below)
{
	flow->ground = ARENA_NEW(&flow->arena, struct flow_ground);
	atomic_init(&flow->ground->refs, 1);
	flow->ground->below = below;
}

/* Whoever lets go last frees it, and lets go of what it stood on. */
static void
leave(struct flow_ground *ground)
{
	while (ground && atomic_fetch_sub(&ground->refs, 1) == 1) {
		struct arena arena = ground->arena;

		ground = ground->below;
		arena_release(&arena);
	}
}

bool
flow_share(const struct flow *flow, struct flow *out, struct error *err)
{
	*out = (struct flow){
		.text = flow->text,
		.style = flow->style,
		.before = flow->before,
		.after = flow->after,
	};
	atomic_fetch_add(&flow->ground->refs, 1);
	ground_open(out, flow->ground);
	if (flow->path)
		out->path = arena_text(&out->arena, flow->path);
	if (flow_view(out, flow->document, err))
		return true;
	flow_release(out);
	return false;
}

void
flow_release(struct flow *flow)
{
	arena_release(&flow->view);
	if (flow->ground) {
		flow->ground->arena = flow->arena;
		leave(flow->ground);
	}
	*flow = (struct flow){ 0 };
}
