# deny-calls.py NUMBER... -- COMMAND...: runs a command for which these system calls (x86-64) fail with EPERM, as under a seccomp
# profile that does not have them: seccomp(2), SECCOMP_SET_MODE_FILTER.
import ctypes
import os
import struct
import sys

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
SECCOMP_RET_ALLOW = 0x7FFF0000
SECCOMP_RET_ERRNO = 0x00050000
EPERM = 1
LOAD_WORD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06

separator = sys.argv.index("--")
numbers = [int(word) for word in sys.argv[1:separator]]
command = sys.argv[separator + 1 :]

# The number of the call is the first word of struct seccomp_data.
filter = [(LOAD_WORD, 0, 0, 0)]
for index, number in enumerate(numbers):
    filter.append((JUMP_IF_EQUAL, len(numbers) - index, 0, number))
filter += [(RETURN, 0, 0, SECCOMP_RET_ALLOW), (RETURN, 0, 0, SECCOMP_RET_ERRNO | EPERM)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in filter))


class SockFprog(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


program = SockFprog(len(filter), ctypes.addressof(code))
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
    sys.exit("prctl: " + os.strerror(ctypes.get_errno()))
os.execvp(command[0], command)
