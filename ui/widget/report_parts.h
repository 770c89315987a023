/*
 * report_parts.h - the ways of printing a report for people. For report.c only.
 */
#ifndef WIDGET_REPORT_PARTS_H
#define WIDGET_REPORT_PARTS_H

#include "widget/report.h"

CHECKED bool report_print_markdown(const struct report *report, struct buffer *out,
				   struct error *err);
CHECKED bool report_print_text(const struct report *report, struct buffer *out,
			       struct error *err);
CHECKED bool report_print_html(const struct report *report, struct buffer *out,
			       struct error *err);

#endif
