/*
 * lock.h - that two programs do not write the same flow.
 *
 * Beside "x.flow" stands ".x.flow.lock" while somebody has it open; it says who
 * (owner.h). One whose process has ended is taken over by itself; any other one when the
 * user says so, and then it says from whom: "99 1234 here after 812 567 there". Where no
 * file can be made, nothing can be saved either, and no lock is needed. Locks of the same
 * flow in this process share the file: the last one that is dropped removes it.
 */
#ifndef DESK_LOCK_H
#define DESK_LOCK_H

#include "base/arena.h"
#include "desk/owner.h"

struct lock {
	const char *path; /* of the lock file; NULL: none */
};

struct holder {
	struct owner owner;
	int64_t since; /* seconds since 1970; 0: not known */
};

/* False: another process has it; *by says who. */
bool lock_take(struct lock *lock, const char *flow_path, struct holder *by);
/* The same, whoever has it. */
void lock_seize(struct lock *lock, const char *flow_path);
/* Somebody has seized it, and has it still; *by says who. */
bool lock_is_lost(const struct lock *lock, struct holder *by);
void lock_drop(struct lock *lock);
/* The same behind the caller's back, whose thread does not wait for a disk; it is done when
 * job_settle() returns. Taken again before that, it stays. */
void lock_drop_later(struct lock *lock);

#endif
