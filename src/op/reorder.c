/* reorder - gather rows column by column, letting go of each as it is done. */
#include "op/reorder.h"

bool
reorder_start(struct reorder *r, const struct table *in, const struct schema *schema,
	      struct error *err)
{
	*r = (struct reorder){ .n = in->rows, .size = in->rows * sizeof(*r->rows) };
	if (in->rows > UINT32_MAX)
		return fail(err,
			    "%zu rows cannot be put in order at once; at most %u can",
			    in->rows, UINT32_MAX);
	r->all = table_whole(in, schema, err);
	if (!r->all || !(r->rows = memory_alloc(r->size, err)))
		return false;
	for (size_t i = 0; i < r->n; i++)
		r->rows[i] = (uint32_t)i;
	return true;
}

bool
reorder_end(struct reorder *r, struct table *out, struct error *err)
{
	struct batch *batch = batch_new(r->all->n, r->n, err);

	for (size_t i = 0; batch && i < batch->n; i++) {
		if (!r->all->at[i])
			continue;
		batch->at[i] = column_gather(r->all->at[i], r->rows, r->n, err);
		if (!batch->at[i]) {
			batch_free(batch);
			return false;
		}
		batch_take(r->all, i, NULL);
	}
	return batch && table_take(out, batch, err);
}

void
reorder_release(struct reorder *r)
{
	batch_free(r->all);
	memory_free(r->rows, r->size);
}
