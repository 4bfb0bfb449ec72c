#!/bin/sh
# Brings the dependencies up to date; does nothing where they are.
#
#   setup.sh                  what pacd needs to run
#   setup.sh --dev            what its tests need as well
#
# Everything is said on standard error: standard output belongs to the program that is about to start.
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
. "$here/runtime.sh"
mode=${1:-}

say() { echo "pacd: $*" >&2; }
fail() {
  say "$@"
  exit 1
}

# Two first starts at once must not install into the same folder. A lock on the repository's own folder leaves no file
# behind, and ends with this process, whatever becomes of it.
lock() {
  command -v flock >/dev/null || return 0
  exec 9<"$pacd_root"
  flock -n 9 && return 0
  say "Waiting for another set-up in this folder to finish ..."
  flock 9
}

# Shows what a command prints only when it fails.
quietly() {
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
  cat "$log" >&2
  return 1
}

# No package here needs its install script, and npm 10 would call node-gyp for better-sqlite3, which wants Python and
# the headers of Node from the network only to find that nothing is to be built.
npm_ci() { (cd "$pacd_root" && npm ci --ignore-scripts --include=optional --loglevel=error --no-audit --no-fund "$@" 9<&-); }

install_dependencies() {
  [ -n "$pacd_arch" ] ||
    fail "Linux on x86_64 or aarch64 is needed, this is $(uname -sm): there is no pinned Node for it."
  command -v npm >/dev/null || fail "npm is missing: run \`apt-get install nodejs npm\`, then start again."
  # npm ci begins by deleting node_modules: the tools of a developer are to be there again afterwards.
  if [ "$mode" = --dev ] || [ -d "$pacd_root/node_modules/typescript" ]; then set --; else set -- --omit=dev; fi
  say "Installing dependencies (first start, about a minute) ..."
  quietly npm_ci "$@" ||
    fail "npm could not install the dependencies, its own words stand above; check that $(npm config get registry 2>/dev/null) can be reached and that $pacd_root can be written to, then start again."
  [ -x "$pacd_node" ] ||
    fail "npm left out node-linux-$pacd_arch, the Node that pacd runs on; see what \`npm config get omit\` and \`npm config get libc\` say."
  "$pacd_node" --version >/dev/null 2>&1 ||
    fail "the Node in node_modules/node-linux-$pacd_arch does not run here: it needs a Linux with glibc 2.28 or later."
  pacd_lockfile >"$pacd_stamp"
}

lock
if [ "$mode" = --dev ]; then pacd_dev_installed || install_dependencies; else pacd_installed || install_dependencies; fi
