import type { Guest } from "./guest.ts";

const MODULES = "sch_netem sch_ingress ifb act_mirred cls_matchall";

/**
 * Makes a guest's network bad in both directions, by netem in the guest: `loss` in percent; `jitter` in ms,
 * by which packets overtake each other. What comes in goes by way of an ifb device, since netem works on what
 * leaves.
 */
export async function impair(guest: Guest, { loss = 0, jitter = 0 }): Promise<void> {
  const netem = `netem loss ${loss}% delay ${jitter}ms ${jitter}ms`;
  await guest.must(`
    for module in ${MODULES}; do
      busybox insmod "$(busybox find "/usr/lib/uml/modules/$(uname -r)" -name $module.ko)" 2>/dev/null
    done
    set -e
    [ -e /sys/class/net/ifb0 ] || ip link add ifb0 type ifb
    ip link set ifb0 up
    tc qdisc replace dev eth0 root ${netem}
    tc qdisc replace dev ifb0 root ${netem}
    tc qdisc replace dev eth0 handle ffff: ingress
    tc filter replace dev eth0 parent ffff: protocol all prio 1 matchall action mirred egress redirect dev ifb0
  `);
}

/** Makes it good again. */
export async function heal(guest: Guest): Promise<void> {
  await guest.must("tc qdisc del dev eth0 root; tc qdisc del dev eth0 handle ffff: ingress");
}
