/** tshark's names for our fields, by the layer that they belong to. */
type Names = Readonly<Record<string, string>>;

/** Of the headers before a message. */
export const HEADERS: Readonly<Record<"ip" | "tcp", Names>> = {
  ip: { version: "ip.version", "header-length": "ip.hdr_len", "total-length": "ip.len" },
  tcp: {
    "source-port": "tcp.srcport",
    "destination-port": "tcp.dstport",
    "sequence-number": "tcp.seq_raw",
    "acknowledgement-number": "tcp.ack_raw",
    "header-length": "tcp.hdr_len",
    flags: "tcp.flags",
    window: "tcp.window_size_value",
    "payload-length": "tcp.len",
  },
};

/** Of IPv6, whose length is that of its payload. */
export const IPV6 = { version: "ipv6.version", length: "ipv6.plen" } as const;

/** Of an ICMP error. */
export const ICMP: Names = { type: "icmp.type", code: "icmp.code", mtu: "icmp.mtu" };

/** Numbers that count from the beginning of the stream. */
export const RELATIVE: Names = { "sequence-number": "tcp.seq", "acknowledgement-number": "tcp.ack" };

export const PPTP: Names = {
  length: "pptp.length",
  "pptp-message-type": "pptp.type",
  "magic-cookie": "pptp.magic_cookie",
  "control-message-type": "pptp.control_message_type",
  reserved0: "pptp.reserved",
  reserved1: "pptp.reserved",
  reserved2: "pptp.reserved",
  version: "pptp.protocol_version",
  "framing-capabilities": "pptp.framing_capabilities",
  "bearer-capabilities": "pptp.bearer_capabilities",
  "maximum-channels": "pptp.maximum_channels",
  "firmware-revision": "pptp.firmware_revision",
  "host-name": "pptp.host_name",
  "vendor-name": "pptp.vendor_name",
  error: "pptp.error",
  reason: "pptp.reason",
  identifier: "pptp.identifier",
  "call-id": "pptp.call_id",
  "peer-call-id": "pptp.peer_call_id",
  "call-serial-number": "pptp.call_serial_number",
  "minimum-bps": "pptp.minimum_bps",
  "maximum-bps": "pptp.maximum_bps",
  "framing-type": "pptp.framing_type",
  "bearer-type": "pptp.bearer_type",
  "receive-window": "pptp.packet_receive_window_size",
  "processing-delay": "pptp.packet_processing_delay",
  "transmit-delay": "pptp.packet_processing_delay",
  "phone-number-length": "pptp.phone_number_length",
  "dialed-number-length": "pptp.dialed_number_length",
  "dialing-number-length": "pptp.dialing_number_length",
  cause: "pptp.cause",
  "connect-speed": "pptp.connect_speed",
  "physical-channel-id": "pptp.physical_channel_id",
  "call-statistics": "pptp.call_Statistics",
  "crc-errors": "pptp.crc_errors",
  "framing-errors": "pptp.framing_errors",
  "hardware-overruns": "pptp.hardware_overruns",
  "buffer-overruns": "pptp.buffer_overruns",
  "time-out-errors": "pptp.timeout_errors",
  "alignment-errors": "pptp.alignment_errors",
  "send-accm": "pptp.send_accm",
  "receive-accm": "pptp.receive_accm",
};

/** The field that every message calls result, by its Control Message Type. */
export const RESULTS: Readonly<Record<number, string>> = {
  2: "pptp.control_result",
  4: "pptp.stop_result",
  6: "pptp.echo_result",
  8: "pptp.out_result",
  10: "pptp.in_result",
  13: "pptp.disc_result",
};

export const GRE: Names = {
  "flags-and-version": "gre.flags_and_version",
  "C-checksum-present": "gre.flags.checksum",
  "R-routing-present": "gre.flags.routing",
  "K-key-present": "gre.flags.key",
  "S-sequence-present": "gre.flags.sequence_number",
  "s-strict-source-route": "gre.flags.strict_source_route",
  "recursion-control": "gre.flags.recursion_control",
  "A-acknowledgement-present": "gre.flags.ack",
  flags: "gre.flags.reserved",
  version: "gre.flags.version",
  "protocol-type": "gre.proto",
  "payload-length": "gre.key.payload_length",
  "call-id": "gre.key.call_id",
  "sequence-number": "gre.sequence_number",
  "acknowledgement-number": "gre.ack_number",
};

/** Of a frame and a packet in it. */
export const PPP: Names = {
  address: "ppp.address",
  control: "ppp.control",
  protocol: "ppp.protocol",
  code: "ppp.code",
  identifier: "ppp.identifier",
  length: "ppp.length",
};

