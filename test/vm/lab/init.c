/*
 * Process 1 of a lab guest: loads the modules it needs, makes the host's root its own (virtiofs below, tmpfs above), mounts
 * what a test expects, then runs commands for the host until the host ends the machine.
 *
 * Static and without a shell: under emulation a fork costs 0.1-0.6 s, so a boot by script takes 11 s more.
 *
 * Settings arrive as environment variables, which the kernel makes of unknown key=value words of its command line:
 *   LAB_SHARE    folder shared for writing, at this path on both sides
 *   LAB_MODULES  folder with the modules of this kernel
 *   LAB_CONFIG   its build configuration
 *   LAB_CWD      working directory of commands
 *
 * Protocol, over the virtio-serial port "control"; a frame is a line "VERB ID NUMBER\n" and, where NUMBER is a length, bytes:
 *   host to guest   run ID LENGTH <script>      start a bash with this script in a process group of its own
 *                   signal ID SIGNAL            send a signal to that process group
 *                   clock 0 MICROSECONDS        set the clock to this time since 1970; the emulated one has whole seconds
 *   guest to host   ready 0 0                   commands can come
 *                   pid ID PID                  the command runs
 *                   out ID LENGTH <bytes>       what it wrote to standard output
 *                   err ID LENGTH <bytes>       what it wrote to standard error
 *                   exit ID CODE                it ended; 128 + signal when one killed it
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_COMMANDS 64
#define MAX_SCRIPT (120 * 1024) /* an argument of execve has at most 128 KiB: MAX_ARG_STRLEN */

struct command {
	unsigned int id;
	pid_t pid;     /* 0: the slot is free */
	int output[2]; /* read ends of the pipes for standard output and error; -1 when at their end */
	bool ended;    /* exit has been told; a child that it left behind may still write */
};

static struct command commands[MAX_COMMANDS];
static int control;

static void die(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fprintf(stderr, "lab: ");
	vfprintf(stderr, format, arguments);
	fprintf(stderr, ": %s\n", strerror(errno));
	va_end(arguments);
	exit(1); /* the kernel panics when process 1 ends, and the host sees the machine go */
}

static void mount_at(const char *source, const char *path, const char *type, const char *options)
{
	mkdir(path, 0755);
	if (mount(source, path, type, 0, options))
		die("mount %s on %s", type, path);
}

static char *text(const char *format, ...)
{
	va_list arguments;
	char *made;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		die("vasprintf");
	va_end(arguments);
	return made;
}

static char *setting(const char *name)
{
	char *value = getenv(name);

	if (!value) {
		errno = EINVAL;
		die("%s is not on the kernel command line", name);
	}
	return value;
}

/* The initramfs lists its modules in the order of their dependencies. */
static void load_modules(void)
{
	FILE *order = fopen("/modules/order", "r");
	char name[256];

	if (!order)
		die("open /modules/order");
	while (fscanf(order, "%255s", name) == 1) {
		char *path = text("/modules/%s", name);
		int fd = open(path, O_RDONLY | O_CLOEXEC);

		if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
			die("load module %s", name);
		close(fd);
		free(path);
	}
	fclose(order);
}

static void enter_host_root(void)
{
	const char *kept[] = { "/dev", "/proc", "/sys" };

	mkdir("/host", 0755);
	if (mount("root", "/host", "virtiofs", MS_RDONLY, NULL))
		die("mount the host's root");
	mount_at("tmpfs", "/changes", "tmpfs", "size=75%");
	mkdir("/changes/upper", 0755);
	mkdir("/changes/work", 0755);
	mount_at("overlay", "/root", "overlay", "lowerdir=/host,upperdir=/changes/upper,workdir=/changes/work");
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		char *target = text("/root%s", kept[i]);

		if (mount(kept[i], target, NULL, MS_MOVE, NULL))
			die("move %s", kept[i]);
		free(target);
	}
	if (chdir("/root") || mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/"))
		die("enter the host's root");
}

static void mount_what_tests_expect(void)
{
	mount_at("tmpfs", "/run", "tmpfs", "mode=755");
	mount_at("tmpfs", "/dev/shm", "tmpfs", NULL);
	mount_at("devpts", "/dev/pts", "devpts", "ptmxmode=666");
	mount_at("tracefs", "/sys/kernel/tracing", "tracefs", NULL);
	mount_at("debugfs", "/sys/kernel/debug", "debugfs", NULL);
	mount_at("bpf", "/sys/fs/bpf", "bpf", NULL);
	mount_at("cgroup2", "/sys/fs/cgroup", "cgroup2", NULL);
	mkdir("/run/lock", 01777);
	mkdir("/run/netns", 0755);
	mkdir("/tmp", 01777);
	mount_at("share", setting("LAB_SHARE"), "virtiofs", NULL);
	/* What udev would make; bash's <() needs /dev/fd. */
	if (symlink("/proc/self/fd", "/dev/fd") || symlink("/proc/self/fd/0", "/dev/stdin") ||
	    symlink("/proc/self/fd/1", "/dev/stdout") || symlink("/proc/self/fd/2", "/dev/stderr"))
		die("link /dev/fd");
}

