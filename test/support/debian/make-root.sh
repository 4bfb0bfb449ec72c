#!/bin/sh
# make-root.sh SUITE MIRROR TARGET [bare|ARCHITECTURE]: a minimal Debian or Ubuntu, once; a root that is there already is kept. It has
# systemd, unless it is to be bare, as containers are.
# Of another ARCHITECTURE it has the files alone, for an emulator to find its libraries in.
# Only one of several callers makes it. What apt on this host is told of proxies and of dates counts inside as well.
set -eu
suite=$1 mirror=$2 target=$3
include=--include=systemd,systemd-sysv
foreign=
case ${4:-} in
  "") ;;
  bare) include= ;;
  *) include=--include=libstdc++6 foreign="--foreign --arch=$4" ;;
esac
exec 9>"$target.lock"
flock 9
[ ! -e "$target" ] || exit 0

new=$target.new
rm -rf "$new"
# shellcheck disable=SC2086 # lists of words
debootstrap --variant=minbase $include $foreign "$suite" "$new" "$mirror" 9>&-
apt-config dump | grep -E '^Acquire::(http|https|Check-|Retries)' >"$new/etc/apt/apt.conf.d/90host" || true
if [ -n "$foreign" ]; then
  mv "$new" "$target"
  exit 0
fi
# With an ID the first boot is none, and systemd enables nothing by itself.
[ -z "$include" ] || chroot "$new" systemd-machine-id-setup
rm -f "$new/etc/resolv.conf"
chroot "$new" apt-get clean
mv "$new" "$target"