/** Of the packets of authentication, and of others that are not Configure packets. */
export const PACKETS: Names = {
  "chap code": "chap.code",
  "chap identifier": "chap.identifier",
  "chap length": "chap.length",
  "chap value-size": "chap.value_size",
  "chap value": "chap.value",
  "chap name": "chap.name",
  "chap message": "chap.message",
  "pap code": "pap.code",
  "pap identifier": "pap.identifier",
  "pap length": "pap.length",
  "pap peer-id-length": "pap.peer_id.length",
  "pap peer-id": "pap.peer_id",
  "pap password": "pap.password",
  "pap message": "pap.message",
  "lcp magic-number": "lcp.magic_number",
  "lcp rejected-protocol": "lcp.rej_proto",
  "lcp seconds-remaining": "lcp.secs_remaining",
};

/** Options by the layer in front of them: their own value. */
export const OPTIONS: Names = {
  "lcp mru": "lcp.opt.mru",
  "bacp favored-peer": "bacp.magic_number",
  "lcp accm": "lcp.opt.asyncmap",
  "lcp magic": "lcp.opt.magic_number",
  "lcp mrru": "lcp.opt.mrru",
  "lcp padding": "lcp.opt.maximum",
  "lcp link-discriminator": "lcp.opt.link_discrim",
  "ccp mppe": "ccp.opt.supported_bits",
  "ipcp address": "ipcp.opt.ip_address",
  "ipcp mobile-address": "ipcp.opt.mobilenodehomeaddress",
  "ipcp dns1": "ipcp.opt.pri_dns_address",
  "ipcp dns2": "ipcp.opt.sec_dns_address",
  "ipcp wins1": "ipcp.opt.pri_nbns_address",
  "ipcp wins2": "ipcp.opt.sec_nbns_address",
};

/** What an option is made of. `OPTION part`, or for any option `part` alone; `*` stands for the layer. */
export const PARTS: Names = {
  type: "*.opt.type",
  length: "*.opt.length",
  "auth protocol": "lcp.opt.auth_protocol",
  "auth algorithm": "lcp.opt.algorithm",
  "quality protocol": "lcp.opt.quality_protocol",
  "fcs null": "lcp.opt.fcs_alternatives.null",
  "fcs ccitt-16": "lcp.opt.fcs_alternatives.ccitt16",
  "fcs ccitt-32": "lcp.opt.fcs_alternatives.ccitt32",
  "numbered-mode window": "lcp.opt.window",
  "callback operation": "lcp.opt.operation",
  "endpoint class": "lcp.opt.ep_disc_class",
  "dce-identifier mode": "lcp.opt.mode",
  "multilink-header-format code": "lcp.opt.code",
  "multilink-header-format suspendable-classes": "lcp.opt.max_susp_classes",
  "internationalization character-set": "lcp.opt.MIBenum",
  "internationalization language": "lcp.opt.language_tag",
  "vendor-specific oui": "lcp.opt.oui",
  "vendor-specific kind": "lcp.opt.kind",
  "oui oui": "ccp.opt.oui",
  "oui kind": "ccp.opt.subtype",
  "mppe H-stateless": "ccp.opt.supported_bits.h",
  "mppe M-56": "ccp.opt.supported_bits.m",
  "mppe S-128": "ccp.opt.supported_bits.s",
  "mppe L-40": "ccp.opt.supported_bits.l",
  "mppe D-obsolete": "ccp.opt.supported_bits.d",
  "mppe C-mppc": "ccp.opt.supported_bits.c",
  "stac history-count": "ccp.opt.history_count",
  "stac check-mode": "ccp.opt.cm.check_mode",
  "bsd-compress version": "ccp.opt.vd.vers",
  "bsd-compress dictionary": "ccp.opt.vd.dict",
  "deflate window": "ccp.opt.window",
  "deflate method": "ccp.opt.method",
  "deflate check": "ccp.opt.chk",
  "addresses source": "ipcp.opt.src_address",
  "addresses destination": "ipcp.opt.dst_address",
  "compression protocol": "ipcp.opt.compress_proto",
  "compression max-slot-id": "ipcp.opt.max_slot_id",
  "compression comp-slot-id": "ipcp.opt.comp_slot_id",
  "callback-to-users-number delay": "cbcp.callback_delay",
  "callback-to-users-number address": "cbcp.address",
  "callback-to-listed-number delay": "cbcp.callback_delay",
  "callback-to-listed-number address": "cbcp.address",
  "address-type": "cbcp.address_type",
  "interface-identifier octets": "ipv6cp.interface_identifier",
};

const LAYERS = ["lcp", "ccp", "ipcp", "ipv6cp", "cbcp", "bacp"];

/** All of them: what tshark is asked for. */
export const ALL_NAMES: readonly string[] = [
  ...new Set(
    [HEADERS.ip, IPV6, ICMP, HEADERS.tcp, RELATIVE, PPTP, RESULTS, GRE, PPP, PACKETS, OPTIONS, PARTS]
      .flatMap((names) => Object.values(names))
      .flatMap((name) => (name.startsWith("*") ? LAYERS.map((layer) => name.replace("*", layer)) : [name])),
  ),
];
