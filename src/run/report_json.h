/*
 * report_json.h - what a run did, for programs: nodes with rows, times and columns, files,
 * warnings, what code printed.
 */
#ifndef RUN_REPORT_JSON_H
#define RUN_REPORT_JSON_H

#include "base/json.h"
#include "run/run.h"

/* path: of the flow. In the arena, with texts of the report. */
const struct json *run_report_json(const char *path, const struct run_report *report,
				   struct arena *arena);

#endif
