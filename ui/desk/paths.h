/*
 * paths.h - where things of the user are, and how a path is shown and read.
 *
 * Folders are those of the XDG Base Directory Specification, each with "lariat" in it;
 * they are made when something is put there, for their owner alone. Paths live in the
 * arena.
 */
#ifndef DESK_PATHS_H
#define DESK_PATHS_H

#include "base/arena.h"

/* What the user has set; what the program keeps. NULL: there is no home. */
const char *paths_config(struct arena *arena);
const char *paths_state(struct arena *arena);

/* The folder and those above it, as far as they are missing. */
CHECKED bool paths_make(const char *folder, struct error *err);

/* From the root on; "~/" is the home, what else is relative stands in the folder that the
 * program runs in. Links are not followed. */
const char *paths_absolute(const char *path, struct arena *arena);
/* As a person writes it: "~/data/x.csv". */
const char *paths_short(const char *path, struct arena *arena);
/* As it is typed: from the folder that the program runs in, if it is in or below it. */
const char *paths_here(const char *path, struct arena *arena);
/* An absolute path as it is written in a file of that folder: "x.csv"; absolute, if it is
 * not in or below it. */
const char *paths_from(const char *path, const char *folder, struct arena *arena);

/* "/a/b.c": "/a", "b.c"; with another ending: "/a/b.flow". */
const char *paths_folder(const char *path, struct arena *arena);
const char *paths_name(const char *path);
/* The same whatever slashes end it, "/a/b/": "b"; "" if there are slashes alone. */
const char *paths_last(const char *path, struct arena *arena);
const char *paths_with_ending(const char *path, const char *ending, struct arena *arena);
/* "/a", "b": "/a/b". */
const char *paths_join(const char *folder, const char *name, struct arena *arena);

bool paths_exists(const char *path);
/* Is it a file, which can be read as often as one likes? What else is there is said. */
CHECKED bool paths_is_file(const char *path, struct error *err);
bool paths_is_flow(const char *path);

#endif
