#!/bin/sh
# Looks, before anything is installed, whether this host has what pacd needs, and names everything that it lacks at once.
# Changes nothing, takes some seconds at most, and ends with 1 where something is missing; with 3 where npm has to do with
# what its cache holds.
#
#   preflight.sh serve|addon|tools [installed]
#
# serve: pacd itself is about to run. addon: a program that needs the native part alone. tools: neither. installed: the
# packages of npm are there, so that npm and its registry are not needed. Everything is said on standard error.
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
. "$here/runtime.sh"
. "$here/host-needs.sh"
. "$here/registry.sh"
purpose=$1
installed=${2:-}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
missing=
noted=
packages=
offline=
export LC_ALL=C # what programs say is read

say() { echo "pacd: $*" >&2; }
lacks() { missing="$missing  - $(echo "$*" | sed 's/ *$//')
"; }
note() { noted="$noted  - $*
"; }
wants() { packages="$packages $1"; }

# What this system calls the packages that were wanted. --no-install-recommends spares 400 packages beside Debian's npm.
install_command() {
  sudo=
  [ "$(id -u)" = 0 ] || ! command -v sudo >/dev/null || sudo="sudo "
  for manager in apt-get dnf zypper pacman; do
    command -v "$manager" >/dev/null && break
    manager=
  done
  names=
  for package in $packages; do
    case "$package $manager" in
      "compiler apt-get") names="$names gcc libc6-dev" ;;
      "compiler pacman") names="$names gcc" ;;
      "compiler "*) names="$names gcc glibc-devel" ;;
      "npm "*) names="$names nodejs npm" ;;
      "nft "*) names="$names nftables" ;;
      "certificates "*) names="$names ca-certificates" ;;
    esac
  done
  case $manager in
    apt-get) echo "${sudo}apt-get install --no-install-recommends$names" ;;
    dnf | zypper) echo "$sudo$manager install$names" ;;
    pacman) echo "${sudo}pacman -S$names" ;;
    *) echo "(with this system's package manager)$names" ;;
  esac
}

need_platform
need_folder
[ "$purpose" != serve ] || need_rights
[ "$purpose" = tools ] || need_compiler
[ "$purpose" != serve ] || need_tun
if [ "$purpose" = serve ]; then need_nft; fi
# Whatever else is missing, the registry is asked, unless there is nothing to ask it with or for.
if [ -z "$installed" ] && need_npm && [ -n "$pacd_arch" ]; then need_registry; fi

[ -z "$missing" ] || say "This host lacks:"
[ -z "$missing" ] || printf %s "$missing" >&2
[ -z "$noted" ] || say "Worth knowing:"
[ -z "$noted" ] || printf %s "$noted" >&2
if [ -n "$packages" ] && [ -n "$missing$noted" ]; then
  say "The packages for that:"
  echo "    $(install_command)" >&2
fi
if [ -n "$missing" ]; then
  say "Nothing was installed or changed. Start again when that is mended."
  exit 1
fi
[ -z "$offline" ] || exit 3
