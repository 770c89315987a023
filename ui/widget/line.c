/*
 * line - the only place that knows readline.
 *
 * Readline reads its keys from a small queue. It is asked for the next one only while
 * something is there, so it never waits. Keys that are not characters come to it in the
 * form it knows without a terminal, whatever the terminal sends.
 */
#include "widget/line.h"

#include <stdio.h>
#include <stdlib.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "base/arena.h"

enum { LINE_PASTE = 4096 };

static struct {
	bool is_ready, is_open;
	char queue[64];
	size_t n, at;
	enum line_outcome outcome;
	char *entered;
	HISTORY_STATE histories[LINE_KINDS];
	enum line_kind kind; /* whose history readline has now */
} line;

/* Keys that are no character, and what readline does at them unless it is told
 * otherwise. */
static const struct {
	struct press press;
	const char *bytes;
	rl_command_func_t *command;
} specials[] = {
	{ { K_ENTER, 0 }, "\r", NULL },
	{ { K_BACKSPACE, 0 }, "\177", NULL },
	{ { K_BACKSPACE, MOD_ALT }, "\033\177", NULL },
	{ { K_UP, 0 }, "\033[A", rl_get_previous_history },
	{ { K_DOWN, 0 }, "\033[B", rl_get_next_history },
	{ { K_RIGHT, 0 }, "\033[C", rl_forward_char },
	{ { K_LEFT, 0 }, "\033[D", rl_backward_char },
	{ { K_HOME, 0 }, "\033[H", rl_beg_of_line },
	{ { K_END, 0 }, "\033[F", rl_end_of_line },
	{ { K_DELETE, 0 }, "\033[3~", rl_delete },
	{ { K_RIGHT, MOD_CTRL }, "\033[1;5C", rl_forward_word },
	{ { K_LEFT, MOD_CTRL }, "\033[1;5D", rl_backward_word },
	{ { K_RIGHT, MOD_ALT }, "\033[1;3C", rl_forward_word },
	{ { K_LEFT, MOD_ALT }, "\033[1;3D", rl_backward_word },
	{ { K_DELETE, MOD_CTRL }, "\033[3;5~", rl_kill_word },
};

static int
next_byte(FILE *stream)
{
	(void)stream;
	return line.at < line.n ? (unsigned char)line.queue[line.at++] : EOF;
}

static int
has_byte(void)
{
	return line.at < line.n;
}

static void
draw_nothing(void)
{
}

/* NULL: the end of the file, which is Ctrl-D on an empty line. */
static void
take(char *text)
{
	line.outcome = text ? LINE_ENTERED : LINE_LEFT;
	free(line.entered);
	line.entered = text;
}

/* Streams that lead nowhere, since readline wants some. */
static void
unplug(void)
{
	FILE *in = fopen("/dev/null", "re"), *out = fopen("/dev/null", "we");

	if (in)
		rl_instream = in;
	if (out)
		rl_outstream = out;
}

/* Variables that would have it write to the terminal, read what we decode, or keep what
 * was changed in the history of a line that is gone. */
static void
quieten(void)
{
	rl_variable_bind("editing-mode", "emacs"); /* Escape leaves the line */
	rl_variable_bind("bell-style", "none");
	rl_variable_bind("enable-bracketed-paste", "off");
	rl_variable_bind("blink-matching-paren", "off");
	rl_variable_bind("horizontal-scroll-mode", "off");
	rl_variable_bind("echo-control-characters", "off");
	rl_variable_bind("show-mode-in-prompt", "off");
	rl_variable_bind("revert-all-at-newline", "on");
}

/* Completion is none of its business: it would look into folders. */
static char *
complete_nothing(const char *text, int state)
{
	(void)text;
	(void)state;
	return NULL;
}

/* A command that waits for the next key (a count, a character to quote) and is left so is
 * no longer told apart from the line that follows; a search that asks for all of its text
 * first (Alt-P) frees twice what could be undone in a line of the history: there are none
 * of these. */
static void
hook_up(void)
{
	rl_getc_function = next_byte;
	rl_input_available_hook = has_byte;
	rl_redisplay_function = draw_nothing;
	rl_completion_entry_function = complete_nothing;
	rl_unbind_function_in_map(rl_digit_argument, emacs_meta_keymap);
	rl_unbind_function_in_map(rl_quoted_insert, emacs_standard_keymap);
	rl_unbind_function_in_map(rl_noninc_forward_search, emacs_meta_keymap);
	rl_unbind_function_in_map(rl_noninc_reverse_search, emacs_meta_keymap);
	for (size_t i = 0; i < COUNT(specials); i++)
		if (specials[i].command)
			rl_bind_keyseq_if_unbound(specials[i].bytes, specials[i].command);
}

static void
set_up(void)
{
	if (line.is_ready)
		return;
	line.is_ready = true;
	rl_readline_name = "lariat";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0;
	rl_prep_term_function = NULL;
	rl_deprep_term_function = NULL;
	unplug();
	rl_initialize();
	quieten();
	hook_up();
	using_history();
	stifle_history(LINE_HISTORY);
	for (size_t i = 0; i < LINE_KINDS; i++)
		line.histories[i] = (HISTORY_STATE){ .flags = HS_STIFLED };
}

/* To the history of another kind; readline has one at a time. */
static void
turn_to(enum line_kind kind)
{
	HISTORY_STATE *now;

	if (kind != line.kind) {
		now = history_get_history_state();
		line.histories[line.kind] = *now;
		free(now);
		history_set_history_state(&line.histories[kind]);
		line.kind = kind;
	}
	using_history();
}

static bool
is_half_done(void)
{
	return line_is_searching() || RL_ISSTATE(RL_STATE_MULTIKEY);
}

