# Sourced by the launchers of pacctl, in a checkout and in the package: sets $pacd_flags, what Node is started with, by what is asked.

# Reading a capture leaves much behind at once. Collected in small portions, it takes 150 MB less; before it has grown by
# half, 100 MB less with thousands of calls; at once, not by and by while more is read, another 50 MB; and one thread
# that helps, where there were four, needs 25 MB less for itself and takes no longer.
pacd_frugal="--max-semi-space-size=4 --heap-growing-percent=20 --no-incremental-marking --v8-pool-size=1"
for pacd_word; do [ "$pacd_word" != decode ] || pacd_flags=$pacd_frugal; done
