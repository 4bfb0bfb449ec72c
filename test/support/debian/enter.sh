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
# As udev leaves it for everybody; where devices cannot be made, the host's own.
[ ! -e /dev/net/tun ] || mknod -m 666 dev/net/tun c 10 200 2>/dev/null || devices=net/tun
for device in null zero full random urandom tty ${devices:-}; do
  [ -e "/dev/$device" ] || continue
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
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
