/*
 * ui_parts.h - what ui_words.c and ui_checks.c share.
 */
#ifndef UI_PARTS_H
#define UI_PARTS_H

#include "base/names.h"
#include "ui_words.h"

enum { UI_WAIT = 60000 }; /* milliseconds that something may take */

/* In the arena of ui: the text with new in place of old; its words, a blank within double
 * quotes is part of one. */
const char *ui_replaced(const char *text, const char *old, const char *new);
void ui_split(const char *line, struct names *words);

/* Of the table of words. rest: of the line. */
void ui_do_wait(const char *rest);
void ui_do_settle(const char *rest);
void ui_do_expect(const char *rest);
void ui_do_refuse(const char *rest);
void ui_do_row(const char *rest);
void ui_do_attr(const char *rest);
void ui_do_cursor(const char *rest);
void ui_do_latency(const char *rest);
void ui_do_sends(const char *rest);
void ui_do_copied(const char *rest);
void ui_do_title(const char *rest);
void ui_do_exit(const char *rest);
void ui_do_modes_restored(const char *rest);
void ui_do_no_raw(const char *rest);
void ui_do_lines_alone(const char *rest);
void ui_do_file(const char *rest);

#endif
