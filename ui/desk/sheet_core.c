/* sheet_core - what is shared, and how its state is told. */
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "desk/sheet_parts.h"

enum {
	NICE = 5,
	PATIENCE = 500000, /* nanoseconds that the screen has for a lock */
	SERVE_MS = 32,     /* milliseconds, about, that first rows have for themselves */
};

struct core *
core_share(struct core *core)
{
	atomic_fetch_add(&core->refs, 1);
	return core;
}

void
core_drop(void *context)
{
	struct core *core = context;

	if (!core || atomic_fetch_sub(&core->refs, 1) > 1)
		return;
	for (size_t i = 0; i < core->n_ready; i++)
		batch_free(core->ready[i].rows);
	if (core->has_profile)
		profile_release(&core->profile);
	store_drop(core->plain);
	store_drop(core->shown);
	buffer_drop(core->document);
	pthread_cond_destroy(&core->changed);
	pthread_mutex_destroy(&core->lock);
	arena_release(&core->texts);
	arena_release(&core->arena);
	free(core);
}

void
core_lock(struct core *core)
{
	pthread_mutex_lock(&core->lock);
}

/* From now. */
static struct timespec
moment_in(long nanoseconds, clockid_t clock)
{
	struct timespec at;

	clock_gettime(clock, &at);
	at.tv_nsec += nanoseconds;
	at.tv_sec += at.tv_nsec / 1000000000;
	at.tv_nsec %= 1000000000;
	return at;
}

bool
core_try(struct core *core)
{
	const struct timespec at = moment_in(PATIENCE, CLOCK_REALTIME);

	if (pthread_mutex_trylock(&core->lock) == 0 ||
	    pthread_mutex_timedlock(&core->lock, &at) == 0)
		return true;
	wake_up(core->wake);
	return false;
}

void
core_unlock(struct core *core)
{
	pthread_mutex_unlock(&core->lock);
}

void
core_tell(struct core *core)
{
	core->state.generation++;
	if (!core->is_closed)
		wake_up(core->wake);
}

void
core_fail(struct core *core, const struct error *err)
{
	core_lock(core);
	if (!atomic_load(&core->stop) && !core->state.has_failed) {
		core->state.has_failed = true;
		core->state.err = *err;
		core_tell(core);
	}
	core_unlock(core);
}

void
core_warn(struct core *core, const char *sentence)
{
	if (!names_has(&core->state.warnings, sentence))
		names_add(&core->state.warnings, sentence, &core->texts);
}

void
core_begin(struct core *core)
{
	core_lock(core);
	core->state.is_busy = ++core->at_work > 0;
	core_unlock(core);
}

void
core_end(struct core *core)
{
	core_lock(core);
	core->state.is_busy = --core->at_work > 0;
	core_tell(core);
	core_unlock(core);
}

void
core_show(struct core *core, struct store *store, uint64_t rows)
{
	const struct schema *schema = store_schema(store);

	store_drop(core->shown);
	core->shown = store_share(store);
	core->epoch++;
	core->is_broken = false;
	for (size_t i = 0; !core->state.has_schema && i < schema->n; i++)
		schema_add(&core->state.schema, schema->at[i].name, schema->at[i].type,
			   &core->texts);
	core->state.has_schema = true;
	core_look(core, store, rows);
	core_tell(core);
}

void
core_look(struct core *core, const struct store *store, uint64_t rows)
{
	struct sheet_state *state = &core->state;
	const bool is_plain = store == core->plain;
	const bool is_whole = !is_plain || core->is_whole;
	const bool is_sample = is_plain && core->is_sample;

	if (core->shown != store || (rows == state->rows && is_whole == state->is_whole &&
				     is_sample == state->is_sample))
		return;
	state->rows = rows;
	state->is_whole = is_whole;
	state->is_sample = is_sample;
	core_tell(core);
}

void
core_wait(struct core *core, int ms)
{
	const struct timespec at = moment_in((long)ms * 1000000, CLOCK_MONOTONIC);

	pthread_cond_timedwait(&core->changed, &core->lock, &at);
}

struct store *
core_wait_store(struct core *core)
{
	struct store *store = NULL;

	core_lock(core);
	while (!core->has_store && !atomic_load(&core->stop))
		pthread_cond_wait(&core->changed, &core->lock);
	if (core->plain && !atomic_load(&core->stop))
		store = store_share(core->plain);
	core_unlock(core);
	return store;
}

void
core_wait_served(struct core *core)
{
	core_lock(core);
	for (int ms = 1; ms < SERVE_MS && !core->has_served && !atomic_load(&core->stop);
	     ms *= 2)
		core_wait(core, ms);
	core_unlock(core);
}

bool
core_flow(struct core *core, struct flow *flow, struct error *err)
{
	const struct text text = { core->document->data, core->document->size };

	if (!flow_parse(text, flow, err))
		return false;
	flow->path = core->path;
	return true;
}

void
be_nice(void)
{
	/* Not allowed to: then as it is. */
	(void)setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), NICE);
}
