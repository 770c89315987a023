/*
 * keys - the head of what has come is an event, nothing, or not whole yet.
 *
 * Bytes stay where they are until they are an event, so a stream gives the same events
 * however it is cut; only time (a lone ESC) makes a difference. What may be long and
 * means nothing is dropped as it comes.
 */
#include "term/keys.h"

#include <stdlib.h>

#include "term/sequence.h"

enum {
	ESC = 0x1b,
	CSI_LONG = 64,         /* a longer one is nobody's: dropped as it comes */
	SEQUENCE_WAIT = 1000,  /* for the rest of one that has surely begun */
	PASTE_PIECE = 1 << 26, /* a longer paste comes in pieces */
	PASTE_BEGINS = 200,    /* CSI 200 ~ */
};

enum state { PLAIN, IN_PASTE, IN_STRING, IN_LONG_CSI };

enum step { MORE, NOTHING, EVENT };

struct learned {
	const char *bytes;
	size_t n;
	struct press press;
};

struct keys {
	unsigned char *bytes;
	size_t begin, end, capacity;
	enum state state;
	size_t scanned; /* of a paste: no end of it begins before */
	int64_t came;   /* the last bytes */
	struct learned *learned;
	size_t n_learned;
	struct pointer pointer;
};

/* What lies at the head. */
struct head {
	const unsigned char *at;
	size_t n;
	bool is_late; /* nothing more of it will come */
	size_t used;
};

static const char paste_end[] = "\033[201~";

enum { PASTE_END = sizeof paste_end - 1 };

static void *
grown(void *old, size_t size)
{
	void *new = realloc(old, size);

	if (!new)
		abort();
	return new;
}

struct keys *
keys_new(void)
{
	struct keys *keys = grown(NULL, sizeof *keys);

	*keys = (struct keys){ 0 };
	return keys;
}

void
keys_free(struct keys *keys)
{
	if (!keys)
		return;
	for (size_t i = 0; i < keys->n_learned; i++)
		free((void *)keys->learned[i].bytes);
	free(keys->learned);
	free(keys->bytes);
	free(keys);
}

void
keys_learn(struct keys *keys, const char *bytes, struct press press)
{
	/* One byte is what it always is, whatever terminfo calls it. */
	if (strlen(bytes) < 2)
		return;
	keys->learned =
		grown(keys->learned, (keys->n_learned + 1) * sizeof *keys->learned);
	keys->learned[keys->n_learned++] =
		(struct learned){ strcpy(grown(NULL, strlen(bytes) + 1), bytes),
				  strlen(bytes), press };
}

void
keys_feed(struct keys *keys, const char *bytes, size_t n, int64_t now)
{
	if (keys->begin) {
		memmove(keys->bytes, keys->bytes + keys->begin, keys->end - keys->begin);
		keys->scanned -=
			keys->scanned < keys->begin ? keys->scanned : keys->begin;
		keys->end -= keys->begin;
		keys->begin = 0;
	}
	if (n > keys->capacity - keys->end) {
		keys->capacity = (keys->end + n) * 2;
		keys->bytes = grown(keys->bytes, keys->capacity);
	}
	if (n)
		memcpy(keys->bytes + keys->end, bytes, n);
	keys->end += n;
	keys->came = now;
}

static enum step
key_event(struct press press, struct event *out)
{
	*out = (struct event){ .kind = EVENT_KEY, .press = press };
	return EVENT;
}

