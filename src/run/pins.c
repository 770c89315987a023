/* pins - tables by node, and the runs that have their rows from them. */
#include "run/pins.h"

#include <pthread.h>
#include <stdlib.h>

#include "run/content.h"
#include "run/pins_parts.h"

struct pins {
	pthread_mutex_t lock; /* of all below */
	size_t budget;
	uint64_t made; /* pins so far */
	struct pin *first;
};

struct pins *
pins_new(size_t budget, struct error *err)
{
	struct pins *pins = calloc(1, sizeof(*pins));

	if (!pins) {
		fail(err, "out of memory");
		return NULL;
	}
	pthread_mutex_init(&pins->lock, NULL);
	pins->budget = budget;
	return pins;
}

void
pin_drop(struct pin *pin)
{
	if (!pin || atomic_fetch_sub(&pin->refs, 1) > 1)
		return;
	table_release(&pin->table);
	run_report_release(&pin->report);
	arena_release(&pin->arena);
	free(pin);
}

void
pins_free(struct pins *pins)
{
	if (!pins)
		return;
	pins_drop(pins, NULL);
	pthread_mutex_destroy(&pins->lock);
	free(pins);
}

/* The slot that holds the pin of a node, or the one behind the last. */
static struct pin **
slot_of(struct pins *pins, const char *node)
{
	struct pin **slot = &pins->first;

	while (*slot && strcmp((*slot)->node, node) != 0)
		slot = &(*slot)->next;
	return slot;
}

/* The first one of a list is out of it; freed without the lock, as it may be large. */
static struct pin *
take_out(struct pin **slot)
{
	struct pin *pin = *slot;

	if (pin)
		*slot = pin->next;
	return pin;
}

void
pins_drop(struct pins *pins, const char *node)
{
	struct pin *pin;

	do {
		pthread_mutex_lock(&pins->lock);
		pin = take_out(node ? slot_of(pins, node) : &pins->first);
		pthread_mutex_unlock(&pins->lock);
		pin_drop(pin);
	} while (pin && !node);
}

size_t
pins_room(struct pins *pins, const char *node)
{
	size_t bytes = 0;

	pthread_mutex_lock(&pins->lock);
	for (const struct pin *pin = pins->first; pin; pin = pin->next)
		if (!pin->facts.is_away && strcmp(pin->node, node) != 0)
			bytes += pin->facts.bytes;
	pthread_mutex_unlock(&pins->lock);
	return bytes < pins->budget ? pins->budget - bytes : 0;
}

/* Under the lock; returns the one whose place it takes. */
static struct pin *
put_in(struct pins *pins, struct pin *pin)
{
	struct pin *old = take_out(slot_of(pins, pin->node));

	pins->made++;
	pin->key = pin->facts.is_steady ? pin->taught
					: arena_print(&pin->arena, "pin %llu",
						      (unsigned long long)pins->made);
	pin->next = pins->first;
	pins->first = pin;
	return old;
}

bool
pins_add(struct pins *pins, struct pin *pin, const atomic_bool *cancel)
{
	bool is_wanted;

	pthread_mutex_lock(&pins->lock);
	is_wanted = !cancel || !atomic_load(cancel);
	if (is_wanted)
		pin = put_in(pins, pin);
	pthread_mutex_unlock(&pins->lock);
	pin_drop(pin);
	return is_wanted;
}

/* --- what holds --- */

/* The pin of the node, if it is made of this; a reference. */
static struct pin *
find(struct pins *pins, const char *node, const char *recipe, bool same)
{
	struct pin *pin;

	if (!recipe)
		return NULL;
	pthread_mutex_lock(&pins->lock);
	pin = *slot_of(pins, node);
	if (pin && !(strcmp(pin->taught, recipe) == 0 ||
		     (!same && strcmp(pin->recipe, recipe) == 0)))
		pin = NULL;
	if (pin && same && !pin->facts.is_steady)
		pin = NULL;
	if (pin)
		atomic_fetch_add(&pin->refs, 1);
	pthread_mutex_unlock(&pins->lock);
	return pin;
}

/* Has the node a pin, whatever it holds? NULL: has any of them? */
static bool
has(struct pins *pins, const char *node)
{
	bool any;

	pthread_mutex_lock(&pins->lock);
	any = node ? *slot_of(pins, node) != NULL : pins->first != NULL;
	pthread_mutex_unlock(&pins->lock);
	return any;
}

