/*
 * rail.h - a flow as lines of text, every step behind those it reads.
 *
 * Each line has the id's first letters, the operator's title, the settings that differ
 * from the presets, and the name. The longest way through the flow stands at the
 * margin; branches are indented and come before what goes on. A step that does not read
 * the line above it says whom it reads: "< 1b2c3d4e".
 */
#ifndef CLI_RAIL_H
#define CLI_RAIL_H

#include <stdio.h>

#include "flow/flow.h"

/* "1b2c3d4e": enough of an id to find it again. */
void rail_id(FILE *file, const char *id);

/* What the node's operator is called; its bare name if nobody knows it. */
void rail_title(FILE *file, const struct node *node);

/* Title and settings. */
void rail_node(FILE *file, const struct node *node, struct arena *arena);

void rail_print(FILE *file, const struct flow *flow, struct arena *arena);

#endif
