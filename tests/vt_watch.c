/*
 * vt_watch - the parser of a terminal that only takes notes.
 */
#include "vt_watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUND, ESCAPE, BETWEEN, CSI, STRING, STRING_ESCAPE };

static void
raw(struct watch *w, const char *what, const char *detail, unsigned code)
{
	char shown[96];
	size_t n = 0;

	for (; *detail && n + 1 < sizeof shown; detail++)
		shown[n++] = *detail >= ' ' && *detail <= '~' ? *detail : '.';
	shown[n] = '\0';
	if (w->n_raw++ == 0)
		snprintf(w->first_raw, sizeof w->first_raw, "%s %s (%#x)", what, shown,
			 code);
}

static void
set_mode(struct watch *w, int mode, bool on)
{
	size_t i = 0;

	if (mode == 25)
		w->hides_cursor = !on;
	while (i < w->n_modes && w->modes[i] != mode)
		i++;
	if (on && i == w->n_modes && w->n_modes < WATCH_MODES)
		w->modes[w->n_modes++] = mode;
	if (!on && i < w->n_modes)
		w->modes[i] = w->modes[--w->n_modes];
}

bool
watch_has_mode(const struct watch *w, int mode)
{
	for (size_t i = 0; i < w->n_modes; i++)
		if (w->modes[i] == mode)
			return true;
	return false;
}

static bool
is_known_mode(int mode)
{
	static const int known[] = { 1,  3,    4,    5,    6,    7,    12,   25,   45,
				     47, 1000, 1002, 1004, 1006, 1047, 1048, 1049, 2004 };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i] == mode)
			return true;
	return false;
}

static void
private_modes(struct watch *w, bool on)
{
	char *at = w->sequence + 1;

	while (*at >= '0' && *at <= '9') {
		const int mode = (int)strtol(at, &at, 10);

		if (!is_known_mode(mode))
			raw(w, "mode", w->sequence, (unsigned)mode);
		set_mode(w, mode, on);
		at += *at == ';';
	}
}

/* The title of the window, put away or taken back. */
static bool
keep_title(struct watch *w)
{
	const bool keeps = strncmp(w->sequence, "22;", 3) == 0;
	const bool gives = strncmp(w->sequence, "23;", 3) == 0;

	w->n_titles += keeps - gives;
	return keeps || gives;
}

/* What draws; besides, the look of the cursor on the Linux console, and the question that
 * every terminal answers. */
static bool
is_drawing(const char *sequence, char final)
{
	if (final == 'c')
		return !*sequence || (sequence[0] == '?' && strlen(sequence) == 2);
	return strchr("@ABCDEFGHJKLMPSTXZ`abdefghlmr", final) != NULL;
}

static void
end_csi(struct watch *w, char final)
{
	w->sequence[w->n] = '\0';
	w->state = GROUND;
	if (w->sequence[0] == '?' && (final == 'h' || final == 'l'))
		private_modes(w, final == 'h');
	else if (final == 't' ? !keep_title(w) : !is_drawing(w->sequence, final))
		raw(w, "sequence CSI", w->sequence, (unsigned char) final);
	if (final == 'm')
		w->has_style = w->n > 0 && strcmp(w->sequence, "0") != 0 &&
			       (w->has_style || strcmp(w->sequence, "39;49") != 0);
}

static bool
turns(uint32_t code)
{
	return code == 0x61c || (code >= 0x200b && code <= 0x200f) ||
	       (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) ||
	       code == 0xfeff;
}

static void
character(struct watch *w, uint32_t code)
{
	if ((code >= 0x80 && code < 0xa0) || turns(code))
		raw(w, "character", "", code);
}

static void
utf8(struct watch *w, unsigned char byte)
{
	if (w->more && (byte & 0xc0) == 0x80) {
		w->code = w->code << 6 | (byte & 0x3f);
		if (--w->more == 0)
			character(w, w->code);
		return;
	}
	if (w->more || byte < 0xc2 || byte > 0xf4)
		raw(w, "no UTF-8", "", byte);
	w->more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
	w->code = byte & (0x3f >> w->more);
}

