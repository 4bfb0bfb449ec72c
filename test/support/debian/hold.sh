#!/bin/sh
# hold.sh ROOM LOWER [FROM:TO]...: in a mount namespace of its own, lays an empty writable layer over LOWER (folders
# that overlayfs reads, separated by colons) at ROOM/root, and FROM at TO in it, read-only. Says "ready" and holds that
# until its standard input ends. What was written goes with the namespace: the layer is memory.
set -eu
room=$1 lower=$2
shift 2
mount -t tmpfs -o mode=755 tmpfs "$room"
mkdir "$room/upper" "$room/work" "$room/root"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$room/upper,workdir=$room/work" "$room/root"
for pair; do
  from=${pair%%:*} to=$room/root${pair#*:}
  mkdir -p "$to"
  mount --bind "$from" "$to"
  mount -o remount,bind,ro "$to"
done
echo ready
exec cat >/dev/null
