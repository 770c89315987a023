/*
 * wake - an eventfd.
 */
#include "desk/wake.h"

#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

bool
wake_init(struct wake *wake, struct error *err)
{
	wake->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	return wake->fd >= 0 || fail_errno(err, "cannot make an event descriptor");
}

void
wake_release(struct wake *wake)
{
	if (wake->fd > 0)
		close(wake->fd);
	wake->fd = -1;
}

/* It can only fail when it is readable already. */
void
wake_up(const struct wake *wake)
{
	const uint64_t one = 1;
	const ssize_t written = write(wake->fd, &one, sizeof one);

	(void)written;
}

void
wake_clear(const struct wake *wake)
{
	uint64_t count;
	const ssize_t got = read(wake->fd, &count, sizeof count);

	(void)got;
}
