/** Placeholder for the union of the fifteen control messages; the pptp part replaces this file. */
export interface OutgoingCallRequest { readonly type: "outgoing-call-request" }
export type ControlMessage = OutgoingCallRequest;
