"""attach-bpf.py OBJECT: loads a BPF object, attaches each program to what its section names, prints "attached", and waits."""

import ctypes
import signal
import sys

libbpf = ctypes.CDLL("libbpf.so.1", use_errno=True)
POINTER = ctypes.c_void_p
for name in ("bpf_object__open", "bpf_object__next_program", "bpf_program__attach"):
    getattr(libbpf, name).restype = POINTER


def must(result, action):
    if not result:
        sys.exit(f"Cannot {action} {sys.argv[1]}: errno {ctypes.get_errno()}")
    return POINTER(result)


bpf_object = must(libbpf.bpf_object__open(sys.argv[1].encode()), "open")
must(libbpf.bpf_object__load(bpf_object) == 0, "load")
program = libbpf.bpf_object__next_program(bpf_object, None)
while program:
    must(libbpf.bpf_program__attach(POINTER(program)), "attach")
    program = libbpf.bpf_object__next_program(bpf_object, POINTER(program))
print("attached", flush=True)
signal.pause()
