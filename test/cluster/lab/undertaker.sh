#!/bin/sh
# undertaker.sh FOLDER: waits until its input ends, which is when the process that started the cluster is gone, whatever its
# end; then removes what the cluster's processes leave behind: control groups, all of one name, and the cluster's folder.
# The processes themselves die with the one that started them.
folder=$1
name=${folder##*/}
case $name in
pwru-cluster-?*) ;;
*) echo "$folder is not a cluster's folder" >&2; exit 2 ;;
esac

while read -r _; do :; done

groups() {
	for root in /sys/fs/cgroup /sys/fs/cgroup/*; do
		[ -d "$root/$name" ] && echo "$root/$name"
	done
}

tries=200
while [ $tries -gt 0 ]; do
	groups | while read -r group; do
		find "$group" -name cgroup.procs -exec cat {} + | sort -u | xargs -r kill -KILL
		find "$group" -depth -type d -delete
	done 2>/dev/null
	rm -rf --one-file-system "$folder" 2>/dev/null
	[ -z "$(groups)" ] && [ ! -e "$folder" ] && exit 0
	tries=$((tries - 1))
	sleep 0.05
done
echo "still there: $(groups | tr '\n' ' ')$(ls -d "$folder" 2>/dev/null)" >&2
exit 1
