// SPDX-License-Identifier: Apache-2.0
/*
 * Traffic for benchmarks, small enough to run under emulation.
 *   traffic serve PORT                          echoes UDP and TCP, until it is killed; datagrams beginning with F are taken
 *   traffic pong udp|tcp ADDRESS PORT MILLIS    round trips of 64 bytes, one at a time
 *   traffic flood ADDRESS PORT MILLIS           datagrams of 64 bytes, as fast as they go
 *   traffic pace ADDRESS PORT MILLIS RATE       the same, so many a second
 * The last three print "COUNT NANOSECONDS".
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE_BYTES = 64, BATCH = 16 };

static long long now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static struct sockaddr_in address_of(const char *host, const char *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(port)) };

	if (host && inet_pton(AF_INET, host, &address.sin_addr) != 1)
		fail(host);
	return address;
}

static void echo_datagram(int fd)
{
	char message[2048];
	struct sockaddr_in from;
	socklen_t length = sizeof(from);
	ssize_t bytes = recvfrom(fd, message, sizeof(message), 0, (void *)&from, &length);

	if (bytes > 0 && message[0] != 'F')
		sendto(fd, message, bytes, 0, (void *)&from, length);
}

/* Returns false when the connection has ended. */
static bool echo_stream(int fd)
{
	char message[2048];
	ssize_t bytes = read(fd, message, sizeof(message));

	return bytes > 0 && write(fd, message, bytes) == bytes;
}

static void serve(const char *port)
{
	struct sockaddr_in address = address_of(NULL, port);
	int on = 1;
	struct pollfd fds[3] = { { socket(AF_INET, SOCK_DGRAM, 0), POLLIN, 0 },
				 { socket(AF_INET, SOCK_STREAM, 0), POLLIN, 0 },
				 { -1, POLLIN, 0 } };

	setsockopt(fds[1].fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fds[0].fd, (void *)&address, sizeof(address)) || bind(fds[1].fd, (void *)&address, sizeof(address)) ||
	    listen(fds[1].fd, 8))
		fail("serve");
	while (poll(fds, 3, -1) >= 0) {
		if (fds[0].revents)
			echo_datagram(fds[0].fd);
		if (fds[1].revents) {
			if (fds[2].fd >= 0)
				close(fds[2].fd);
			fds[2].fd = accept(fds[1].fd, NULL, NULL);
			setsockopt(fds[2].fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		} else if (fds[2].fd >= 0 && fds[2].revents && !echo_stream(fds[2].fd)) {
			close(fds[2].fd);
			fds[2].fd = -1;
		}
	}
}

static int connected(int type, const char *host, const char *port)
{
	struct sockaddr_in address = address_of(host, port);
	struct timeval patience = { .tv_sec = 1 };
	int on = 1, fd = socket(AF_INET, type, 0);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (type == SOCK_STREAM)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(fd, (void *)&address, sizeof(address)))
		fail("connect");
	return fd;
}

/* Runs for `millis`; flooding does not wait for answers. */
static void drive(int fd, const char *millis, bool flood)
{
	char message[MESSAGE_BYTES], answer[2048];
	long long start = now_ns(), end = start + atoll(millis) * 1000000, at;
	long count = 0;

	memset(message, flood ? 'F' : 'P', sizeof(message));
	while ((at = now_ns()) < end)
		for (int i = 0; i < BATCH; i++) {
			if (send(fd, message, sizeof(message), 0) < 0)
				continue;
			if (!flood && recv(fd, answer, sizeof(answer), 0) <= 0)
				continue;
			count++;
		}
	printf("%ld %lld\n", count, at - start);
}

/* Catches up when it is late. */
static void pace(int fd, const char *millis, const char *per_second)
{
	char message[MESSAGE_BYTES];
	long long start = now_ns(), end = start + atoll(millis) * 1000000;
	long count = 0;

	memset(message, 'F', sizeof(message));
	for (long long due = start; due < end; due += 1000000000 / atoll(per_second)) {
		struct timespec at = { due / 1000000000, due % 1000000000 };

		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
		if (send(fd, message, sizeof(message), 0) > 0)
			count++;
	}
	printf("%ld %lld\n", count, now_ns() - start);
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "serve"))
		serve(argv[2]);
	else if (argc == 6 && !strcmp(argv[1], "pong"))
		drive(connected(strcmp(argv[2], "tcp") ? SOCK_DGRAM : SOCK_STREAM, argv[3], argv[4]), argv[5], false);
	else if (argc == 5 && !strcmp(argv[1], "flood"))
		drive(connected(SOCK_DGRAM, argv[2], argv[3]), argv[4], true);
	else if (argc == 6 && !strcmp(argv[1], "pace"))
		pace(connected(SOCK_DGRAM, argv[2], argv[3]), argv[4], argv[5]);
	else
		return 2;
	return 0;
}
