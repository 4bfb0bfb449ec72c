#!/bin/sh
# The first process of the container: looks for what pacd needs, then is pacd, as the user pacd with the capabilities that
# the container was given of the four that pacd has a use for. Words are those of pacd: serve, check.
set -eu

say() { echo "pacd: $*" >&2; }

# CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_NICE, CAP_BPF, by their numbers.
mask=$(sed -n 's/^CapEff:[[:space:]]*//p' /proc/self/status)
capabilities=
for pair in net_admin:12 net_raw:13 sys_nice:23 bpf:39; do
  [ $((0x$mask >> ${pair#*:} & 1)) = 0 ] || capabilities="$capabilities${capabilities:+,}+${pair%:*}"
done
case $capabilities in
*net_admin*net_raw*) ;;
*)
  say "The container lacks NET_ADMIN or NET_RAW: start it with --cap-add NET_ADMIN --cap-add NET_RAW --cap-add BPF --cap-add SYS_NICE."
  exit 1
  ;;
esac
if [ ! -c /dev/net/tun ]; then
  say "The container has no /dev/net/tun: start it with --device /dev/net/tun."
  exit 1
fi
# As udev has it on a host, and as Docker takes it over from there; where no udev runs, only root may open it.
[ "$(stat -c %a /dev/net/tun)" = 666 ] || chmod 666 /dev/net/tun ||
  say "The user pacd may not open /dev/net/tun: run \`chmod 666 /dev/net/tun\` on the host."
# A folder of the host that was never used belongs to root; one that was used belongs to the user pacd.
if [ "$(stat -c %u /var/lib/pacd)" = 0 ]; then
  chown pacd:pacd /var/lib/pacd && chmod 700 /var/lib/pacd ||
    say "/var/lib/pacd belongs to root and cannot be given to the user pacd: run \`chown $(id -u pacd):$(id -g pacd)\` on the folder that is mounted there."
fi
exec setpriv --reuid=pacd --regid=pacd --init-groups --no-new-privs \
  --inh-caps="-all,$capabilities" --ambient-caps="-all,$capabilities" --bounding-set="-all,$capabilities" \
  /usr/sbin/pacd "$@"
