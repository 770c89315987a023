/*
 * run_options.h - options that every command has which runs (part of) a flow.
 *
 * A command puts the fields into its struct and the rows into its table, so that help,
 * manual and completion know them.
 */
#ifndef CLI_RUN_OPTIONS_H
#define CLI_RUN_OPTIONS_H

#include "cli/cli.h"
#include "run/run.h"

#define RUN_FIELDS                                      \
	struct names map, source, param;                \
	size_t threads, memory, batch_rows, time_limit; \
	const char *temp_dir;                           \
	bool trust

#define RUN_OPTIONS(S)                                                                   \
	OPTION_LIST(S, map, 'm', "PREFIX=PATH",                                          \
		    "read and write addresses that begin with PREFIX here"),             \
		OPTION_LIST(S, source, 's', "NODE=PATH",                                 \
			    "read a source from this file"),                             \
		OPTION_LIST(S, param, 'p', "NAME=VALUE", "set a parameter of the flow"), \
		OPTION_FLAG(S, trust, 0, "allow steps that run code of the flow"),       \
		OPTION_COUNT(S, threads, 't', "N",                                       \
			     "threads; one a processor if not given"),                   \
		OPTION_SIZE(S, memory, 0,                                                \
			    "bytes of data held at once; 70 % of what is free if not "   \
			    "given"),                                                    \
		OPTION_TEXT(S, temp_dir, 0, "FOLDER",                                    \
			    "for what memory has no room for; $TMPDIR or /var/tmp if "   \
			    "not given"),                                                \
		OPTION_COUNT(S, time_limit, 0, "SECONDS", "for each code step"),         \
		OPTION_COUNT(S, batch_rows, 0, "N",                                      \
			     "rows worked on at once (for tests)")

/* Of commands that write tables: a field sync. */
#define SYNC_OPTION(S)                                                            \
	OPTION_FLAG(S, sync, 0,                                                   \
		    "wait until the disk has the tables; else the system writes " \
		    "them in its own time")

/* From a command's struct S that has RUN_FIELDS. Sets the memory limit too. */
#define RUN_OPTIONS_APPLY(S, run)                              \
	do {                                                   \
		(run)->maps = (S)->map;                        \
		(run)->sources = (S)->source;                  \
		(run)->params = (S)->param;                    \
		(run)->threads = (S)->threads;                 \
		(run)->batch_rows = (S)->batch_rows;           \
		(run)->code_seconds = (double)(S)->time_limit; \
		(run)->trust = (S)->trust;                     \
		(run)->temp_dir = (S)->temp_dir;               \
		run_options_memory((S)->memory);               \
	} while (0)

/* The limit, 0: the preset. */
void run_options_memory(size_t limit);

/* A place or map without '=' is wrong usage. */
CHECKED bool run_options_check(const struct run_options *options, struct error *err);

#endif
