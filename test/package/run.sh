#!/bin/sh
# Tests of what is installed: `npm run package-test`, `npm run package-test -- all`.
#
#   test/package/run.sh [FILE...]       as CI runs them: the package for this machine on Debian 12, not compressed
#   test/package/run.sh all [FILE...]   as they are given to others: compressed, on Debian 12 and 13, and for arm64 as well
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
[ "${1:-}" != all ] || {
  shift
  export PACD_PACKAGE_TEST=all
}
exec sh "$here/../run.sh" package "$@"