/* Bytes that a sequence of UTF-8 with this first one has. */
static size_t
utf8_size(unsigned char first)
{
	return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static enum step
character(struct head *head, unsigned mods, struct event *out)
{
	const struct text text = { (const char *)head->at, head->n };
	uint32_t code;

	head->used = 0;
	if (head->n < utf8_size(head->at[0]) && !head->is_late) {
		/* What is wrong already need not wait for more. */
		size_t i = 1;

		while (i < head->n && (head->at[i] & 0xc0) == 0x80)
			i++;
		if (i == head->n)
			return MORE;
	}
	code = text_next(text, &head->used);
	if (code >= 0x80 && code < 0xa0)
		return NOTHING;
	return key_event(press_of(code, mods), out);
}

/* A byte below 0x20, or DEL. */
static struct press
control(unsigned char byte, unsigned mods)
{
	switch (byte) {
	case '\0':
		return press_of(' ', mods | MOD_CTRL);
	case '\t':
		return press_of(K_TAB, mods);
	case '\r':
	case '\n':
		return press_of(K_ENTER, mods);
	case 0x08:
	case 0x7f:
		return press_of(K_BACKSPACE, mods);
	case ESC:
		return press_of(K_ESCAPE, mods);
	default:
		return press_of(byte + 0x40u, mods | MOD_CTRL);
	}
}

static enum step
plain(struct head *head, unsigned mods, struct event *out)
{
	const unsigned char byte = head->at[0];

	if (byte >= 0x20 && byte != 0x7f)
		return character(head, mods, out);
	head->used = 1;
	return key_event(control(byte, mods), out);
}

/* The numbers of a CSI from *at on; stops at what is no part of them. */
static void
numbers(const struct head *head, size_t *at, struct sequence *s)
{
	int place = -1, sub = 0;

	for (; *at < head->n && head->at[*at] >= '0' && head->at[*at] <= ';'; ++*at) {
		const unsigned char c = head->at[*at];
		int *number;

		if (place < 0)
			place = 0;
		if (c == ';') {
			place++;
			sub = 0;
			continue;
		}
		if (c == ':') {
			sub++;
			continue;
		}
		number = sub == 0 && place < SEQUENCE_PARAMS ? &s->params[place]
			 : sub == 1 && place == 1            ? &s->kind
							     : NULL;
		if (number && *number <= SEQUENCE_MOST / 10)
			*number = *number * 10 + (c - '0');
	}
	s->n = place + 1;
}

static enum step
mouse_event(struct keys *keys, unsigned code, int row, int column, bool is_release,
	    struct event *out)
{
	*out = (struct event){ .kind = EVENT_MOUSE };
	return pointer_moved(&keys->pointer, code, row, column, is_release, keys->came,
			     &out->mouse)
		       ? EVENT
		       : NOTHING;
}

/* CSI M and three bytes. */
static enum step
old_mouse(struct keys *keys, struct head *head, struct event *out)
{
	head->used = 6;
	if (head->n < 6) {
		head->used = head->n;
		return head->is_late ? NOTHING : MORE;
	}
	return mouse_event(keys, head->at[3] - 32u, head->at[5] - 33, head->at[4] - 33,
			   false, out);
}

static enum step
csi_event(struct keys *keys, const struct sequence *s, struct event *out)
{
	struct press press;

	if (s->mark == '<' && (s->final == 'M' || s->final == 'm') && s->n == 3)
		return mouse_event(keys, (unsigned)s->params[0], s->params[2] - 1,
				   s->params[1] - 1, s->final == 'm', out);
	if (!s->mark && s->n == 0 && (s->final == 'I' || s->final == 'O')) {
		*out = (struct event){ .kind = EVENT_FOCUS, .focus = s->final == 'I' };
		return EVENT;
	}
	if (!s->mark && s->n == 1 && s->params[0] == PASTE_BEGINS && s->final == '~') {
		keys->state = IN_PASTE;
		keys->scanned = 0;
		return NOTHING;
	}
	return sequence_csi(s, &press) ? key_event(press, out) : NOTHING;
}

/* Not whole: more of it may come; if it is late or endless it goes as far as it came. */
static enum step
csi_broken(struct keys *keys, struct head *head)
{
	head->used = head->n;
	if (head->is_late)
		return NOTHING;
	if (head->n < CSI_LONG)
		return MORE;
	keys->state = IN_LONG_CSI;
	return NOTHING;
}

static enum step
csi(struct keys *keys, struct head *head, struct event *out)
{
	struct sequence s = { 0 };
	size_t at = 2;

	if (head->at[2] == 'M')
		return old_mouse(keys, head, out);
	if (head->at[2] >= '<' && head->at[2] <= '?')
		s.mark = (char)head->at[at++];
	numbers(head, &at, &s);
	/* The Linux console has F1 to F5 as CSI [ A to E. */
	if (at == 2 && head->at[at] == '[')
		at++;
	/* What stands between numbers and end; rxvt has '$' as an end. */
	while (at < head->n && head->at[at] >= ' ' && head->at[at] <= '/' &&
	       !(head->at[at] == '$' && s.n == 1 && !s.mark))
		at++;
	if (at == head->n)
		return csi_broken(keys, head);
	head->used = at;
	if (head->at[at] < ' ' || head->at[at] >= 0x7f)
		return NOTHING; /* cut off by what is no part of it */
	head->used++;
	s.final = (char)head->at[at];
	if (at == 3 && head->at[2] == '[')
		return s.final >= 'A' && s.final <= 'E'
			       ? key_event(press_of(K_F1 + (uint32_t)(s.final - 'A'), 0),
					   out)
			       : NOTHING;
	if (at > 2 && head->at[at - 1] >= ' ' && head->at[at - 1] <= '/')
		return NOTHING;
	return csi_event(keys, &s, out);
}

/* SS3 x; some put modifiers before the x. */
static enum step
ss3(struct head *head, struct event *out)
{
	const bool has_mods = head->at[2] >= '2' && head->at[2] <= '8';
	const unsigned mods = has_mods ? (unsigned)(head->at[2] - '1') : 0;
	struct press press;

	head->used = has_mods ? 4 : 3;
	if (head->n < head->used) {
		head->used = head->n;
		return head->is_late ? NOTHING : MORE;
	}
	if (head->at[head->used - 1] < ' ') {
		head->used--;
		return NOTHING;
	}
	return sequence_ss3((char)head->at[head->used - 1], mods, &press)
		       ? key_event(press, out)
		       : NOTHING;
}

/* ESC [, ESC O, and what begins a string (DCS, SOS, OSC, PM, APC), with more behind. */
static enum step
sequence(struct keys *keys, struct head *head, struct event *out)
{
	switch (head->at[1]) {
	case '[':
		return csi(keys, head, out);
	case 'O':
		return ss3(head, out);
	default:
		keys->state = IN_STRING;
		head->used = 2;
		return NOTHING;
	}
}

static enum step
with_alt(struct head *head, struct event *out)
{
	struct head rest = { head->at + 1, head->n - 1, head->is_late, 0 };
	const enum step step = plain(&rest, MOD_ALT, out);

	head->used = rest.used + 1;
	return step;
}

/* Some terminals say Alt by another ESC in front. */
static enum step
two_escapes(struct keys *keys, struct head *head, struct event *out)
{
	struct head rest = { head->at + 1, head->n - 1, head->is_late, 0 };
	enum step step;

	if (head->n < 4 && !head->is_late)
		return MORE;
	head->used = 1;
	if (head->n < 4 || (head->at[2] != '[' && head->at[2] != 'O'))
		return key_event(press_of(K_ESCAPE, 0), out);
	step = sequence(keys, &rest, out);
	head->used = rest.used + 1;
	if (step == EVENT && out->kind == EVENT_KEY)
		out->press.mods |= MOD_ALT;
	return step;
}

static enum step
escape(struct keys *keys, struct head *head, struct event *out)
{
	head->used = 1;
	if (head->n == 1)
		return head->is_late ? key_event(press_of(K_ESCAPE, 0), out) : MORE;
	if (head->at[1] == ESC)
		return two_escapes(keys, head, out);
	if (head->at[1] >= '0' && head->at[1] <= '9') {
		head->used = 2;
		return key_event(press_of(K_F1 + (head->at[1] - '0' + 9u) % 10, 0), out);
	}
	if (!memchr("[OPX]^_", head->at[1], 7))
		return with_alt(head, out);
	if (head->n == 2 && !head->is_late)
		return MORE;
	/* Alone, or with another behind it at once: the key with Alt. */
	if (head->n == 2 || head->at[2] == ESC)
		return with_alt(head, out);
	return sequence(keys, head, out);
}

/* The longest that was learned; MORE: it may become one. */
static enum step
learned(const struct keys *keys, struct head *head, struct event *out)
{
	const struct learned *best = NULL;
	bool may_grow = false;

	for (size_t i = 0; i < keys->n_learned; i++) {
		const struct learned *l = &keys->learned[i];
		const size_t n = l->n < head->n ? l->n : head->n;

		if (memcmp(l->bytes, head->at, n) != 0)
			continue;
		if (l->n > head->n)
			may_grow = true;
		else if (!best || l->n > best->n)
			best = l;
	}
	if (may_grow && !head->is_late)
		return MORE;
	if (!best)
		return NOTHING;
	head->used = best->n;
	return key_event(best->press, out);
}

/* Up to its end, or a piece of it that is long enough. */
static enum step
paste(struct keys *keys, struct event *out)
{
	const unsigned char *from = keys->bytes + keys->begin;
	const size_t n = keys->end - keys->begin;
	const size_t skip = keys->scanned > keys->begin ? keys->scanned - keys->begin : 0;
	const unsigned char *end =
		n > skip ? memmem(from + skip, n - skip, paste_end, PASTE_END) : NULL;
	size_t size =
		end ? (size_t)(end - from) : n - (n < PASTE_END ? n : PASTE_END - 1);

	keys->scanned = keys->begin + size;
	if (!end && size < PASTE_PIECE)
		return MORE;
	*out = (struct event){ .kind = EVENT_PASTE,
			       .paste = { (const char *)from, size } };
	keys->begin += size + (end ? PASTE_END : 0);
	keys->state = end ? PLAIN : IN_PASTE;
	return EVENT;
}

/* Drop bytes of what nobody reads, until it ends. */
static enum step
drop(struct keys *keys, bool is_late)
{
	const bool is_string = keys->state == IN_STRING;

	while (keys->begin < keys->end) {
		const unsigned char byte = keys->bytes[keys->begin];

		if (byte == ESC && is_string && keys->end - keys->begin < 2 && !is_late)
			return MORE;
		if (byte == ESC) {
			/* ESC \ ends a string; any other one begins something new. */
			if (is_string && keys->end - keys->begin > 1 &&
			    keys->bytes[keys->begin + 1] == '\\')
				keys->begin += 2;
			keys->state = PLAIN;
			return NOTHING;
		}
		keys->begin++;
		if (is_string ? byte == '\a' || byte == 0x18 || byte == 0x1a
			      : byte < ' ' || byte > '?') {
			keys->state = PLAIN;
			return NOTHING;
		}
	}
	if (is_late)
		keys->state = PLAIN;
	return is_late ? NOTHING : MORE;
}

/* How long the head may wait for what is behind it; -1: for ever. */
static int
patience(const struct keys *keys)
{
	const size_t n = keys->end - keys->begin;

	switch (keys->state) {
	case IN_PASTE:
		return -1;
	case IN_STRING:
	case IN_LONG_CSI:
		return SEQUENCE_WAIT;
	default:
		break;
	}
	if (n == 0)
		return -1;
	return n > 2 && keys->bytes[keys->begin] == ESC &&
			       keys->bytes[keys->begin + 1] != ESC
		       ? SEQUENCE_WAIT
		       : KEYS_WAIT;
}

static bool
is_late(const struct keys *keys, int64_t now)
{
	const int wait = patience(keys);

	return wait >= 0 && now - keys->came >= wait;
}

static enum step
decode(struct keys *keys, int64_t now, struct event *out)
{
	struct head head = { keys->bytes + keys->begin, keys->end - keys->begin,
			     is_late(keys, now), 0 };
	enum step step;

	if (keys->state == IN_PASTE)
		return paste(keys, out);
	if (keys->state != PLAIN)
		return drop(keys, head.is_late);
	if (!head.n)
		return MORE;
	step = learned(keys, &head, out);
	if (step == NOTHING)
		step = head.at[0] == ESC ? escape(keys, &head, out)
					 : plain(&head, 0, out);
	if (step == MORE)
		return MORE;
	if (step == EVENT && out->kind == EVENT_KEY && head.used <= sizeof out->bytes) {
		memcpy(out->bytes, head.at, head.used);
		out->n_bytes = head.used;
	}
	keys->begin += head.used;
	return step;
}

bool
keys_next(struct keys *keys, int64_t now, struct event *out)
{
	enum step step;

	while ((step = decode(keys, now, out)) == NOTHING)
		;
	return step == EVENT;
}

int
keys_wait(const struct keys *keys, int64_t now)
{
	const int wait = patience(keys);
	const int64_t left = keys->came + wait - now;

	return wait < 0 ? -1 : left > 0 ? (int)left : 0;
}