static void link_at(const char *target, const char *folder, const char *prefix)
{
	struct utsname kernel;
	char *link;

	uname(&kernel);
	link = text("%s/%s%s", folder, prefix, kernel.release);
	mkdir(folder, 0755);
	if (symlink(target, link) && errno != EEXIST)
		die("link %s", link);
	free(link);
}

/* modprobe and those who ask how the kernel was built look where the host has its own kernel's, if any. */
static void link_kernel_files(void)
{
	link_at(setting("LAB_MODULES"), "/lib/modules", "");
	link_at(setting("LAB_CONFIG"), "/boot", "config-");
}

static void set_loopback_up(void)
{
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request))
		die("set lo up");
	close(fd);
}

/* The device of the virtio-serial port that is named "control", or -1 when it is not there. */
static int find_control(void)
{
	DIR *ports = opendir("/sys/class/virtio-ports");
	struct dirent *entry;
	int fd = -1;

	while (ports && fd < 0 && (entry = readdir(ports))) {
		char *path = text("/sys/class/virtio-ports/%s/name", entry->d_name);
		FILE *file = fopen(path, "r");
		char name[64] = "";

		if (file) {
			if (fscanf(file, "%63s", name) == 1 && !strcmp(name, "control")) {
				char *device = text("/dev/%s", entry->d_name);

				fd = open(device, O_RDWR | O_CLOEXEC);
				free(device);
			}
			fclose(file);
		}
		free(path);
	}
	if (ports)
		closedir(ports);
	return fd;
}

/* The driver learns its ports' names from the device a moment after it was loaded. */
static int open_control(void)
{
	for (int attempt = 0; attempt < 500; attempt++) {
		int fd = find_control();

		if (fd >= 0)
			return fd;
		usleep(10 * 1000);
	}
	die("open the control port");
	return -1;
}

static void write_all(const void *bytes, size_t length)
{
	const char *next = bytes;

	while (length > 0) {
		ssize_t written = write(control, next, length);

		if (written < 0 && errno != EINTR && errno != EAGAIN)
			die("write to the control port");
		if (written > 0) {
			next += written;
			length -= written;
		}
	}
}

static void tell(const char *verb, unsigned int id, long number)
{
	char line[64];

	write_all(line, snprintf(line, sizeof(line), "%s %u %ld\n", verb, id, number));
}

static void read_all(void *bytes, size_t length)
{
	char *next = bytes;

	while (length > 0) {
		ssize_t got = read(control, next, length);

		if (got < 0 && errno != EINTR)
			die("read from the control port");
		if (got == 0) /* the host has gone */
			die("control port closed");
		if (got > 0) {
			next += got;
			length -= got;
		}
	}
}

static void start_command(unsigned int id, const char *script)
{
	struct command *command = commands;
	int pipes[2][2];

	while (command < commands + MAX_COMMANDS && command->pid)
		command++;
	if (command == commands + MAX_COMMANDS || pipe2(pipes[0], O_CLOEXEC) || pipe2(pipes[1], O_CLOEXEC)) {
		tell("exit", id, 126);
		return;
	}
	command->pid = fork();
	if (command->pid < 0)
		die("fork");
	if (command->pid == 0) {
		sigset_t none;

		setpgid(0, 0);
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		dup2(open("/dev/null", O_RDONLY), 0);
		dup2(pipes[0][1], 1);
		dup2(pipes[1][1], 2);
		execl("/bin/bash", "bash", "-c", script, NULL);
		_exit(127);
	}
	/* By both, so that the group is there for the parent to signal and for the child to have children in. */
	setpgid(command->pid, command->pid);
	command->id = id;
	command->ended = false;
	for (int i = 0; i < 2; i++) {
		close(pipes[i][1]);
		fcntl(pipes[i][0], F_SETFL, O_NONBLOCK);
		command->output[i] = pipes[i][0];
	}
	tell("pid", id, command->pid);
}

