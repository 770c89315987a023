/*
 * cancel.h - the user wants out.
 *
 * The first SIGINT (or SIGTERM, SIGHUP) sets a flag that long loops look at, so that
 * a run ends in order; the second ends the program at once, after unlinking outputs
 * that are not whole (base/temporary.h).
 */
#ifndef CLI_CANCEL_H
#define CLI_CANCEL_H

#include <stdatomic.h>

/* Start to watch; once, before any thread. */
void cancel_watch(void);

const atomic_bool *cancel_flag(void);

/* What the program ends with after a cancel: 128 and the signal. */
int cancel_status(void);

#endif
