/* entry - editing a short text in place. */
#include "widget/entry.h"

#include "term/clean.h"

void
entry_set(struct entry *entry, const char *text)
{
	*entry = (struct entry){ 0 };
	entry_insert(entry, text_of(text));
}

void
entry_insert(struct entry *entry, struct text text)
{
	size_t at = 0;

	while (at < text.size) {
		uint32_t code = text_next(text, &at);
		char bytes[4];
		size_t n = text_put(code < ' ' || code == 0x7f ? ' ' : code, bytes);

		if (entry->size + n >= sizeof entry->text)
			return;
		memmove(entry->text + entry->at + n, entry->text + entry->at,
			entry->size - entry->at + 1);
		memcpy(entry->text + entry->at, bytes, n);
		entry->size += n;
		entry->at += n;
	}
}

/* Where the character behind (or before) the cursor ends (begins). */
static size_t
after(const struct entry *entry, size_t at)
{
	struct seen seen;

	clean_next(entry_text(entry), &at, &seen);
	return at;
}

static size_t
before(const struct entry *entry, size_t at)
{
	size_t last = 0;

	for (size_t next = 0; next < at; next = after(entry, next))
		last = next;
	return last;
}

static bool
is_blank_at(const struct entry *entry, size_t at)
{
	return entry->text[at] == ' ';
}

static size_t
word_end(const struct entry *entry, size_t at)
{
	while (at < entry->size && is_blank_at(entry, at))
		at++;
	while (at < entry->size && !is_blank_at(entry, at))
		at = after(entry, at);
	return at;
}

static size_t
word_start(const struct entry *entry, size_t at)
{
	while (at > 0 && is_blank_at(entry, at - 1))
		at--;
	while (at > 0 && !is_blank_at(entry, at - 1))
		at--;
	return at;
}

/* The cursor stands at `from` then. */
static void
erase(struct entry *entry, size_t from, size_t to)
{
	memmove(entry->text + from, entry->text + to, entry->size - to + 1);
	entry->size -= to - from;
	entry->at = from;
}

static bool
move_key(struct entry *entry, const struct press *press)
{
	const bool by_word = press->mods == MOD_CTRL;

	if (press->mods && !by_word)
		return false;
	switch (press->key) {
	case K_LEFT:
		entry->at =
			by_word ? word_start(entry, entry->at) : before(entry, entry->at);
		return true;
	case K_RIGHT:
		entry->at =
			by_word ? word_end(entry, entry->at) : after(entry, entry->at);
		return true;
	case K_HOME:
		entry->at = 0;
		return true;
	case K_END:
		entry->at = entry->size;
		return true;
	default:
		return false;
	}
}

static bool
erase_key(struct entry *entry, const struct press *press)
{
	if (press->mods)
		return false;
	if (press->key == K_BACKSPACE)
		erase(entry, before(entry, entry->at), entry->at);
	else if (press->key == K_DELETE)
		erase(entry, entry->at, after(entry, entry->at));
	else
		return false;
	return true;
}

static bool
control_key(struct entry *entry, uint32_t key)
{
	switch (key) {
	case 'a':
		entry->at = 0;
		return true;
	case 'e':
		entry->at = entry->size;
		return true;
	case 'k':
		erase(entry, entry->at, entry->size);
		return true;
	case 'u':
		erase(entry, 0, entry->at);
		return true;
	case 'w':
		erase(entry, word_start(entry, entry->at), entry->at);
		return true;
	default:
		return false;
	}
}

static bool
word_key(struct entry *entry, uint32_t key)
{
	if (key == 'b')
		entry->at = word_start(entry, entry->at);
	else if (key == 'f')
		entry->at = word_end(entry, entry->at);
	else if (key == 'd')
		erase(entry, entry->at, word_end(entry, entry->at));
	else if (key == K_BACKSPACE)
		erase(entry, word_start(entry, entry->at), entry->at);
	else
		return false;
	return true;
}

static bool
type(struct entry *entry, uint32_t key)
{
	char bytes[4];

	if (key < ' ' || key == 0x7f || key >= K_FIRST)
		return false;
	entry_insert(entry, (struct text){ bytes, text_put(key, bytes) });
	return true;
}

bool
entry_event(struct entry *entry, const struct event *event)
{
	const struct press *press = &event->press;

	if (event->kind == EVENT_PASTE) {
		entry_insert(entry, event->paste);
		return true;
	}
	if (event->kind != EVENT_KEY)
		return false;
	if (move_key(entry, press) || erase_key(entry, press))
		return true;
	if (press->mods == MOD_CTRL)
		return control_key(entry, press->key);
	if (press->mods == MOD_ALT)
		return word_key(entry, press->key);
	return press->mods == 0 && type(entry, press->key);
}

void
entry_draw(const struct entry *entry, struct pane pane, int row, int column, int width,
	   struct paint paint)
{
	entry_draw_text(pane, row, column, width, paint, entry_text(entry), entry->at);
}

/* What is left of the cursor is scrolled away by halves of the width, so that typing does
 * not move the text at every key. */
int
entry_draw_text(struct pane pane, int row, int column, int width, struct paint paint,
		struct text text, size_t at)
{
	int cursor = clean_columns((struct text){ text.data, at }, ENTRY_SIZE);
	int shift = 0, gone = 0;
	struct seen seen;
	size_t skipped = 0;
	struct text rest;

	if (width < 4)
		return column;
	while (cursor - shift >= width)
		shift += (width + 1) / 2;
	while (gone < shift && clean_next(text, &skipped, &seen))
		gone += seen.width;
	rest = (struct text){ text.data + skipped, text.size - skipped };
	width = pane_text(pane, row, column, width, paint, rest);
	if (gone)
		pane_put(pane, row, column, PAINT(INK_DIM), 0x2039);
	pane_cursor(pane, row, column + cursor - gone);
	return column + width;
}