static void signal_command(unsigned int id, int number)
{
	for (struct command *command = commands; command < commands + MAX_COMMANDS; command++)
		if (command->pid && command->id == id && !command->ended)
			kill(-command->pid, number);
}

static void set_clock(unsigned long long microseconds)
{
	struct timespec now = { .tv_sec = microseconds / 1000000, .tv_nsec = microseconds % 1000000 * 1000 };

	if (clock_settime(CLOCK_REALTIME, &now))
		die("set the clock");
}

static void read_frame(void)
{
	static char script[MAX_SCRIPT + 1];
	char line[64], verb[16];
	unsigned int id;
	size_t length = 0, number;

	do {
		if (length == sizeof(line) - 1)
			die("a line from the host is too long");
		read_all(line + length, 1);
	} while (line[length++] != '\n');
	line[length] = 0;
	if (sscanf(line, "%15s %u %zu", verb, &id, &number) != 3)
		die("cannot read \"%s\" from the host", line);
	if (!strcmp(verb, "signal")) {
		signal_command(id, number);
	} else if (!strcmp(verb, "clock")) {
		set_clock(number);
	} else if (!strcmp(verb, "run") && number <= MAX_SCRIPT) {
		read_all(script, number);
		script[number] = 0;
		start_command(id, script);
	} else {
		die("cannot do \"%s\" for the host", line);
	}
}

/* Passes on what a command wrote; `all` for everything that is there, else one buffer, so that no command starves the rest. */
static void pass_output(struct command *command, int stream, bool all)
{
	static char bytes[64 * 1024];
	ssize_t got;

	do {
		got = read(command->output[stream], bytes, sizeof(bytes));
		if (got > 0) {
			tell(stream == 0 ? "out" : "err", command->id, got);
			write_all(bytes, got);
		}
	} while (got > 0 && all);
	if (got == 0 || (got < 0 && errno != EAGAIN)) {
		close(command->output[stream]);
		command->output[stream] = -1;
	}
}

static void free_when_done(struct command *command)
{
	if (command->ended && command->output[0] < 0 && command->output[1] < 0)
		command->pid = 0;
}

/* Children of commands that ended belong to process 1 as well: they are reaped and nothing is told. */
static void reap(int signals)
{
	struct signalfd_siginfo received;
	pid_t pid;
	int status;

	if (read(signals, &received, sizeof(received)) < 0)
		die("read a signal");
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (struct command *command = commands; command < commands + MAX_COMMANDS; command++) {
			if (command->pid != pid || command->ended)
				continue;
			for (int stream = 0; stream < 2; stream++)
				if (command->output[stream] >= 0)
					pass_output(command, stream, true);
			command->ended = true;
			tell("exit", command->id, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
			free_when_done(command);
		}
	}
}

static void serve(int signals)
{
	for (;;) {
		struct pollfd events[2 + 2 * MAX_COMMANDS];

		events[0] = (struct pollfd){ .fd = control, .events = POLLIN };
		events[1] = (struct pollfd){ .fd = signals, .events = POLLIN };
		for (int i = 0; i < 2 * MAX_COMMANDS; i++)
			events[2 + i] = (struct pollfd){ .fd = commands[i / 2].pid ? commands[i / 2].output[i % 2] : -1,
							 .events = POLLIN };
		if (poll(events, 2 + 2 * MAX_COMMANDS, -1) < 0)
			continue;
		for (int i = 0; i < 2 * MAX_COMMANDS; i++) {
			if (!events[2 + i].revents)
				continue;
			pass_output(&commands[i / 2], i % 2, false);
			free_when_done(&commands[i / 2]);
		}
		if (events[1].revents)
			reap(signals);
		if (events[0].revents)
			read_frame();
	}
}

int main(void)
{
	int console, signals;
	sigset_t child;

	mount_at("devtmpfs", "/dev", "devtmpfs", NULL);
	console = open("/dev/console", O_RDWR);
	for (int fd = 0; fd < 3; fd++)
		dup2(console, fd);
	if (console > 2)
		close(console);
	mount_at("proc", "/proc", "proc", NULL);
	mount_at("sysfs", "/sys", "sysfs", NULL);
	load_modules();
	enter_host_root();
	mount_what_tests_expect();
	link_kernel_files();
	set_loopback_up();
	sethostname("lab", 3);
	if (chdir(setting("LAB_CWD")))
		die("chdir to %s", setting("LAB_CWD"));
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	setenv("HOME", "/root", 1);
	setenv("LANG", "C.UTF-8", 1);

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	signals = signalfd(-1, &child, SFD_CLOEXEC);
	control = open_control();
	tell("ready", 0, 0);
	serve(signals);
}
