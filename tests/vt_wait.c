/*
 * vt_wait - what the program is at, as proc(5) tells of its threads, and waiting for it.
 */
#include <dirent.h>
#include <poll.h>
#include <string.h>
#include <sys/syscall.h>

#include "vt_parts.h"

enum {
	STALL = 100000, /* microseconds */
	SOON = 90, /* milliseconds: more than a pause after which something is asked for */
};

struct patience
patience_of(int milliseconds)
{
	return (struct patience){ (int64_t)milliseconds * 1000, vt_microseconds() };
}

bool
has_patience(struct patience *patience)
{
	const int64_t now = vt_microseconds(), took = now - patience->now;

	patience->left -= took < STALL ? took : STALL;
	patience->now = now;
	return patience->left > 0;
}

bool
vt_is_taken(const struct vt *vt)
{
	struct pollfd slave = { vt->slave, POLLIN, 0 };

	return !vt->n_unsent && (poll(&slave, 1, 0) <= 0 || !(slave.revents & POLLIN));
}

/* The first line of a file of proc(5). */
static bool
proc_line(const char *folder, const char *thread, const char *name, char line[512])
{
	char path[400];
	FILE *file;
	bool ok;

	snprintf(path, sizeof path, "%s/%s/%s", folder, thread, name);
	file = fopen(path, "r");
	ok = file && fgets(line, 512, file);
	if (file)
		fclose(file);
	if (ok)
		line[strcspn(line, "\n")] = '\0';
	return ok;
}

/* The letter of a thread's state, behind its name in parentheses; 0: it is gone. */
static char
state_of(const char *folder, const char *thread)
{
	char line[512];
	const char *state =
		proc_line(folder, thread, "stat", line) ? strrchr(line, ')') : NULL;

	return state && strlen(state) > 2 ? state[2] : '\0';
}

static void
for_threads(const struct vt *vt,
	    void (*look)(const char *folder, const char *thread, void *context),
	    void *context)
{
	char folder[64];
	struct dirent *thread;
	DIR *dir;

	snprintf(folder, sizeof folder, "/proc/%d/task", (int)vt->child);
	dir = opendir(folder);
	while (dir && (thread = readdir(dir)))
		if (thread->d_name[0] != '.')
			look(folder, thread->d_name, context);
	if (dir)
		closedir(dir);
}

static void
note_busy(const char *folder, const char *thread, void *context)
{
	const char state = state_of(folder, thread);

	*(bool *)context |= state == 'R' || state == 'D';
}

/* Does its first thread sleep for a moment only, to do something then? A preview that is
 * asked for when no key came for 60 ms is news that nobody sees coming. */
static bool
is_due(const struct vt *vt)
{
	char folder[64], thread[32], line[512];
	unsigned long timeout;
	long call;

	snprintf(folder, sizeof folder, "/proc/%d/task", (int)vt->child);
	snprintf(thread, sizeof thread, "%d", (int)vt->child);
	return proc_line(folder, thread, "syscall", line) &&
	       sscanf(line, "%ld %*x %*x %lx", &call, &timeout) == 2 &&
	       call == SYS_poll && timeout <= SOON;
}

/* Is there something to be read, a thread at work, or one that will be soon? */
static bool
is_busy(const struct vt *vt)
{
	bool busy = !vt_is_taken(vt) || is_due(vt);

	for_threads(vt, note_busy, &busy);
	return busy;
}

static void
print_thread(const char *folder, const char *thread, void *context)
{
	char where[512] = "?", call[512] = "?";

	proc_line(folder, thread, "wchan", where);
	proc_line(folder, thread, "syscall", call);
	fprintf(context, "(thread %s: %c in %s, call %.40s)\n", thread,
		state_of(folder, thread), where, call);
}

void
vt_explain(struct vt *vt, FILE *out)
{
	if (!vt_is_alive(vt))
		fprintf(out, "(it has ended with status %d)\n", vt->status);
	else
		for_threads(vt, print_thread, out);
	if (vt->n_unsent)
		fprintf(out, "(%zu bytes were not taken)\n", vt->n_unsent);
}

bool
vt_settle(struct vt *vt, int quiet, int most)
{
	struct patience patience = patience_of(most);
	int64_t since = vt_microseconds();

	while (has_patience(&patience)) {
		if (vt_pump(vt, VT_STEP) || (vt_is_alive(vt) && is_busy(vt)))
			since = vt_microseconds();
		else if (!vt_is_alive(vt))
			break;
		if (vt_microseconds() - since >= (int64_t)quiet * 1000)
			return true;
	}
	while (vt_pump(vt, 0))
		;
	return !vt->is_alive;
}

bool
vt_wait(struct vt *vt, const char *text, int most)
{
	struct patience patience = patience_of(most);

	while (!vt_has(vt, text)) {
		if (!has_patience(&patience) ||
		    (!vt_pump(vt, VT_STEP) && !vt_is_alive(vt)))
			return vt_has(vt, text);
	}
	return true;
}

bool
vt_wait_end(struct vt *vt, int most, int *status)
{
	struct patience patience = patience_of(most);

	while (vt_is_alive(vt) && has_patience(&patience))
		vt_pump(vt, VT_STEP);
	while (vt_pump(vt, 0))
		;
	*status = vt->status;
	return !vt->is_alive;
}
