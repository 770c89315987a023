/*
 * lock.h - that two programs do not write the same flow.
 *
 * Beside "x.flow" stands ".x.flow.lock" while somebody has it open; it says who
 * (owner.h). One whose process has ended is taken over. Where no file can be made,
 * nothing can be saved either, and no lock is needed.
 */
#ifndef DESK_LOCK_H
#define DESK_LOCK_H

#include "base/arena.h"
#include "desk/owner.h"

struct lock {
	char *path;    /* of the lock file that is ours; NULL: none */
	uint64_t file; /* its number: another one of that name is not ours */
};

/* False: somebody else has it; *by says who. Another lock of this process gives way. */
bool lock_take(struct lock *lock, const char *flow_path, struct owner *by);
void lock_drop(struct lock *lock);

#endif
