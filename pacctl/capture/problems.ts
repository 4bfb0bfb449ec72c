/** Every problem, with a sentence about it. */
export const PROBLEMS = {
  empty: "It is empty: not a single octet came",
  "not-a-capture": "This is neither pcap nor pcapng",
  "foreign-format": "A format of captures that is to be converted first",
  compressed: "The file is packed in a way that is to be unpacked first",
  "packing-truncated": "The packed file ends in the middle; what it holds up to there was read",
  "packing-too-large": "The packed file takes more memory than is used here: let its own program unpack it",
  "packing-damaged": "The packed file is damaged; what it holds up to there was read",
  "unsupported-version": "A version of the format that is not known",
  truncated: "The file ends in the middle of a record",
  "bad-record": "The header of a packet makes no sense",
  "bad-block": "A block whose lengths do not fit",
  "unknown-interface": "A packet of an interface that was not described",
  "too-many-interfaces": "More interfaces than are kept",
  "unknown-link-type": "A kind of network that is not known: its packets are only counted",
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
