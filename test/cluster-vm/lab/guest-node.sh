#!/bin/bash
# guest-node.sh NAME IMAGES: makes a lab guest ready to be a node, with limits on groups of processes by cgroup v2. Its disk is its
# memory. IMAGES is the folder of a containerd that has its images. Its network is for the caller to set up.
set -eu

modprobe virtio_net
hostname "$1"
images=$2

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

# containerd begins with these images: of its lists it needs a copy to write to, of the rest none.
for list in io.containerd.metadata.v1.bolt/meta.db io.containerd.snapshotter.v1.overlayfs/metadata.db; do
	mkdir -p "/var/lib/containerd/${list%/*}"
	cp "$images/$list" "/var/lib/containerd/$list"
done
for folder in "$images"/io.containerd.content.v1.content \
	"$images"/io.containerd.snapshotter.v1.overlayfs/snapshots/*; do
	place=/var/lib/containerd/${folder#"$images"/}
	mkdir -p "$place"
	mount --bind "$folder" "$place"
done
