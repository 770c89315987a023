/*
 * check.h - all that unit tests need. A failed CHECK says where and goes on; the
 * program's status is the verdict: end main() with `return check_report();`.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>

#include "base/text.h"

static int check_passed, check_failed;

#define CHECK(condition)                      \
	((condition) ? (void)check_passed++   \
		     : (void)(check_failed++, \
			      printf("%s:%d: %s\n", __FILE__, __LINE__, #condition)))

/* With what was found instead; text may be NULL. */
#define CHECK_TEXT(found, wanted)                                                      \
	do {                                                                           \
		const char *found_ = (found), *wanted_ = (wanted);                     \
		if (found_ && !strcmp(found_, wanted_)) {                              \
			check_passed++;                                                \
		} else {                                                               \
			check_failed++;                                                \
			printf("%s:%d: found '%s', wanted '%s'\n", __FILE__, __LINE__, \
			       found_ ? found_ : "(nothing)", wanted_);                \
		}                                                                      \
	} while (0)

static inline int
check_report(void)
{
	printf("%d passed, %d failed\n", check_passed, check_failed);
	return check_failed != 0;
}

#endif
