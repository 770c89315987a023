/* column_memo - a list that only grows; whoever comes second keeps what is there, too. */
#include <stdlib.h>

#include "data/column.h"

struct column_memo {
	struct column_memo *next;
	const void *maker;
	uint64_t key;
	void *value;
	void (*drop)(void *value);
};

void *
column_memo(const struct column *c, const void *maker, uint64_t key)
{
	const struct column_memo *m =
		atomic_load_explicit(&c->memos, memory_order_acquire);

	while (m && (m->maker != maker || m->key != key))
		m = m->next;
	return m ? m->value : NULL;
}

bool
column_memo_take(struct column *c, const void *maker, uint64_t key, void *value,
		 void (*drop)(void *value), struct error *err)
{
	struct column_memo *m = malloc(sizeof(*m));

	if (!m) {
		drop(value);
		return fail(err, "out of memory: the system refused %zu bytes",
			    sizeof(*m));
	}
	*m = (struct column_memo){ NULL, maker, key, value, drop };
	m->next = atomic_load_explicit(&c->memos, memory_order_relaxed);
	while (!atomic_compare_exchange_weak_explicit(
		&c->memos, &m->next, m, memory_order_release, memory_order_relaxed))
		;
	return true;
}

void
column_memo_forget(struct column *c)
{
	struct column_memo *m = atomic_exchange(&c->memos, NULL), *next;

	for (; m; m = next) {
		next = m->next;
		m->drop(m->value);
		free(m);
	}
}
