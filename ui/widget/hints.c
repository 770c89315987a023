/* hints - items are taken off the front one by one, each with what stands before it. */
#include "widget/hints.h"

#include "term/clean.h"
#include "term/event.h"

static const char dot[] = "\xc2\xb7";

enum { SENTENCE_LEAST = 16 }; /* columns that a part of a sentence is worth */

static struct text
behind(struct text text, size_t n)
{
	return (struct text){ text.data + n, text.size - n };
}

static bool
begins(struct text text, const char *with)
{
	return text.size >= strlen(with) && !memcmp(text.data, with, strlen(with));
}

/* Blanks and dots at the front. */
static size_t
gap_at(struct text text)
{
	size_t n = 0;

	while (n < text.size) {
		if (text.data[n] == ' ')
			n++;
		else if (begins(behind(text, n), dot) && n + 2 < text.size &&
			 text.data[n + 2] == ' ')
			n += 2;
		else
			break;
	}
	return n;
}

/* Bytes up to the end of the first item. */
static size_t
item_at(struct text text)
{
	size_t n = 0;

	while (n < text.size && !begins(behind(text, n), "  ") &&
	       !begins(behind(text, n), " \xc2\xb7 "))
		n++;
	return n;
}

/* The next item with the gap before it; false: there is none. */
static bool
item_next(struct text *rest, struct text *gap, struct text *item)
{
	*gap = (struct text){ rest->data, gap_at(*rest) };
	*rest = behind(*rest, gap->size);
	*item = (struct text){ rest->data, item_at(*rest) };
	*rest = behind(*rest, item->size);
	return item->size > 0;
}

/* "Enter", "Ctrl-T", "h/l", "↑↓" */
static bool
is_key(struct text word)
{
	const char *slash = memchr(word.data, '/', word.size);
	const size_t n = slash ? (size_t)(slash - word.data) : 0;
	struct press ignored;

	if (press_parse(word, &ignored) ||
	    (word.size && (unsigned char)word.data[0] >= 0x80))
		return true;
	return n && press_parse((struct text){ word.data, n }, &ignored) &&
	       is_key(behind(word, n + 1));
}

static bool
is_sentence(struct text item)
{
	return item.data[item.size - 1] == '.';
}

/* Of an item, the words in front that name keys; bytes. */
static size_t
keys_of(struct text item)
{
	size_t end = 0, at = 0;

	if (is_sentence(item))
		return 0;
	while (at < item.size) {
		const char *blank = memchr(item.data + at, ' ', item.size - at);
		const size_t to = blank ? (size_t)(blank - item.data) : item.size;
		const bool has_colon = item.data[to - 1] == ':' && to > at + 1;

		if (!is_key((struct text){ item.data + at, to - at - has_colon }))
			break;
		end = to;
		at = to + 1;
	}
	return end;
}

static int
draw(struct pane pane, int row, int column, int width, struct paint key,
     struct paint paint, struct text items)
{
	struct text rest = items, gap, item;
	int taken = 0;

	while (item_next(&rest, &gap, &item)) {
		const int gaps = taken ? clean_columns(gap, width) : 0;
		const int columns = clean_columns(item, width + 1);
		const size_t n = keys_of(item);
		const int least = is_sentence(item) && columns > SENTENCE_LEAST
					  ? SENTENCE_LEAST
					  : columns;
		int at = column + taken + gaps;

		if (taken && taken + gaps + least > width)
			continue;
		if (taken)
			pane_text(pane, row, column + taken, gaps, paint, gap);
		taken += gaps;
		taken += columns < width - taken ? columns : width - taken;
		at += pane_text(pane, row, at, column + width - at, key,
				(struct text){ item.data, n });
		pane_text(pane, row, at, column + width - at, paint, behind(item, n));
	}
	return taken;
}

int
items_draw(struct pane pane, int row, int column, int width, struct paint paint,
	   struct text items)
{
	return draw(pane, row, column, width, paint, paint, items);
}

int
hints_draw(struct pane pane, int row, int column, int width, struct text hints)
{
	return draw(pane, row, column, width, PAINT(INK_ACCENT, STYLE_BOLD),
		    PAINT(INK_DIM), hints);
}
