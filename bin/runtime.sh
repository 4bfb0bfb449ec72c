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
pacd_node=$pacd_root/node_modules/node-linux-$pacd_arch/bin/node

# The checksum of the lockfile that we want. The stamp holds that of the one that was installed last.
pacd_lockfile() { cksum <"$pacd_root/package-lock.json"; }

pacd_installed() {
  [ -x "$pacd_node" ] || return 1
  if [ -f "$pacd_stamp" ]; then
    IFS= read -r pacd_line <"$pacd_stamp" && [ "$pacd_line" = "$(pacd_lockfile)" ]
  else # installed by hand: npm writes this file last
    [ "$pacd_root/node_modules/.package-lock.json" -nt "$pacd_root/package-lock.json" ]
  fi
}

# Are the developer's tools installed as well?
pacd_dev_installed() { pacd_installed && [ -d "$pacd_root/node_modules/typescript" ]; }

pacd_prepare() { pacd_installed || sh "$pacd_root/bin/setup.sh"; }

# Runs a TypeScript file under the pinned Node, with $pacd_flags, in place of this shell, so that signals reach it.
pacd_run() {
  pacd_entry=$pacd_root/$1
  shift
  pacd_cache=$pacd_root/node_modules/.cache/node
  . "$here/run-node.sh"
}
