/*
 * manual.h - pages for man(1), in roff, to standard output.
 */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

/* Title, and the NAME section. */
void manual_head(const char *title, const char *section, const char *name);

void manual_section(const char *name); /* in capitals */

/* Text that roff takes literally. */
void manual_text(const char *text);
void manual_paragraph(const char *text);
void manual_item(const char *term, const char *text);
void manual_example(const char *line, const char *what);

#endif
