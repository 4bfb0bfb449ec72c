#!/bin/sh
# The benchmarks, in a fresh clone as well: `npm run bench -- [quick] [NUMBER...]`. See README.md beside this.
#
# Sets up what they need: npm packages, the native addon and, as root on Debian, the programs that pacd is compared with.
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")/../../bin
here=$(readlink -f -- "$here")
. "$here/runtime.sh"
cd "$pacd_root"

pacd_prepare
sh "$pacd_addon"

install_debian_packages() {
  missing=
  for package in iperf3 openvpn wireguard-go wireguard-tools iproute2 procps openssl util-linux mount gcc libc6-dev; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "Installing the Debian packages of the benchmarks:$missing" >&2
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # a list of words
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1 </dev/null ||
    { cat "$log" >&2 && echo "apt-get could not install them." >&2; }
  rm -f "$log"
}
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then install_debian_packages; fi

pacd_run test/bench/main.ts "$@"
