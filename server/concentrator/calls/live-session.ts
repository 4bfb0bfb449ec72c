/** A session that is up, as the admin API shows it. */
export interface LiveSession {
  readonly id: string;
  readonly attemptId: string;
  readonly userId: string;
  /** The name that the user has now. */
  readonly user: string;
  /** Where the client dialled from. */
  readonly clientAddress: string;
  readonly assignedAddress: string;
  readonly connectedAt: string;
  /** How long it has been up, by the monotonic clock. */
  readonly durationSeconds: number;
  /** "mppe-128-stateless" and its kin, or "none". */
  readonly encryption: string;
  readonly mtu: number;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
  /** When the last inner packet passed; null for never. */
  readonly lastActivity: string | null;
}
