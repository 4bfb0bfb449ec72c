# Sourced by the launchers of pacd, in a checkout and in the package: sets $pacd_flags, what Node is started with. What each
# costs and saves was measured: docs/decisions/0029-memory-of-an-idle-server.md.

# The server gives memory back when nobody wants anything of it (server/memory-watch.ts), for which Node shows it its garbage
# collector. Its threads make little garbage: one that helps to collect it is enough, where there were four. Each thread
# would have a copy of V8's own functions, to be near them.
pacd_flags="--expose-gc --v8-pool-size=1 --no-short-builtin-calls"
# The C library would keep a reserve of free memory for each thread; one for all is enough, since no packet allocates any.
export MALLOC_ARENA_MAX=1
