// The Debian packages of each npm script, and why. Everything else is in node_modules.

/** For `npm run build`, `check` and `gen`. */
const build = [
  'clang', // compiles the BPF programs
  'llvm', // llvm-strip and llvm-objdump for the BPF objects
  'clang-format', // npm run check
  'libbpf-dev', // bpf_helpers.h, bpf_core_read.h
  'bpftool', // prints BTF as C
  'make', // bpf/Makefile
  'libbpf1', // loads and attaches the BPF programs
  'libpcap0.8', // compiles filter expressions
  'netbase', // names of ports and protocols in them: /etc/services, /etc/protocols
];

/** What scenarios on a real kernel are made of. */
const scenarios = [
  'iproute2', // network namespaces, veth
  'iptables', // rules that drop
  'nftables', // the same
  'python3', // traffic that a shell cannot make: test/support/traffic.py
];

/** For the lab: Debian kernels in a virtual machine. */
const lab = [
  'gcc', // process 1 of the guests
  'libc6-dev', // the same, statically
  'kmod', // modules of the lab's kernels: depmod, modprobe in the guest
  'lz4', // unpacks kernels <= 6.1
  'zstd', // unpacks kernels >= 6.12
  'xz-utils', // unpacks their modules
  'procps', // ps, pgrep, sysctl
  'qemu-system-x86', // runs the lab's guests
  'qemu-system-common', // virtiofsd: the guests' root is this machine's
];

/** For a Kubernetes cluster. What it runs itself is unpacked into the cache, not installed: see kubernetes.mjs. */
const cluster = [
  'iproute2', // the cluster's wires
  'procps', // sysctl
  'openssl', // its certificates
  'zstd', // unpacks Kubernetes
  'libseccomp2', // runc
  'buildah', // builds images without a daemon
  'debootstrap', // the base of images, since there is no registry to pull one from
];

/** For tests of what the agent may do. */
const rights = [
  'libcap2-bin', // setcap
];

/** For `npm test`. */
const test = [...new Set([...build, ...scenarios, ...lab, ...cluster, ...rights])];

/** For `npm run demo`; the lab only if this machine's own kernel cannot do it. */
const demo = [...build, ...scenarios];

/** For `npm run bench`: the lab, the peer and a cluster. */
const bench = [...new Set([...build, ...scenarios, ...lab, ...cluster])];

/** Set-up targets: what each needs beside node_modules. Kernels, the peer, Kubernetes and Prometheus go to the cache. */
export const targets = {
  build: { packages: build, kernels: [], peer: false },
  test: {
    ...{ packages: test, kernels: ['6.12', '6.1', 'newest'], peer: false },
    ...{ kubernetes: true, prometheus: true },
  },
  kernels: {
    packages: [...new Set([...build, ...scenarios, ...lab])],
    kernels: ['5.10', '6.1', '6.12', 'newest'],
    peer: false,
  },
  demo: { packages: demo, kernels: [], peer: false },
  lab: { packages: lab, kernels: ['6.12'], peer: false },
  bench: { packages: bench, kernels: ['6.12'], peer: true, kubernetes: true },
  cluster: { packages: cluster, kernels: [], peer: false, kubernetes: true },
};
