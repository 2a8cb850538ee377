#!/bin/bash
# guest-node.sh NAME: makes a lab guest ready to be a node, with the kernel's own limits on groups of processes by cgroup v2. Its
# disk is its memory. Its network is for the caller to set up.
set -eu

modprobe virtio_net
hostname "$1"

# What pods mount into their hostPath volumes must show up here, and the other way round.
mount --make-rshared /
for path in /var/lib /var/log; do
	mount -t tmpfs -o mode=0755 tmpfs "$path"
done
mkdir -p /run/containerd /run/node /var/lib/cni /var/lib/kubelet /var/lib/containerd /var/log/pods /var/log/containers

# The kubelet gives limits to groups below the root, which therefore should hold no processes. What the kernel runs for itself
# stays there.
groups=/sys/fs/cgroup
mkdir "$groups/machine"
while read -r pid; do
	echo "$pid" >"$groups/machine/cgroup.procs" 2>/dev/null || true
done <"$groups/cgroup.procs"
for controller in $(<"$groups/cgroup.controllers"); do
	echo "+$controller" >"$groups/cgroup.subtree_control"
done