/* Text, and only where the one before is kept. */
static void
set_title(struct watch *w, const char *title)
{
	snprintf(w->title, sizeof w->title, "%s", title);
	if (w->n_titles <= 0)
		raw(w, "a title in place of one that is not kept:", title, 0);
	for (const char *at = title; *at; at++)
		if ((unsigned char)*at >= 0x80)
			utf8(w, (unsigned char)*at);
		else if (*at < ' ' || *at == 0x7f)
			raw(w, "byte in a title", title, (unsigned char)*at);
}

static void
end_string(struct watch *w)
{
	w->sequence[w->n] = '\0';
	w->state = GROUND;
	if (strncmp(w->sequence, "]52;", 4) == 0) {
		w->n_copies++;
		snprintf(w->copy, sizeof w->copy, "%s",
			 strchr(w->sequence + 4, ';') ? strchr(w->sequence + 4, ';') + 1
						      : "");
	} else if (strncmp(w->sequence, "]0;", 3) == 0 ||
		   strncmp(w->sequence, "]2;", 3) == 0) {
		set_title(w, w->sequence + 3);
	} else if (strcmp(w->sequence, "]11;?") != 0) {
		raw(w, "string", w->sequence, (unsigned char)w->sequence[0]);
	}
}

static void
ground(struct watch *w, unsigned char byte)
{
	if (byte >= 0x80) {
		utf8(w, byte);
		return;
	}
	if (w->more)
		raw(w, "cut UTF-8", "", byte);
	w->more = 0;
	if (byte == 0x1b)
		w->state = ESCAPE;
	else if (byte == 0x7f || (byte < ' ' && !strchr("\a\r\n\b\t\016\017", byte)))
		raw(w, "byte", "", byte);
}

static void
escape(struct watch *w, char byte)
{
	w->n = 0;
	w->n_sequences++;
	w->state = GROUND;
	if (byte == '[')
		w->state = CSI;
	else if (strchr("]PX^_", byte))
		w->state = STRING, w->sequence[w->n++] = byte;
	else if (byte >= ' ' && byte <= '/')
		w->state = BETWEEN;
	else if (byte == '=' || byte == '>')
		w->has_keypad = byte == '=';
	else if (!strchr("78MDE", byte))
		raw(w, "sequence ESC", "", (unsigned char)byte);
}

static void
within(struct watch *w, char byte)
{
	if (w->n + 1 < sizeof w->sequence)
		w->sequence[w->n++] = byte;
}

static void
one(struct watch *w, unsigned char byte)
{
	switch (w->state) {
	case ESCAPE:
		escape(w, (char)byte);
		break;
	case BETWEEN:
		if (byte >= '0')
			w->state = GROUND;
		break;
	case CSI:
		if (byte < ' ' || byte >= 0x7f)
			raw(w, "byte in a sequence", "", byte);
		if (byte >= '@')
			end_csi(w, (char)byte);
		else
			within(w, (char)byte);
		break;
	case STRING:
		if (byte == '\a')
			end_string(w);
		else if (byte == 0x1b)
			w->state = STRING_ESCAPE;
		else
			within(w, (char)byte);
		break;
	case STRING_ESCAPE:
		end_string(w);
		break;
	default:
		ground(w, byte);
	}
}

void
watch_bytes(struct watch *w, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		one(w, (unsigned char)bytes[i]);
}

bool
watch_is_restored(const struct watch *w, char why[160])
{
	*why = '\0';
	for (size_t i = 0; i < w->n_modes; i++)
		if (w->modes[i] != 25 && w->modes[i] != 7 && w->modes[i] != 12)
			snprintf(why, 160, "private mode %d is still on", w->modes[i]);
	if (w->hides_cursor)
		snprintf(why, 160, "the cursor is still hidden");
	if (w->has_keypad)
		snprintf(why, 160, "the keypad still sends sequences");
	if (w->has_style)
		snprintf(why, 160, "colours or styles are still on");
	if (w->n_titles)
		snprintf(why, 160, "the title of the window is not given back");
	if (w->state != GROUND)
		snprintf(why, 160, "a sequence is not whole");
	return !*why;
}
