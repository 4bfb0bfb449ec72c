#!/bin/sh
# A long run of the fuzzers: `npm run fuzz`, `npm run fuzz -- 50000`.
#
#   test/fuzz/run.sh [INPUTS]     inputs of all targets together; 1,000,000 unless said otherwise
#
# FUZZ_SEED=... begins with that seed, which each run prints: the same inputs in the same order. The short run with fixed
# seeds is `test/run.sh fuzz`. Ends with 1 where something was found, and says with which input.
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")/../../bin
here=$(readlink -f -- "$here")
. "$here/runtime.sh"
cd "$pacd_root"
pacd_dev_installed || sh bin/setup.sh --dev

whole_number() { # NAME VALUE
  case $2 in
    '' | *[!0-9]*) echo "test/fuzz/run.sh: $1 is a whole number, \"$2\" is none" >&2 && exit 2 ;;
  esac
}

FUZZ_INPUTS=${1:-${FUZZ_INPUTS:-1000000}}
FUZZ_SEED=${FUZZ_SEED:-$("$pacd_node" -p 'crypto.randomInt(1e9)')}
whole_number INPUTS "$FUZZ_INPUTS"
whole_number FUZZ_SEED "$FUZZ_SEED"
export FUZZ_INPUTS FUZZ_SEED
failed=0
for file in test/fuzz/*.test.ts; do
  "$pacd_node" "$file" || failed=1
done
exit $failed
