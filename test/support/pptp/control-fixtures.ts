import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { toCallId, toPeerCallId } from "../../../server/wire/call-id.ts";
import { ascii, bytes } from "../bytes.ts";

const padded = (value: Uint8Array, size: number): Uint8Array => {
  const field = new Uint8Array(size);
  field.set(value);
  return field;
};

const [PAC, PNS] = [toCallId(0xa1b2), toPeerCallId(2932)];

/** A message in both its forms. */
export interface ControlFixture {
  readonly message: ControlMessage;
  readonly bytes: Uint8Array;
}

const guid = Uint8Array.from({ length: 16 }, (_, i) => i * 17);

/** One of each of the fifteen control messages (RFC 2637 §2), in the order of their codes. */
export const CONTROL_FIXTURES: readonly ControlFixture[] = [
  {
    message: {
      type: "start-control-connection-request",
      version: 0x0100,
      framingCapabilities: 1,
      bearerCapabilities: 1,
      maximumChannels: 0,
      firmwareRevision: 2600,
      hostName: "",
      vendorName: "Microsoft Windows NT",
    },
    bytes: bytes`
      009c 0001   Length 156, control message
      1a2b3c4d    Magic cookie
      0001 0000   Start-Control-Connection-Request, Reserved0
      0100 0000   Version 1.0, Reserved1
      00000001    Framing: asynchronous
      00000001    Bearer: analog
      0000 0a28   Maximum channels, firmware 2600: Windows XP
      # Host name, vendor name
      ${new Uint8Array(64)}
      ${padded(ascii("Microsoft Windows NT"), 64)}
    `,
  },
  {
    message: {
      type: "start-control-connection-reply",
      version: 0x0100,
      result: 1,
      error: 0,
      framingCapabilities: 3,
      bearerCapabilities: 3,
      maximumChannels: 64,
      firmwareRevision: 1,
      hostName: "pacd",
      vendorName: "pacd",
    },
    bytes: bytes`
      009c 0001   Length 156, control message
      1a2b3c4d    Magic cookie
      0002 0000   Start-Control-Connection-Reply, Reserved0
      0100 01 00  Version 1.0, result: ok, error: none
      00000003    Framing: both
      00000003    Bearer: both
      0040 0001   Maximum channels, firmware
      # Host name, vendor name
      ${padded(ascii("pacd"), 64)}
      ${padded(ascii("pacd"), 64)}
    `,
  },
  {
    message: { type: "stop-control-connection-request", reason: 3 },
    bytes: bytes`
      0010 0001   Length 16, control message
      1a2b3c4d    Magic cookie
      0003 0000   Stop-Control-Connection-Request, Reserved0
      03 00 0000  Reason: local shutdown, Reserved1, Reserved2
    `,
  },
  {
    message: { type: "stop-control-connection-reply", result: 2, error: 6 },
    bytes: bytes`
      0010 0001   Length 16, control message
      1a2b3c4d    Magic cookie
      0004 0000   Stop-Control-Connection-Reply, Reserved0
      02 06 0000  Result: general error, error: PAC error, Reserved1
    `,
  },
  {
    message: { type: "echo-request", identifier: 0xfedcba98 },
    bytes: bytes`
      0010 0001   Length 16, control message
      1a2b3c4d    Magic cookie
      0005 0000   Echo-Request, Reserved0
      fedcba98    Identifier
    `,
  },
  {
    message: { type: "echo-reply", identifier: 0xfedcba98, result: 1, error: 0 },
    bytes: bytes`
      0014 0001   Length 20, control message
      1a2b3c4d    Magic cookie
      0006 0000   Echo-Reply, Reserved0
      fedcba98    Identifier
      01 00 0000  Result: ok, error: none, Reserved1
    `,
  },
  {
    message: {
      type: "outgoing-call-request",
      callId: PNS,
      callSerialNumber: 3,
      minimumBps: 300,
      maximumBps: 100_000_000,
      bearerType: 3,
      framingType: 3,
      receiveWindow: 64,
      processingDelay: 0,
      phoneNumberLength: 3,
      phoneNumber: padded(ascii("112"), 64),
      subAddress: padded(guid, 64),
    },
    bytes: bytes`
      00a8 0001   Length 168, control message
      1a2b3c4d    Magic cookie
      0007 0000   Outgoing-Call-Request, Reserved0
      0b74 0003   Call ID of the client, call serial number
      0000012c    Minimum bps
      05f5e100    Maximum bps
      00000003    Bearer: any
      00000003    Framing: either
      0040 0000   Receive window 64, processing delay
      0003 0000   Phone number length, Reserved1
      # Phone number, sub-address: a GUID as Windows sends it, which begins with a zero
      ${padded(ascii("112"), 64)}
      ${padded(guid, 64)}
    `,
  },
  {
    message: {
      type: "outgoing-call-reply",
      callId: PAC,
      peerCallId: PNS,
      result: 1,
      error: 0,
      cause: 0,
      connectSpeed: 100_000_000,
      receiveWindow: 64,
      processingDelay: 2,
      physicalChannelId: 7,
    },
    bytes: bytes`
      0020 0001   Length 32, control message
      1a2b3c4d    Magic cookie
      0008 0000   Outgoing-Call-Reply, Reserved0
      a1b2 0b74   Call ID of the PAC, peer's call ID
      01 00 0000  Result: connected, error: none, cause
      05f5e100    Connect speed
      0040 0002   Receive window 64, processing delay 0.2 s
      00000007    Physical channel ID
    `,
  },
  {
    message: {
      type: "incoming-call-request",
      callId: PAC,
      callSerialNumber: 9,
      bearerType: 2,
      physicalChannelId: 4,
      dialedNumberLength: 2,
      dialingNumberLength: 3,
      dialedNumber: padded(ascii("42"), 64),
      dialingNumber: padded(ascii("007"), 64),
      subAddress: new Uint8Array(64),
    },
    bytes: bytes`
      00dc 0001   Length 220, control message
      1a2b3c4d    Magic cookie
      0009 0000   Incoming-Call-Request, Reserved0
      a1b2 0009   Call ID of the PAC, call serial number
      00000002    Bearer: digital
      00000004    Physical channel ID
      0002 0003   Dialed number length, dialing number length
      # Dialed number, dialing number, sub-address
      ${padded(ascii("42"), 64)}
      ${padded(ascii("007"), 64)}
      ${new Uint8Array(64)}
    `,
  },
  {
    message: {
      type: "incoming-call-reply",
      callId: toPeerCallId(0x0102),
      peerCallId: PAC,
      result: 3,
      error: 0,
      receiveWindow: 16,
      transmitDelay: 1,
    },
    bytes: bytes`
      0018 0001   Length 24, control message
      1a2b3c4d    Magic cookie
      000a 0000   Incoming-Call-Reply, Reserved0
      0102 a1b2   Call ID of the PNS, peer's call ID
      03 00 0010  Result: do not accept, error: none, receive window 16
      0001 0000   Transmit delay 0.1 s, Reserved1
    `,
  },
  {
    message: {
      type: "incoming-call-connected",
      peerCallId: toPeerCallId(0x0102),
      connectSpeed: 64_000,
      receiveWindow: 16,
      transmitDelay: 1,
      framingType: 2,
    },
    bytes: bytes`
      001c 0001   Length 28, control message
      1a2b3c4d    Magic cookie
      000b 0000   Incoming-Call-Connected, Reserved0
      0102 0000   Peer's call ID, Reserved1
      0000fa00    Connect speed
      0010 0001   Receive window 16, transmit delay 0.1 s
      00000002    Framing: synchronous
    `,
  },
  {
    message: { type: "call-clear-request", callId: PNS },
    bytes: bytes`
      0010 0001   Length 16, control message
      1a2b3c4d    Magic cookie
      000c 0000   Call-Clear-Request, Reserved0
      0b74 0000   Call ID of the client, Reserved1
    `,
  },
  {
    message: {
      type: "call-disconnect-notify",
      callId: PAC,
      result: 4,
      error: 0,
      cause: 16,
      callStatistics: "rx 10 tx 20",
    },
    bytes: bytes`
      0094 0001   Length 148, control message
      1a2b3c4d    Magic cookie
      000d 0000   Call-Disconnect-Notify, Reserved0
      a1b2 04 00  Call ID of the PAC, result: request, error: none
      0010 0000   Cause 16, Reserved1
      # Call statistics
      ${padded(ascii("rx 10 tx 20"), 128)}
    `,
  },
  {
    message: {
      type: "wan-error-notify",
      peerCallId: PNS,
      crcErrors: 1,
      framingErrors: 2,
      hardwareOverruns: 3,
      bufferOverruns: 4,
      timeOutErrors: 5,
      alignmentErrors: 0xffffffff,
    },
    bytes: bytes`
      0028 0001   Length 40, control message
      1a2b3c4d    Magic cookie
      000e 0000   WAN-Error-Notify, Reserved0
      0b74 0000   Peer's call ID, Reserved1
      00000001    CRC errors
      00000002    Framing errors
      00000003    Hardware overruns
      00000004    Buffer overruns
      00000005    Time-out errors
      ffffffff    Alignment errors
    `,
  },
  {
    message: { type: "set-link-info", peerCallId: PAC, sendAccm: 0xffffffff, receiveAccm: 0x000a0000 },
    bytes: bytes`
      0018 0001   Length 24, control message
      1a2b3c4d    Magic cookie
      000f 0000   Set-Link-Info, Reserved0
      a1b2 0000   Call ID of the PAC, Reserved1
      ffffffff    Send ACCM
      000a0000    Receive ACCM
    `,
  },
];

/** The fixture of one type. */
export function controlFixture(type: ControlMessage["type"]): ControlFixture {
  const found = CONTROL_FIXTURES.find(({ message }) => message.type === type);
  if (found === undefined) throw new Error(`no fixture of ${type}`);
  return found;
}