/* A search that is on would go on with the next line, and a sequence that is half typed
 * would swallow the key that ends this one. */
static void
leave_half_done(void)
{
	rl_callback_sigcleanup();
	rl_clear_message();
}

static void
feed(const char *bytes, size_t n)
{
	if (n > sizeof line.queue)
		return;
	memcpy(line.queue, bytes, n);
	line.n = n;
	line.at = 0;
	line.outcome = LINE_EDITED;
	while (line.at < line.n && line.outcome == LINE_EDITED)
		rl_callback_read_char();
	if (line.outcome == LINE_ENTERED) {
		rl_replace_line(line.entered, 1);
		rl_point = rl_end;
	}
}

/* As if it were entered: only then readline lets go of what it changed in the history and
 * of what could be undone in it. */
void
line_end(void)
{
	if (!line.is_open)
		return;
	if (is_half_done())
		leave_half_done();
	feed("\r", 1);
	rl_callback_handler_remove();
	line.is_open = false;
	free(line.entered);
	line.entered = NULL;
}

void
line_begin(enum line_kind kind, const char *text)
{
	line_end();
	set_up();
	turn_to(kind);
	line.is_open = true;
	rl_callback_handler_install("", take);
	rl_insert_text(text);
	rl_free_undo_list();
	feed("\033[F", 3); /* what is killed now does not join what was killed before */
}

/* A letter, if need be with what Ctrl and Alt make of it. */
static size_t
letter_bytes(struct press press, char out[8])
{
	size_t n = 0;

	if (press.key < ' ' || press.key == 0x7f || press.key >= K_FIRST)
		return 0;
	if (press.mods & MOD_ALT)
		out[n++] = '\033';
	if (!(press.mods & MOD_CTRL))
		return n + text_put(press.key, out + n);
	if (press.key < '?' || press.key > '~')
		return 0;
	out[n] = (char)(press.key & 0x1f);
	return n + 1;
}

/* Does readline wait for another key behind it? */
static bool
is_prefix(const char *bytes, size_t n)
{
	int type = ISFUNC;

	(void)rl_function_of_keyseq_len(bytes, n, NULL, &type);
	return type == ISKMAP;
}

/* A search loses its way (rl_callback_read_char() reads from NULL) when it meets a key
 * that begins a sequence: it has found what it has found. */
static void
feed_key(const char *bytes, size_t n)
{
	if (line_is_searching() && is_prefix(bytes, n))
		leave_half_done();
	feed(bytes, n);
}

static enum line_outcome
feed_press(const struct event *event)
{
	char bytes[8];
	size_t n;

	for (size_t i = 0; i < COUNT(specials); i++)
		if (specials[i].press.key == event->press.key &&
		    specials[i].press.mods == event->press.mods) {
			feed(specials[i].bytes, strlen(specials[i].bytes));
			return line.outcome;
		}
	if (event->press.key >= K_FIRST)
		return LINE_IGNORED;
	n = letter_bytes(event->press, bytes);
	if (n)
		feed_key(bytes, n);
	else if (event->n_bytes)
		feed_key(event->bytes, event->n_bytes);
	return n || event->n_bytes ? line.outcome : LINE_IGNORED;
}

/* Escape ends a search; else it leaves the line. */
static enum line_outcome
escape(void)
{
	if (!line_is_searching())
		return LINE_LEFT;
	feed("\007", 1);
	return LINE_EDITED;
}

/* One line, whatever it was. */
static enum line_outcome
paste(struct text text)
{
	struct arena mem = { 0 };
	char *clean;
	size_t at = 0, n = 0;

	if (is_half_done())
		leave_half_done();
	if (text.size > LINE_PASTE)
		text.size = LINE_PASTE;
	clean = arena_alloc(&mem, 3 * text.size + 4);
	while (at < text.size) {
		uint32_t code = text_next(text, &at);

		n += text_put(code < ' ' || code == 0x7f ? ' ' : code, clean + n);
	}
	line_replace((size_t)rl_point, (size_t)rl_point, clean);
	arena_release(&mem);
	return LINE_EDITED;
}

enum line_outcome
line_event(const struct event *event)
{
	if (!line.is_open)
		return LINE_IGNORED;
	if (event->kind == EVENT_PASTE)
		return paste(event->paste);
	if (event->kind != EVENT_KEY)
		return LINE_IGNORED;
	if (event_is(event, K_ESCAPE))
		return escape();
	if (event_is_ctrl(event, 'c') ||
	    (event_is_ctrl(event, 'g') && !line_is_searching()))
		return LINE_LEFT;
	return feed_press(event);
}

const char *
line_text(void)
{
	return line.is_open && rl_line_buffer ? rl_line_buffer : "";
}

size_t
line_point(void)
{
	return line.is_open ? (size_t)rl_point : 0;
}

const char *
line_prompt(void)
{
	return line.is_open && rl_display_prompt ? rl_display_prompt : "";
}

bool
line_is_searching(void)
{
	return line.is_open && RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH);
}

void
line_replace(size_t from, size_t to, const char *text)
{
	if (!line.is_open || from > to || to > (size_t)rl_end)
		return;
	rl_begin_undo_group();
	rl_delete_text((int)from, (int)to);
	rl_point = (int)from;
	rl_insert_text(text);
	rl_end_undo_group();
}

void
line_remember(enum line_kind kind, const char *text)
{
	const enum line_kind before = line.kind;
	const HIST_ENTRY *last;

	set_up();
	turn_to(kind);
	last = history_length ? history_get(history_base + history_length - 1) : NULL;
	if (*text && (!last || strcmp(last->line, text) != 0))
		add_history(text);
	using_history();
	turn_to(before);
}
