# Sourced by bin/pacd, bin/pacctl, bin/setup.sh and test/run.sh, with $here set to this folder.
# Knows where things stand and whether the dependencies are there. POSIX sh; what every start passes through starts few
# processes.

pacd_root=${here%/*}
pacd_flags= # of Node; not what the environment may call so
pacd_stamp=$pacd_root/node_modules/.pacd-lockfile
pacd_addon=$pacd_root/server/platform/native/build.sh

case $(uname -sm) in
  "Linux x86_64") pacd_arch=x64 ;;
  "Linux aarch64") pacd_arch=arm64 ;;
  *) pacd_arch= ;;
esac
pacd_pinned_node=$pacd_root/node_modules/node-linux-$pacd_arch/bin/node
pacd_node=$pacd_pinned_node

# The checksum of the lockfile that we want. The stamp holds that of the one that was installed last.
pacd_lockfile() { cksum <"$pacd_root/package-lock.json"; }

pacd_installed() {
  [ -x "$pacd_pinned_node" ] || return 1
  if [ -f "$pacd_stamp" ]; then
    IFS= read -r pacd_line <"$pacd_stamp" && [ "$pacd_line" = "$(pacd_lockfile)" ]
  else # installed by hand: npm writes this file last
    [ "$pacd_root/node_modules/.package-lock.json" -nt "$pacd_root/package-lock.json" ]
  fi
}

# Are the developer's tools installed as well?
pacd_dev_installed() { pacd_installed && [ -d "$pacd_root/node_modules/typescript" ]; }

pacd_addon_built() { [ -f "$pacd_root/server/platform/native/build/pacd.node" ]; }

# Installs what is missing, for a program that needs the native part (--addon), is about to serve (--serve), or neither;
# then takes the Node that $PACD_NODE names, if it names one.
pacd_prepare() {
  if ! pacd_installed || { [ -n "${1:-}" ] && ! pacd_addon_built; }; then
    sh "$pacd_root/bin/setup.sh" ${1:+"$1"}
  fi
  # It returns at once when there is nothing to build, and says itself what went wrong.
  [ -z "${1:-}" ] || sh "$pacd_addon"
  [ -z "${PACD_NODE:-}" ] || pacd_choose_node
}

# Another Node in place of the pinned one, at the operator's wish, after a look whether pacd can run on it.
pacd_choose_node() {
  . "$pacd_root/bin/chosen-node.sh"
  chosen_node "$PACD_NODE" "$pacd_root" "$pacd_root/server/platform/native/build/pacd.node" || exit 1
  pacd_node=$chosen_node
}

# Runs a TypeScript file under the pinned Node, with $pacd_flags, in place of this shell, so that signals reach it.
pacd_run() {
  pacd_entry=$pacd_root/$1
  shift
  pacd_cache=$pacd_root/node_modules/.cache/node
  . "$here/run-node.sh"
}
