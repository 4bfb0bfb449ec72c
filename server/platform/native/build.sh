#!/bin/sh
# Builds build/pacd.node with the system's C compiler and the headers of the pinned Node; nothing is downloaded.
# Does nothing while the result is newer than every source. --force builds always. --into FILE builds always too, and there:
# a package's, with the compiler that CC names, which may be one for another machine.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH= cd -- "$here/../../.." && pwd)
output=$here/build/pacd.node

fail() {
  echo "pacd: $1" >&2
  exit 1
}

if [ "${1:-}" = --into ]; then
  output=$2
elif [ "${1:-}" != --force ] && [ -f "$output" ] &&
  [ -z "$(find "$here" -maxdepth 1 \( -name '*.c' -o -name '*.h' -o -name build.sh \) -newer "$output")" ]; then
  exit 0
fi

case $(uname -m) in
  x86_64) architecture=x64 ;;
  aarch64) architecture=arm64 ;;
  *) fail "the native addon is not known to work on $(uname -m): x86_64 or aarch64 is needed." ;;
esac

include=$root/node_modules/node-linux-$architecture/include/node
[ -f "$include/node_api.h" ] ||
  fail "the headers of the pinned Node are missing: run \`npm ci\` in $root (without --omit=optional)."

compiler=
for candidate in ${CC:-} cc gcc clang g++; do
  if command -v "$candidate" >/dev/null 2>&1; then
    compiler=$candidate
    break
  fi
done
[ -n "$compiler" ] || fail "a C compiler is needed to build the native addon: run \`apt-get install gcc libc6-dev\`."

echo "pacd: Building the native part with $compiler ..." >&2
mkdir -p "$(dirname -- "$output")"
# Two builds at once, or a server that has the old file loaded: each writes its own file, and rename is atomic.
temporary=$(mktemp "$output.XXXXXX")
trap 'rm -f "$temporary"' EXIT
# shellcheck disable=SC2086 # CFLAGS is a list of words
"$compiler" -x c -std=gnu11 -O2 -Wall -Wextra -fvisibility=hidden -shared -fPIC -pthread \
  -DNAPI_VERSION=8 -I"$include" ${CFLAGS:-} "$here"/*.c -o "$temporary" ||
  fail "the native addon does not compile with $compiler: the lines above say why (libc6-dev holds the system's headers)."
chmod 755 "$temporary"
mv -f "$temporary" "$output"
