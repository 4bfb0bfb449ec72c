#!/bin/sh
# Brings the dependencies up to date; does nothing where they are.
#
#   setup.sh                  what pacctl needs to run
#   setup.sh --addon          the same, for a program that needs the native part as well
#   setup.sh --serve          for pacd that is about to serve
#   setup.sh --dev            what its tests need as well
#
# What this host lacks for that is named first, all at once (preflight.sh). Everything is said on standard error: standard
# output belongs to the program that is about to start.
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

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Names what the host lacks, and ends this script if that is anything. Sets $offline where npm has only its cache.
look() { # PURPOSE [installed]
  offline=
  sh "$here/preflight.sh" "$@" && return
  case $? in 3) offline="--prefer-offline --fetch-retries=0" ;; *) exit 1 ;; esac
}

# No package here needs its install script, and npm 10 would call node-gyp for better-sqlite3, which wants Python and
# the headers of Node from the network only to find that nothing is to be built. At "http" npm says what it has fetched.
npm_ci() {
  (cd "$pacd_root" && npm ci --ignore-scripts --include=optional --loglevel=http --no-audit --no-fund $offline "$@" 9<&-) \
    </dev/null 2>&1 || echo "$?" >"$work/failed"
}

# How many packages npm will fetch; with the developer's tools, where there is an argument.
count_packages() {
  (cd "$pacd_root" && node -p '
    const ours = (list, own) => !list || (list.includes(own) && !list.includes(`!${own}`));
    const { packages } = JSON.parse(require("fs").readFileSync("package-lock.json", "utf8"));
    Object.entries(packages).filter(([path, { dev, os, cpu, libc }]) => path !== "" && !(dev && !process.argv[1]) &&
      ours(os, "linux") && ours(cpu, process.arch) && ours(libc, "glibc")).length' "$@" 2>/dev/null) || echo "?"
}

# Reads what npm says at "http", keeps it, and says how far it is: in one line on a terminal, else in some lines.
show_progress() { # PACKAGES
  fetched=0
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$work/said"
    case $line in
      *" fetch GET 200 "*.tgz\ * | *" cache "*.tgz*) fetched=$((fetched + 1)) ;;
      *) continue ;;
    esac
    if [ -t 2 ]; then
      printf '\rpacd: %s of %s packages ' "$fetched" "$1" >&2
    elif [ $((fetched % 25)) = 0 ] || [ "$fetched" = "$1" ]; then
      say "$fetched of $1 packages"
    fi
  done
  if [ -t 2 ] && [ "$fetched" != 0 ]; then printf '\n' >&2; fi
}

install_dependencies() {
  # npm ci begins by deleting node_modules: the tools of a developer are to be there again afterwards.
  if [ "$mode" = --dev ] || [ -d "$pacd_root/node_modules/typescript" ]; then
    set --
    packages=$(count_packages dev)
  else
    set -- --omit=dev
    packages=$(count_packages)
  fi
  say "Installing $packages packages into $pacd_root/node_modules, one of them the Node that pacd runs on ..."
  : >"$work/said"
  npm_ci "$@" | show_progress "$packages"
  if [ -f "$work/failed" ]; then
    grep -v '^npm http \|^npm \(WARN\|warn\) EBADENGINE' "$work/said" >&2 || :
    fail "npm could not install the dependencies; its own words stand above. Mend that and start again."
  fi
  [ -x "$pacd_pinned_node" ] ||
    fail "npm left out node-linux-$pacd_arch, the Node that pacd runs on; see what \`npm config get omit\` and \`npm config get libc\` say."
  "$pacd_pinned_node" --version >/dev/null 2>&1 ||
    fail "$pacd_pinned_node does not run here: it needs a Linux with glibc 2.34 or later, and a file system that is not noexec."
  pacd_lockfile >"$pacd_stamp"
}

case $mode in
  --serve) purpose=serve ;;
  --addon | --dev) purpose=addon ;;
  *) purpose=tools ;;
esac
lock
if [ "$mode" = --dev ]; then there=pacd_dev_installed; else there=pacd_installed; fi
if ! $there; then
  say "First start, or first after an upgrade: looking at this host and at npm's registry ..."
  look "$purpose"
  install_dependencies
elif ! pacd_addon_built; then
  look "$purpose" installed
fi