/* A plan of which only its keys are of interest. In the arena. */
static bool
look(struct flow *flow, const struct run_options *options, struct plan *plan,
     struct contents *contents, struct arena *arena, struct error *err)
{
	*plan = (struct plan){ .arena = arena, .flow = flow, .options = options };
	return plan_make(plan, err) && contents_of(plan, contents, err);
}

bool
pin_recipe_of(struct flow *flow, const char *node, const struct run_options *options,
	      struct pin_recipe *out, struct arena *arena, struct error *err)
{
	struct run_options settings = *options;
	struct contents contents;
	struct arena mem = { 0 };
	struct plan plan;
	const size_t place = flow_find(flow, node, err);
	bool ok;

	settings.node = node;
	settings.meters = NULL;
	*out = (struct pin_recipe){ 0 };
	if (place == FLOW_NONE)
		return false;
	ok = look(flow, &settings, &plan, &contents, &mem, err);
	if (ok && contents.recipes[place])
		*out = (struct pin_recipe){
			.recipe = arena_text(arena, contents.recipes[place]),
			.files = arena_text(arena, contents.files),
			.is_steady = contents.keys[place] != NULL,
		};
	plan_release(&plan);
	arena_release(&mem);
	return ok;
}

bool
pins_find(struct pins *pins, struct flow *flow, const char *node,
	  const struct run_options *options, bool *found, struct pin_facts *out,
	  struct error *err)
{
	struct arena mem = { 0 };
	struct pin_recipe now;
	struct pin *pin = NULL;
	bool ok;

	*found = false;
	if (!has(pins, node))
		return true;
	ok = pin_recipe_of(flow, node, options, &now, &mem, err);
	if (ok)
		pin = find(pins, node, now.recipe, false);
	*found = pin != NULL;
	if (pin)
		*out = pin->facts;
	pin_drop(pin);
	arena_release(&mem);
	return ok;
}

/* --- runs --- */

/* It holds, but a run might give others. */
static void
pass_over(const struct plan *plan, size_t i, const char *recipe, struct pins_use *use)
{
	const char *node = plan->flow->nodes[i].id;
	struct pin *pin = find(plan->options->pins, node, recipe, false);

	if (pin)
		names_add(&use->passed_over, arena_text(&use->arena, node), &use->arena);
	pin_drop(pin);
}

/* Those whose rows the run would make, from its end up: above one that holds nothing is
 * asked for. */
static void
hold_pins(const struct plan *plan, const struct contents *contents, struct pins_use *use)
{
	const struct run_options *options = plan->options;
	const struct flow *flow = plan->flow;

	use->held = ARENA_ARRAY(&use->arena, flow->n + 1, struct pin *);
	for (size_t i = 0; i < flow->n; i++) {
		struct pin *pin;

		if (!plan->needed[i] || plan_given(plan, i))
			continue;
		pin = find(options->pins, flow->nodes[i].id, contents->recipes[i],
			   options->pins_same);
		if (pin)
			use->held[use->n_held++] = pin;
		else
			pass_over(plan, i, contents->recipes[i], use);
	}
}

static void
give(struct pins_use *use)
{
	struct run_options *options = &use->options;
	struct run_given *given = ARENA_ARRAY(
		&use->arena, options->n_given + use->n_held + 1, struct run_given);

	if (options->n_given)
		memcpy(given, options->given, options->n_given * sizeof(*given));
	for (size_t i = 0; i < use->n_held; i++) {
		const struct pin *pin = use->held[i];

		given[options->n_given + i] = (struct run_given){
			.node = pin->node,
			.schema = &pin->schema,
			.table = &pin->table,
			.key = pin->key,
			.made = &pin->report,
		};
	}
	options->given = given;
	options->n_given += use->n_held;
}

void
pins_use(struct flow *flow, const struct run_options *options, struct pins_use *use)
{
	struct run_options settings = *options;
	struct contents contents;
	struct arena mem = { 0 };
	struct plan plan;
	struct error ignored = { 0 };

	*use = (struct pins_use){ .options = *options };
	use->options.pins = NULL;
	if (!options->pins || options->refit || !has(options->pins, NULL))
		return;
	settings.meters = NULL; /* the run itself tells what is wrong */
	if (look(flow, &settings, &plan, &contents, &mem, &ignored))
		hold_pins(&plan, &contents, use);
	plan_release(&plan);
	arena_release(&mem);
	if (use->n_held)
		give(use);
}

void
pins_use_release(struct pins_use *use)
{
	for (size_t i = 0; i < use->n_held; i++)
		pin_drop(use->held[i]);
	arena_release(&use->arena);
}
