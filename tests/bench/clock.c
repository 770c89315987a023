/*
 * clock - run a program as a whole and say what it took.
 *
 *	clock REPORT PROGRAM [ARGUMENT]...
 *
 * REPORT gets a line: wall, user and system seconds, peak resident kB, exit status. A
 * program of its own, so that the peak is not that of whoever asks: what a process held
 * before it became another program counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int
main(int argc, char **argv)
{
	struct rusage used;
	double start, wall;
	FILE *report;
	pid_t child;
	int status;

	if (argc < 3)
		return fprintf(stderr, "usage: clock REPORT PROGRAM [ARGUMENT]...\n"), 2;
	start = now();
	child = fork();
	if (child == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &used) != child)
		return perror("clock"), 2;
	wall = now() - start;
	if (!(report = fopen(argv[1], "w")))
		return perror(argv[1]), 2;
	fprintf(report, "%.4f %.4f %.4f %ld %d\n", wall, seconds(used.ru_utime),
		seconds(used.ru_stime), used.ru_maxrss,
		WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return fclose(report) != 0;
}
