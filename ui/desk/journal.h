/*
 * journal.h - every change of a document, on the disk within a second of it.
 *
 * A journal is a file of lines. The first one holds the document that the changes begin
 * with; each line after it says what was done, when, and which bytes of the document
 * became which. So base and lines give the document back, byte by byte, whatever has
 * become of the flow file. A line that a crash has torn is left out, with all behind it
 * (draft.h reads them).
 *
 * A thread writes; whoever notes a change only hands the document over (flow_share()).
 * Changes that come faster than the disk takes them share a line. What cannot be written
 * is kept, said, and tried again. Nothing is made on the disk before the first change, nor
 * before an older journal of the same file that is being closed has written its last.
 */
#ifndef DESK_JOURNAL_H
#define DESK_JOURNAL_H

#include "desk/wake.h"
#include "flow/flow.h"

struct journal;

struct journal_spec {
	const char *path;        /* of the journal */
	const char *flow;        /* the flow file; NULL: it has none yet */
	const char *table;       /* that it was begun with; NULL: none */
	const struct wake *wake; /* is woken when there is trouble, or none any more */
	bool replaces; /* what stands there is in the document; else it is put aside as
			* "PATH~" */
};

/* flow: as it is on the disk. */
CHECKED bool journal_open(const struct journal_spec *spec, const struct flow *flow,
			  struct journal **out, struct error *err);

/* It was changed: what the user could have typed. */
void journal_note(struct journal *journal, const struct flow *flow, const char *command);

/* Why nothing could be written; empty: all is well. Copied. */
void journal_trouble(struct journal *journal, struct error *out);
/* Wait until all that was noted is on the disk, or cannot be: false. */
bool journal_flush(struct journal *journal);

/* Let go; what was noted is still written. keep: the file stays. Does not wait:
 * job_settle() does. NULL is fine. */
void journal_close(struct journal *journal, bool keep);

/* Is this its file? */
bool journal_writes(const struct journal *journal, const char *path);
/* Does a journal of this process, open or not quite closed, write there? */
bool journal_is_open(const char *path);

#endif
