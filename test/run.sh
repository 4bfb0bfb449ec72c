#!/bin/sh
# All checks, in a fresh clone as well: `npm test`, `npm run check`.
#
#   test/run.sh              everything
#   test/run.sh PART...      of: types lint unused checks unit fuzz simulation interop
#
# Sets up what the parts need: npm packages, the native addon and, as root on Debian, the packages of the real client.
# Goes on after a part that fails, says at the end how each one went, and ends with 1 if any failed.
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")/../bin
here=$(readlink -f -- "$here")
. "$here/runtime.sh"
cd "$pacd_root"

all="types lint unused checks unit fuzz simulation interop"
parts=${*:-$all}
for part in $parts; do
  case " $all " in
    *" $part "*) ;;
    *) echo "test/run.sh: there is no part \"$part\"; there are: $all" >&2 && exit 2 ;;
  esac
done

sh bin/setup.sh --dev
# Warnings are errors here; on an operator's host with a compiler of tomorrow they must not be.
CFLAGS=-Werror sh "$pacd_addon" --force

# The programs of the real client, and what watches it.
install_debian_packages() {
  missing=
  for package in user-mode-linux ppp pptp-linux busybox-static iproute2 iputils-ping nftables iptables tcpdump tshark util-linux; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "Installing the Debian packages of the real client:$missing"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # a list of words
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >"$work/apt" 2>&1 </dev/null ||
    { cat "$work/apt" && echo "apt-get could not install them: the tests will say what they miss."; }
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
failed=0

node_tests() { # FOLDER CONCURRENCY
  "$pacd_node" --test --test-concurrency="$2" --test-timeout=240000 \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$work/tap" "test/$1/**/*.test.ts" || return 1
  ! grep -qx '# tests 0' "$work/tap" || { echo "test/$1 holds no tests." && return 1; }
}

run_part() {
  case $1 in
    types) "$pacd_node" node_modules/typescript/bin/tsc ;;
    lint) "$pacd_node" node_modules/@biomejs/biome/bin/biome check --error-on-warnings ;;
    unused) "$pacd_node" node_modules/knip/bin/knip.js --no-progress ;;
    interop) node_tests interop 1 ;; # one at a time: dials are timed
    *) node_tests "$1" "$(nproc)" ;;
  esac
}

# unit needs some of them as well: namespaces come with iproute2.
case " $parts " in
  *" unit "* | *" interop "*) if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then install_debian_packages; fi ;;
esac

for part in $parts; do
  echo
  echo "== $part"
  rm -f "$work/tap"
  began=$(date +%s)
  if run_part "$part" </dev/null; then result=passed; else result=FAILED && failed=1; fi
  counts=
  if [ -f "$work/tap" ]; then
    counts=$(sed -n 's/^# \(pass\|fail\|skipped\) \([0-9]*\)$/\2 \1/p' "$work/tap" | tr '\n' ' ')
  fi
  printf '%-12s %-8s %4s s  %s\n' "$part" "$result" "$(($(date +%s) - began))" "$counts" >>"$work/summary"
done

echo
echo "== summary"
cat "$work/summary"
exit $failed
