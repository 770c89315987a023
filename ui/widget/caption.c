/*
 * caption - names cut into words, words into what fits.
 */
#include "widget/caption.h"

#include <stdio.h>

#include "term/clean.h"

#define ELLIPSIS "\xe2\x80\xa6"

static bool
is_separator(char c)
{
	return c == '_' || c == ' ' || c == '.' || c == '-';
}

static bool
is_lower(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* The next word at *at, which moves behind it; size 0 at the end. */
static struct text
next_word(struct text name, size_t *at)
{
	size_t begin = *at, end;

	while (begin < name.size && is_separator(name.data[begin]))
		begin++;
	for (end = begin; end < name.size && !is_separator(name.data[end]); end++)
		if (end > begin && is_upper(name.data[end]) &&
		    is_lower(name.data[end - 1]))
			break;
	*at = end;
	return (struct text){ name.data + begin, end - begin };
}

int
caption_words(struct text name)
{
	size_t at = 0;
	int n = 0;

	while (next_word(name, &at).size)
		n++;
	return n;
}

static bool
is_vowel(char c)
{
	return c && strchr("aeiouAEIOU", c);
}

/* Without vowels, the last ones first, until it fits; the first letter stays. */
static struct text
abbreviate(struct text word, int width, char out[CAPTION_SIZE])
{
	size_t n = word.size < CAPTION_SIZE ? word.size : CAPTION_SIZE - 1;
	int columns = clean_columns(word, CAPTION_SIZE);

	memcpy(out, word.data, n);
	for (size_t i = n; i-- > 1 && columns > width;)
		if (is_vowel(out[i])) {
			memmove(out + i, out + i + 1, n - i - 1);
			n--;
			columns--;
		}
	return (struct text){ out, n };
}

static int
columns_of(const char *line)
{
	return clean_columns(text_of(line), CAPTION_SIZE);
}

/* Behind what is there, with a blank between. */
static void
append(char *line, struct text word)
{
	const size_t size = strlen(line);
	const int n = (int)(word.size < CAPTION_SIZE / 2 ? word.size : CAPTION_SIZE / 2);

	snprintf(line + size, CAPTION_SIZE - size, "%s%.*s", size ? " " : "", n,
		 word.data);
}

/* The first words that fit, up to all of them; what was left out leaves an ellipsis. */
static void
last_line(struct text name, size_t at, int width, char *line)
{
	for (;;) {
		const size_t before = at, size = strlen(line);
		const struct text word = next_word(name, &at);
		const int columns = columns_of(line);
		size_t after = at;
		const int more = next_word(name, &after).size ? 1 : 0;

		if (!word.size)
			return;
		if (columns + (size ? 1 : 0) + clean_columns(word, width) + more >
		    width) {
			at = before;
			break;
		}
		append(line, word);
	}
	if (*line) {
		snprintf(line + strlen(line), 4, ELLIPSIS);
	} else {
		const struct text word = next_word(name, &at);

		snprintf(line, CAPTION_SIZE, "%.*s" ELLIPSIS,
			 (int)clean_fit(word, width - 1), word.data);
	}
}

/* Words from *at on as long as they fit; at least one, shortened if it must be. */
static void
full_line(struct text name, size_t *at, int width, char *line)
{
	char shorter[CAPTION_SIZE];
	struct text word = next_word(name, at);

	if (clean_columns(word, width) > width)
		word = abbreviate(word, width, shorter);
	if (clean_columns(word, width) > width) {
		snprintf(line, CAPTION_SIZE, "%.*s" ELLIPSIS,
			 (int)clean_fit(word, width - 1), word.data);
		return;
	}
	append(line, word);
	for (;;) {
		size_t next = *at;

		word = next_word(name, &next);
		if (!word.size ||
		    columns_of(line) + 1 + clean_columns(word, width) > width)
			return;
		append(line, word);
		*at = next;
	}
}

void
caption_wrap(struct text name, int width, int lines, struct caption *out)
{
	size_t at = 0, rest;

	out->n = 0;
	if (width < 1 || lines < 1)
		return;
	if (clean_columns(name, width) <= width) {
		snprintf(out->lines[0], CAPTION_SIZE, "%.*s", TEXT_ARG(name));
		out->n = 1;
		return;
	}
	while (out->n < lines && out->n < CAPTION_LINES) {
		char *line = out->lines[out->n];

		rest = at;
		if (!next_word(name, &rest).size)
			return;
		*line = '\0';
		out->n++;
		if (out->n < lines || !next_word(name, &rest).size)
			full_line(name, &at, width, line);
		else
			last_line(name, at, width, line);
	}
}

int
caption_width(struct text name, int lines)
{
	const int whole = clean_columns(name, CAPTION_WORD);
	int longest = 0;
	size_t at = 0;

	if (whole <= CAPTION_WORD && (lines < 2 || caption_words(name) < 2))
		return whole;
	for (struct text word; (word = next_word(name, &at)).size;) {
		const int columns = clean_columns(word, CAPTION_WORD);

		longest = columns > longest ? columns : longest;
	}
	return longest < CAPTION_WORD ? longest : CAPTION_WORD;
}

size_t
caption_common(struct text a, struct text b)
{
	size_t common = 0;

	for (size_t i = 0; i + 1 < a.size && i + 1 < b.size && a.data[i] == b.data[i];
	     i++)
		if (i > 0 && (a.data[i] == '_' || a.data[i] == '.'))
			common = i + 1;
	return common;
}
