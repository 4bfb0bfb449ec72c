# Sourced by bin/pacd, bin/pacctl, bin/setup.sh and test/run.sh, with $here set to this folder.
# Knows where things stand and whether the dependencies are there. POSIX sh; what every start passes through starts few
# processes.

pacd_root=${here%/*}
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
  # The memory of both programs holds keys, tokens and passwords. A debugger would show it to every user of this host, and so
  # would a snapshot, a report or a trace of requests that lies about in a file: none of these can be had by what the
  # environment happens to hold. What concerns TLS and proxies (NODE_EXTRA_CA_CERTS) stays, pacctl has a use for it.
  unset NODE_OPTIONS NODE_DEBUG NODE_DEBUG_NATIVE NODE_V8_COVERAGE NODE_REDIRECT_WARNINGS NODE_REPL_EXTERNAL_MODULE NODE_PATH
  # Nor a core dump. Where the system hands dumps to a program of its own, that program is told the limit.
  ulimit -c 0
  # Compiled code is kept, which takes a third off a start; where the folder cannot be written, Node goes on without. "off" or
  # another word that is no absolute path would become a folder beside whatever is being worked on.
  case ${NODE_COMPILE_CACHE:-} in
    /*) ;;
    *) NODE_COMPILE_CACHE=$pacd_root/node_modules/.cache/node ;;
  esac
  export NODE_COMPILE_CACHE
  # Without this flag SIGUSR1 opens Node's inspector, to which every local user may then connect. With it the signal does nothing.
  exec "$pacd_node" --disable-sigusr1 ${pacd_flags:-} "$pacd_entry" "$@"
}
