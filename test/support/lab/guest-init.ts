/** What the guest's shell prints before the exit status of a command. */
export const END_OF_COMMAND = "--end-of-command--";

/** What it prints once, when it listens. */
export const GUEST_READY = "--guest-ready--";

/** In the order in which they depend on each other. */
const MODULES = "slhc ppp_generic pppox gre pptp crc-ccitt ppp_async ppp_synctty libarc4 arc4 ppp_mppe";

/** Behind the server; clients reach it through the tunnel. */
export const OFFICE_NETWORK = "10.8.0.0/24";

/**
 * The init script of a guest. Root is the host's, read-only, so that tmpfs lies over what pppd writes. The
 * route to the office is pppd's affair: where the server's IPCP request comes again, since the client's
 * answer was lost, pppd takes the interface down and up again, and a route that was added once is gone. It
 * then reads commands from a serial line, one in base64 per line, and answers with their output and exit
 * status.
 */
export const guestInit = (address: string, gateway?: string): string => `#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
for folder in /run /tmp /etc/ppp /var/log; do mount -t tmpfs tmpfs $folder; done
mkdir -p /run/lock
for module in ${MODULES}; do
  busybox insmod "$(busybox find "/usr/lib/uml/modules/$(uname -r)" -name $module.ko)"
done
printf '#!/bin/sh\\nexec ip route replace ${OFFICE_NETWORK} dev "$1"\\n' >/etc/ppp/ip-up
chmod 755 /etc/ppp/ip-up
ip link set lo up
ip addr add ${address}/24 dev eth0
ip link set eth0 up
${gateway === undefined ? "" : `ip route add default via ${gateway}`}
exec </dev/ttyS0 >/dev/ttyS0 2>&1
stty raw -echo
echo ${GUEST_READY}
while IFS= read -r line; do
  echo "$line" | busybox base64 -d >/run/command
  sh /run/command </dev/null
  printf '\\n${END_OF_COMMAND} %s\\n' $?
done
busybox poweroff -f
`;
