/* cancel - signals to a flag; the second one does not wait. */
#include "cli/cancel.h"

#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/temporary.h"

static atomic_bool cancelled;
static atomic_int signal_seen;

static void
on_signal(int number)
{
	if (atomic_exchange(&signal_seen, number)) {
		temporary_unlink_all();
		_exit(128 + number);
	}
	atomic_store(&cancelled, true);
}

/* Without SA_RESTART: a read that waits comes back and sees the flag. */
void
cancel_watch(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal };

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		struct sigaction old;

		/* nohup and background jobs ignore some on purpose */
		if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}

const atomic_bool *
cancel_flag(void)
{
	return &cancelled;
}

int
cancel_status(void)
{
	const int number = atomic_load(&signal_seen);

	return 128 + (number ? number : SIGINT);
}
