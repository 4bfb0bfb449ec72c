# Sourced as the last thing that a launcher does, in a checkout and in the package: puts Node in place of this shell. Takes
# $pacd_node, $pacd_flags and $pacd_entry, the arguments, and $pacd_cache, a folder for compiled code; without one none is kept.

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
  *) NODE_COMPILE_CACHE=${pacd_cache:-} ;;
esac
if [ -n "$NODE_COMPILE_CACHE" ]; then export NODE_COMPILE_CACHE; else unset NODE_COMPILE_CACHE; fi
# Without this flag SIGUSR1 opens Node's inspector, to which every local user may then connect. With it the signal does nothing.
# shellcheck disable=SC2086 # a list of words
exec "$pacd_node" --disable-sigusr1 ${pacd_flags:-} "$pacd_entry" "$@"
