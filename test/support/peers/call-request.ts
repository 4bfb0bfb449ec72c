/** The fields of pptp-linux's Outgoing-Call-Request that are the same in every dial. */
export const CALL_REQUEST = {
  type: "outgoing-call-request",
  callSerialNumber: 0,
  minimumBps: 2400,
  maximumBps: 10_000_000,
  bearerType: 3,
  framingType: 3,
  receiveWindow: 3,
  processingDelay: 0,
  phoneNumberLength: 0,
  phoneNumber: new Uint8Array(64),
  subAddress: new Uint8Array(64),
} as const;
