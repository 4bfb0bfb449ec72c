#!/bin/sh
# make-root.sh SUITE MIRROR TARGET: a minimal Debian or Ubuntu with systemd, once; a root that is there already is kept.
# Only one of several callers makes it. What apt on this host is told of proxies and of dates counts inside as well.
set -eu
suite=$1 mirror=$2 target=$3
exec 9>"$target.lock"
flock 9
[ ! -e "$target" ] || exit 0

new=$target.new
rm -rf "$new"
debootstrap --variant=minbase --include=systemd,systemd-sysv "$suite" "$new" "$mirror" 9>&-
apt-config dump | grep -E '^Acquire::(http|https|Check-|Retries)' >"$new/etc/apt/apt.conf.d/90host" || true
# With an ID the first boot is none, and systemd enables nothing by itself.
chroot "$new" systemd-machine-id-setup
rm -f "$new/etc/resolv.conf"
chroot "$new" apt-get clean
mv "$new" "$target"
