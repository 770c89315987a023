/* diff_text - flow/diff.h in words. */
#include "desk/diff_text.h"

#include <string.h>

#include "flow/edit.h"

enum { VALUE_SHOWN = 60 }; /* bytes of a value */

/* On one line, as long as one may be. */
static bool
put_value(const struct json *value, struct buffer *out, struct error *err)
{
	const size_t begin = out->size;
	struct text text;
	size_t end = 0;

	if (!value)
		return buffer_put(out, "nothing", err);
	if (!json_write(json_is_absent(value) ? json_new_null() : value, NULL, out, err))
		return false;
	text = (struct text){ out->data + begin, out->size - begin };
	while (end < text.size && end < VALUE_SHOWN)
		text_next(text, &end);
	out->size = begin + end;
	return end == text.size || buffer_put(out, "…", err);
}

static bool
put_change(const struct flow_difference *d, struct buffer *out, struct error *err)
{
	return buffer_put(out, " · ", err) && buffer_put(out, d->path, err) &&
	       (d->kind == DIFF_LEARNED ||
		(buffer_put(out, ": ", err) && put_value(d->from, out, err) &&
		 buffer_put(out, " → ", err) && put_value(d->to, out, err)));
}

static bool
put_one(const struct flow_difference *d, struct buffer *out, struct arena *arena,
	struct error *err)
{
	const struct node *node = d->new ? d->new : d->old;

	return buffer_put(out, arena_print(arena, "%-8s ", diff_word(d->kind)), err) &&
	       buffer_put(out, node ? flow_title(node, arena) : "the flow", err) &&
	       (!d->path || put_change(d, out, err)) && buffer_put(out, "\n", err);
}

bool
diff_text(const struct flow *old, const struct flow *new, struct buffer *out,
	  struct error *err)
{
	struct arena arena = { 0 };
	struct flow_diff diff;
	bool ok = true;

	flow_diff(old, new, &diff, &arena);
	if (!diff.n)
		ok = buffer_put(out, "no difference\n", err);
	for (size_t i = 0; ok && i < diff.n; i++)
		ok = put_one(&diff.at[i], out, &arena, err);
	arena_release(&arena);
	return ok;
}
