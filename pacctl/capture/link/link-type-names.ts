/** Names of link types that are not read here, as registered for pcap (LINKTYPE_ values). */
const NAMES: ReadonlyMap<number, string> = new Map([
  [3, "AX25"],
  [7, "ARCNET_BSD"],
  [99, "SYMANTEC_FIREWALL"],
  [123, "SUNATM"],
  [129, "ARCNET_LINUX"],
  [130, "JUNIPER_MLPPP"],
  [131, "JUNIPER_MLFR"],
  [132, "JUNIPER_ES"],
  [133, "JUNIPER_GGSN"],
  [134, "JUNIPER_MFR"],
  [135, "JUNIPER_ATM2"],
  [136, "JUNIPER_SERVICES"],
  [137, "JUNIPER_ATM1"],
  [140, "MTP2_WITH_PHDR"],
  [141, "MTP2"],
  [142, "MTP3"],
  [143, "DOCSIS"],
  [144, "LINUX_IRDA"],
  [165, "BACNET_MS_TP"],
  [167, "JUNIPER_PPPOE"],
  [169, "GPRS_LLC"],
  [177, "LINUX_LAPD"],
  [187, "BLUETOOTH_HCI_H4"],
  [189, "USB_LINUX"],
  [195, "IEEE802_15_4_WITHFCS"],
  [201, "BLUETOOTH_HCI_H4_WITH_PHDR"],
  [202, "AX25_KISS"],
  [203, "LAPD"],
  [209, "IPMB_LINUX"],
  [220, "USB_LINUX_MMAPPED"],
  [224, "FC_2"],
  [227, "CAN_SOCKETCAN"],
  [230, "IEEE802_15_4_NOFCS"],
  [231, "DBUS"],
  [243, "MPEG_2_TS"],
  [247, "INFINIBAND"],
  [249, "USBPCAP"],
  [251, "BLUETOOTH_LE_LL"],
  [252, "WIRESHARK_UPPER_PDU"],
  [253, "NETLINK"],
  [254, "BLUETOOTH_LINUX_MONITOR"],
  [266, "USB_DARWIN"],
  [271, "VSOCK"],
  [272, "NORDIC_BLE"],
  [280, "LINUX_SLL of IEEE802_15_4"],
  [288, "USB_2_0"],
  [289, "ATSC_ALP"],
  [290, "ETW"],
]);

/** Numbers that everybody may use for something of their own. */
const FIRST_USER = 147;
const LAST_USER = 162;

/** `link type 189 (USB_LINUX)`. */
export function linkTypeName(linkType: number): string {
  const user = linkType >= FIRST_USER && linkType <= LAST_USER;
  const name = user ? `USER${linkType - FIRST_USER}, of somebody's own` : NAMES.get(linkType);
  return `link type ${linkType}${name === undefined ? "" : ` (${name})`}`;
}
