import { isIcmpError } from "../../ip/icmp.ts";
import {
  destinationOf,
  headerLength,
  ICMP,
  isFirstFragment,
  protocolOf,
  TCP,
} from "../../ip/inner-packet.ts";

/**
 * Which inner packets count as link activity, so that a session is not idle (docs/idle.md). A connected
 * system announces itself to its network for as long as it is on, and that alone keeps no session alive.
 * Every function expects a packet that `innerLength` has found sound.
 */

const IGMP = 2;
const UDP = 17;

/**
 * The last octet of what is taken for the broadcast address of a network: the networks' masks are not
 * known here.
 */
const BROADCAST = 255;

/** Of 224.0.0.0, from where on an address is that of a group, or of everybody. */
const FIRST_GROUP = 224;

/** Is the packet `bytes[at..end)` from the client activity of its user? */
export function isActivityFromClient(bytes: Uint8Array, at: number, end: number): boolean {
  const destination = destinationOf(bytes, at);
  if (destination >>> 24 >= FIRST_GROUP) return false;
  const protocol = protocolOf(bytes, at);
  if (protocol === TCP) return true;
  // TCP is spoken with one host alone, whatever its address ends in.
  if ((destination & 0xff) === BROADCAST) return false;
  return isConversation(protocol, bytes, at, end);
}

/** The same for a packet to the client, whose address may end in anything. */
export function isActivityToClient(bytes: Uint8Array, at: number, end: number): boolean {
  const protocol = protocolOf(bytes, at);
  return protocol === TCP || isConversation(protocol, bytes, at, end);
}

/** Between two hosts: is it more than discovery, or an error that answers another packet? */
function isConversation(protocol: number, bytes: Uint8Array, at: number, end: number): boolean {
  if (protocol === IGMP) return false;
  if (protocol === ICMP) return !isIcmpError(bytes, at, end);
  if (protocol !== UDP || !isFirstFragment(bytes, at)) return true;
  const ports = at + headerLength(bytes, at);
  if (end - ports < 4) return true;
  return !(isDiscovery(bytes, ports) || isDiscovery(bytes, ports + 2));
}

/** Is the port at `at` that of a service with which systems discover each other? */
function isDiscovery(bytes: Uint8Array, at: number): boolean {
  switch ((bytes[at]! << 8) | bytes[at + 1]!) {
    case 67: // DHCP, server
    case 68: // DHCP, client: DHCPINFORM
    case 137: // NetBIOS name service
    case 138: // NetBIOS datagrams: browser elections and announcements
    case 1900: // SSDP
    case 3702: // WS-Discovery
    case 5353: // mDNS
    case 5355: // LLMNR
      return true;
    default:
      return false;
  }
}
