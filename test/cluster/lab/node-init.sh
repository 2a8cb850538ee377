#!/bin/bash
# node-init.sh NAME FOLDER: process 1 of a virtual node, in net, mount, pid and uts namespaces of its own on this machine's kernel.
# It gives the node its own of what two nodes would collide in, says "ready PID" (PID as the host sees it) and reaps orphans.
# Programs are started beside it, by nsenter; with its end the kernel ends them all.
set -eu
name=$1
folder=$2

# Read by bash itself, from the host's /proc.
while read -r key pid _; do
	[ "$key" = NSpid: ] && break
done </proc/self/status

# What pods mount into their hostPath volumes must show up here, and the other way round.
mount --make-rshared /
mount -t proc proc /proc
hostname "$name"

# The kubelet insists on writing these: the host keeps its own.
for sysctl in vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops \
	kernel/keys/root_maxkeys kernel/keys/root_maxbytes; do
	shadow=$folder/sysctl-${sysctl//\//-}
	cat "/proc/sys/$sysctl" >"$shadow"
	mount --bind "$shadow" "/proc/sys/$sysctl"
done

# Where a node keeps its state; a node has nothing of the host's there.
for path in /run /var/lib /var/log; do
	mount -t tmpfs -o mode=0755 tmpfs "$path"
done
mkdir -p /run/netns /run/containerd /var/lib/cni /var/log/pods /var/log/containers
for path in /var/lib/kubelet /var/lib/containerd; do
	mkdir -p "$path" "$folder/${path##*/}"
	mount --bind "$folder/${path##*/}" "$path"
done

# A sysfs shows the network devices of the namespace in which it was mounted: the node's, and not the host's.
mkdir -p /run/control-groups
mount --rbind /sys/fs/cgroup /run/control-groups
mount -t sysfs sysfs /sys
mount --rbind /run/control-groups /sys/fs/cgroup
# Private, or the control groups would go everywhere.
mount --make-rprivate /run/control-groups
umount -R /run/control-groups
rmdir /run/control-groups

# As on any node; not all kernels have all of them. Nothing is mounted in the new sysfs yet, though mountpoint(1) would
# find what the host mounted at the same path.
mount_kernel_file_system() {
	mount -t "$1" "$1" "$2" || echo "there is no $1 on this node" >&2
}
mount_kernel_file_system bpf /sys/fs/bpf
mount_kernel_file_system tracefs /sys/kernel/tracing
mount_kernel_file_system debugfs /sys/kernel/debug

echo "$pid" >"$folder/init.pid.new"
mv "$folder/init.pid.new" "$folder/init.pid"
# bash reaps whatever ends while it waits.
sleep infinity &
wait
