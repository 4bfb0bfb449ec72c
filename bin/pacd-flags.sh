# Sourced by the launchers of pacd, in a checkout and in the package: sets $pacd_flags, what Node is started with.

# The server gives back what its start has taken before it serves (server/platform/memory.ts), for which Node shows it its
# garbage collector; and its threads make little garbage, so that one that helps to collect it is enough, where there were four.
pacd_flags="--expose-gc --v8-pool-size=1"
