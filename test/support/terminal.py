#!/usr/bin/env python3
"""Runs a command in a terminal of its own: terminal.py CONTROL COLUMNS ROWS COMMAND...

What the terminal shows goes to standard output. Lines that are written to CONTROL, a named pipe that is made here, are
`size COLUMNS ROWS` and `keys HEX`. Ends as the command does; says on standard error when it leaves other modes behind.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios

control_path, columns, rows, *command = sys.argv[1:]


def set_size(fd, width, height):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', int(height), int(width), 0, 0))


def obey(line, terminal):
    verb, *words = line.split()
    if verb == 'size':
        set_size(terminal, *words)
    elif verb == 'keys':
        os.write(terminal, bytes.fromhex(words[0]))


terminal, inner = pty.openpty()
set_size(terminal, columns, rows)
modes = termios.tcgetattr(terminal)
pid = os.fork()
if pid == 0:
    os.close(terminal)
    os.setsid()
    fcntl.ioctl(inner, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(inner, fd)
    os.close(inner)
    os.execvp(command[0], command)

os.mkfifo(control_path)
control = os.open(control_path, os.O_RDWR)
pidfd = os.pidfd_open(pid)
pending = b''
while True:
    readable, _, _ = select.select([terminal, control, pidfd], [], [])
    if terminal in readable:
        os.write(1, os.read(terminal, 65536))
    elif control in readable:
        *lines, pending = (pending + os.read(control, 4096)).split(b'\n')
        for text in lines:
            obey(text.decode(), terminal)
    else:
        break
if termios.tcgetattr(terminal) != modes:
    print('terminal.py: the command left other modes behind', file=sys.stderr)
os.unlink(control_path)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) % 256)
