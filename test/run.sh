#!/bin/sh
# All checks, in a fresh clone as well: `npm test`, `npm run check`.
#
#   test/run.sh              everything
#   test/run.sh PART...      of: types lint unused checks unit browser fuzz simulation interop package
#   test/run.sh PART FILE... these of its test files
#
# Sets up what the parts need: npm packages, the native addon and, as root on Debian, the packages of the real client
# and the browser.
# Goes on after a part that fails, says at the end how each one went, and ends with 1 if any failed.
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")/../bin
here=$(readlink -f -- "$here")
. "$here/runtime.sh"

refuse() {
  echo "test/run.sh: $*" >&2
  exit 2
}

all="types lint unused checks unit browser fuzz simulation interop package"
parts=
files=0
for word; do
  shift
  case $word in
    *.ts) # `npm run` starts this at the root, wherever it was called
      file=$(cd "${INIT_CWD:-.}" && readlink -f -- "$word") && [ -f "$file" ] || file=$pacd_root/$word
      [ -f "$file" ] || refuse "there is no file $word"
      set -- "$@" "$file"
      files=$((files + 1))
      ;;
    *)
      case " $all " in
        *" $word "*) parts="$parts $word" ;;
        *) refuse "there is no part \"$word\"; there are: $all" ;;
      esac
      ;;
  esac
done
parts=${parts:-$all}
cd "$pacd_root"
if [ $files != 0 ]; then
  case $parts in
    " checks" | " unit" | " browser" | " fuzz" | " simulation" | " interop" | " package") ;;
    *) refuse "files go with one of: checks unit browser fuzz simulation interop package" ;;
  esac
fi

sh bin/setup.sh --dev
case " $parts " in
  *" unit "* | *" fuzz "* | *" simulation "* | *" interop "* | *" package "*)
    # Warnings are errors here; on an operator's host with a compiler of tomorrow they must not be.
    if [ $files = 0 ]; then CFLAGS=-Werror sh "$pacd_addon" --force; else sh "$pacd_addon"; fi
    ;;
esac

# The programs of the real client, and what watches it.
client="user-mode-linux groff-base ppp pptp-linux busybox-static iproute2 iputils-ping nftables iptables tcpdump tshark util-linux strace"

# What stands before the API where it is managed from elsewhere, and what leads there.
proxies="nginx-light caddy curl openssh-client openssh-server"

# The shells that complete names; bash is there.
shells="zsh fish"

# What makes and enters a Debian for a test of what is installed there.
roots="debootstrap lintian iproute2 iputils-ping util-linux podman runc"
[ "${PACD_PACKAGE_TEST:-}" != all ] || roots="$roots gcc-aarch64-linux-gnu libc6-dev-arm64-cross binutils-aarch64-linux-gnu qemu-user-static"

# What shows pages. The fonts are those that the pages ask for.
browser="chromium fonts-dejavu-core"

install_debian_packages() { # WHOSE PACKAGE...
  whose=$1
  shift
  missing=
  for package; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "Installing the Debian packages of $whose:$missing"
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

node_tests() { # FOLDER CONCURRENCY [FILE...]
  folder=$1
  at_once=$2
  shift 2
  [ $# != 0 ] || set -- "test/$folder/**/*.test.ts"
  code=0
  "$pacd_node" --test --test-concurrency="$at_once" --test-timeout="${test_timeout:-240000}" \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$work/tap" "$@" || code=1
  sed -n 's/^# \(tests\|pass\|fail\|skipped\) \([0-9]*\)$/\2 \1/p' "$work/tap" >>"$work/counts"
  ! grep -qx '0 tests' "$work/counts" || { echo "test/$folder holds no tests." && code=1; }
  return $code
}

run_part() { # PART [FILE...]
  part=$1
  shift
  case $part in
    types) "$pacd_node" node_modules/typescript/bin/tsc ;;
    lint) "$pacd_node" node_modules/@biomejs/biome/bin/biome check --error-on-warnings ;;
    unused) "$pacd_node" node_modules/knip/bin/knip.js --no-progress ;;
    interop) node_tests interop 1 "$@" ;; # one at a time: dials are timed
    # Each boots a Debian, with all its services; a suite's time is that of all its tests.
    package) test_timeout=1200000 && node_tests package 2 "$@" ;;
    *) node_tests "$part" "$(nproc)" "$@" ;;
  esac
}

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # shellcheck disable=SC2086 # lists of words
  case " $parts $files" in
    # unit needs some of them as well, as a whole: namespaces come with iproute2.
    *" unit "*" 0" | *" interop "*) install_debian_packages "the real client" $client ;;
  esac
  # shellcheck disable=SC2086
  case " $parts " in *" browser "*) install_debian_packages "the browser" $browser ;; esac
  # shellcheck disable=SC2086
  case " $parts " in *" interop "*) install_debian_packages "the proxies" $proxies ;; esac
  # shellcheck disable=SC2086
  case " $parts " in *" interop "*) install_debian_packages "the shells" $shells ;; esac
  # shellcheck disable=SC2086
  case " $parts " in *" package "*) install_debian_packages "the roots" $roots ;; esac
fi

for part in $parts; do
  echo
  echo "== $part"
  rm -f "$work/counts"
  began=$(date +%s)
  if run_part "$part" "$@" </dev/null; then result=passed; else result=FAILED && failed=1; fi
  counts=
  if [ -f "$work/counts" ]; then
    counts=$(awk '{ of[$2] += $1 } END { printf "%d pass %d fail %d skipped", of["pass"], of["fail"], of["skipped"] }' "$work/counts")
  fi
  printf '%-12s %-8s %4s s  %s\n' "$part" "$result" "$(($(date +%s) - began))" "$counts" >>"$work/summary"
done

echo
echo "== summary"
cat "$work/summary"
exit $failed
