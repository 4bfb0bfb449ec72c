#!/bin/sh
# enter.sh ROOT NETWORK PROGRAM...: runs a program with ROOT as its /, in mount and process namespaces that were made
# for it (`unshare --mount --pid --fork`), with file systems of its own. "init" in place of a program boots systemd.
#
# As in other containers, switches of the whole kernel cannot be written; those of the network namespace can, where
# NETWORK is "own" and not "host".
set -eu
root=$1 network=$2
shift 2
booting=
[ "$1" != init ] || booting=yes

mount --make-rprivate /
mount --rbind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount --bind proc/sys proc/sys
[ "$network" = host ] || mount --bind proc/sys/net proc/sys/net
mount -o remount,bind,ro proc/sys
mount -t tmpfs -o mode=755 tmpfs dev
mkdir dev/net
# Devices of its own, as udev leaves them for everybody: what is changed about the host's own (systemd masks a unit by a
# link to /dev/null, and whoever then sets the mode of that unit sets the mode of /dev/null) is changed for all. They are
# the host's where none can be made.
device() { # NAME MAJOR MINOR
  [ -e "/dev/$1" ] || return 0
  if mknod -m 666 "dev/$1" c "$2" "$3" 2>/dev/null; then return 0; fi
  touch "dev/$1"
  mount --bind "/dev/$1" "dev/$1"
}
device null 1 3
device zero 1 5
device full 1 7
device random 1 8
device urandom 1 9
device tty 5 0
device net/tun 10 200
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs -o mode=1777 tmpfs dev/shm

if [ -n "$booting" ]; then
  mount -t tmpfs -o mode=755 tmpfs run
  mount -t tmpfs -o mode=1777 tmpfs tmp
  mount -t sysfs -o ro sysfs sys
  mount -t cgroup2 cgroup2 sys/fs/cgroup
  hostname pacd-test
elif [ "$network" = host ]; then
  touch etc/resolv.conf
  mount --bind /etc/resolv.conf etc/resolv.conf
fi

mkdir -p .host
pivot_root . .host
umount -l /.host
if [ -n "$booting" ]; then
  exec env -i container=pacd-test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd
fi
exec "$@"
