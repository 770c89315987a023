/*
 * error.h - what went wrong, as a sentence for the user.
 *
 * What can fail returns bool (or a pointer, NULL = failed) and takes a struct
 * error last. The sentence is lower case, without a full stop, subject in single
 * quotes: what, where, which value, what to do. Callers put in front where they
 * stand with fail_in(); they do not reword. Bytes that come from data are made
 * printable as they enter the sentence, so an error is safe to print anywhere.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#define CHECKED           __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

struct error {
	char text[1024];
	bool cancelled; /* the user stopped it: nothing is wrong */
};

/* Set the sentence and return false, so that one can `return fail(...)`. */
bool fail(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* Put where the caller stands in front ("node 4: ...") and return false. */
bool fail_in(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* fail() with the reason of errno behind it: "cannot open 'x': No such file". */
bool fail_errno(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* The run was cancelled: false, with err->cancelled set. */
bool fail_cancelled(struct error *err);

#endif
