import type { ProblemCode } from "../problems.ts";

/** What a file is that is no capture of ours, and what to do with it. */
export interface Foreign {
  readonly code: Extract<ProblemCode, "foreign-format" | "compressed" | "not-a-capture">;
  readonly detail: string;
}

const EDITCAP = "editcap -F pcapng FILE OUT";

/** For formats that may hold several kinds of networks, which editcap writes only where it is told one. */
const OF_ETHERNET = "editcap -T ether -F pcapng FILE OUT";
export const converted = (name: string, by = EDITCAP): Foreign => ({
  code: "foreign-format",
  detail: `${name}: ${by}`,
});
const packed = (name: string, unpack: string): Foreign => ({
  code: "compressed",
  detail: `${name}: ${unpack} | pacctl decode -`,
});
export const other = (what: string): Foreign => ({ code: "not-a-capture", detail: what });

/** What `netsh trace` and pktmon write. */
export const EVENT_TRACE = converted(
  "event trace of Windows",
  "etl2pcapng FILE OUT; where pktmon made it: pktmon etl2pcap FILE --out OUT",
);
export const COMM_VIEW = converted("CommView", OF_ETHERNET);
export const ERF = converted("ERF of Endace");

/** How captures of ours begin, version included: sought behind a banner or a message in front of them. */
export const MAGICS: readonly string[] = [
  "\xd4\xc3\xb2\xa1\x02\0\x04\0",
  "\xa1\xb2\xc3\xd4\0\x02\0\x04",
  "\x4d\x3c\xb2\xa1\x02\0\x04\0",
  "\xa1\xb2\x3c\x4d\0\x02\0\x04",
  "\x0a\x0d\x0d\x0a",
];

/** Formats that begin with octets of their own. */
export const BEGINNINGS: readonly (readonly [start: string, what: Foreign])[] = [
  ["snoop\0\0\0", converted("snoop of Solaris")],
  ["RTSS", converted("Microsoft Network Monitor 1")],
  ["GMBU", converted("Microsoft Network Monitor 2")],
  ["TRSNIFF data    \x1a", converted("Sniffer (DOS)")],
  ["XCP\0", converted("Sniffer (Windows), NetXRay")],
  ["iptrace 1.0", converted("iptrace of AIX")],
  ["iptrace 2.0", converted("iptrace of AIX")],
  ["+---------+---------------+----------+", converted("K12 text", OF_ETHERNET)],
  ["\0\0\x02\0\x12\x05\0\x10", converted("K12 of Tektronix", OF_ETHERNET)],
  ["\xaa\xaa\xaa\xaa", converted("5View")],
  ["\x05VNF", converted("Visual Networks")],
  ["ObserverPktBuffe", converted("Observer")],
  ["\x01\x10\x4c\0", converted("LANalyzer")],
  ["TR\0d", converted("nettl of HP-UX", OF_ETHERNET)],
  ["\x7fver", converted("OmniPeek")],
  ["\x1c\0\x01\xac", converted("pcap of IXIA")],
  ["\xac\x01\0\x1c", converted("pcap of IXIA")],
  ["\x1c\0\x01\xab", converted("pcap of IXIA")],
  ["\xab\x01\0\x1c", converted("pcap of IXIA")],
  ["btsnoop\0", other("a capture of Bluetooth, which carries no PPTP")],
  ["\xfd7zXZ\0", packed("xz", "xz -dc FILE")],
  ["BZh", packed("bzip2", "bzip2 -dc FILE")],
  ["\x04\x22\x4d\x18", packed("LZ4", "lz4 -dc FILE")],
  ["\x02\x21\x4c\x18", packed("LZ4", "lz4 -dc FILE")],
  ["\x1f\x9d", packed("compress", "gzip -dc FILE")],
  ["\x1f\x8b", packed("gzip in gzip", "gzip -dc FILE")],
  ["\x28\xb5\x2f\xfd", packed("zstd in zstd", "zstd -dc FILE")],
  ["LZIP", packed("lzip", "lzip -dc FILE")],
  ["\x5d\0\0", packed("LZMA", "xz -dc --format=lzma FILE")],
  ["\x89LZO", packed("LZO", "lzop -dc FILE")],
  ["PK\x03\x04", packed("zip archive", "unzip -p FILE")],
  ["7z\xbc\xaf\x27\x1c", packed("7-Zip archive", "7z x -so FILE")],
  ["Rar!\x1a\x07", packed("RAR archive", "unrar p -inul FILE")],
  ["MSCF", packed("cabinet of Windows", "cabextract -p FILE")],
  [
    "\xff\xfe\xd4\0\xc3\0",
    other("a capture that PowerShell's > has spoilt: let the program write its file itself (-w FILE)"),
  ],
  [
    "\xff\xfe",
    other("text in UTF-16, as PowerShell's > writes it: let the program write its file itself (-w FILE)"),
  ],
  ["\xfe\xff", other("text in UTF-16")],
  [
    "\xef\xbf\xbd\xc3\xb2\xef\xbf\xbd",
    other("a capture that was taken for text and spoilt: fetch it anew, as binary"),
  ],
  [
    "\xc3\x94\xc3\x83\xc2\xb2\xc2\xa1",
    other("a capture that was taken for text and spoilt: fetch it anew, as binary"),
  ],
  ["\x7fELF", other("a program")],
  ["MZ", other("a program")],
  ["%PDF", other("a PDF")],
  ["\x89PNG", other("a picture")],
  ["\xff\xd8\xff", other("a picture")],
];

export const TAR_ARCHIVE = packed("tar archive", "tar -xOf FILE");

export const SPOILT_PCAPNG = other("a pcapng whose ends of lines were changed: transfer it anew, as binary");

/** Ends of lines that a transfer as text has changed in the beginning of a pcapng, made to show it. */
export const CHANGED_LINES: readonly string[] = ["\n\r\n", "\n\n\n", "\r\n\r\r", "\r\n\r\n"];

const TEXT_OF_PACKETS = "text that tells of packets and does not hold them: capture with -w FILE";

/** What text looks like; the first that fits. */
export const TEXTS: readonly (readonly [pattern: RegExp, what: Foreign])[] = [
  [
    /^\s*<(!doctype html|html|head|body)\b/i,
    other("an HTML page: what was downloaded is not the file, but perhaps a log-in"),
  ],
  [/^\s*<\?xml/i, other("XML, which holds no packets: save them as pcapng")],
  [/^\s*[[{]\s*["{[]/, other("JSON, which holds no packets: save them as pcapng")],
  [/^(1MOyoQ|obLD1A|TTyyoQ|obI8TQ|Cg0NCg)/, other("a capture in base64: base64 -d FILE | pacctl decode -")],
  [
    /^(d4 ?c3 ?b2 ?a1|a1 ?b2 ?c3 ?d4|4d ?3c ?b2 ?a1|0a ?0d ?0d ?0a)/i,
    other("a capture in hexadecimal digits: xxd -r -p FILE | pacctl decode -"),
  ],
  [
    /^(0x)?0000[0-9a-f]{0,4}:? +([0-9a-f]{2} ){4}/im,
    converted("packets in hexadecimal digits", "text2pcap FILE OUT"),
  ],
  [/^\s+0x0000: +[0-9a-f]{4} [0-9a-f]{4}/m, other(TEXT_OF_PACKETS)],
  [/^(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d+ /m, other(TEXT_OF_PACKETS)],
  [/^(reading from file|tcpdump: |listening on )/m, other(TEXT_OF_PACKETS)],
  [/^"?No\."?[ ,;]+"?Time/m, other(TEXT_OF_PACKETS)],
  [/^ *\d+ +\d+\.\d+ +\S+ +(\S+ +)?\S+/m, other(TEXT_OF_PACKETS)],
];

/** Formats without a mark, known by the names that their programs give. */
export const ENDINGS: readonly (readonly [ending: RegExp, what: Foreign])[] = [
  [/\.etl$/i, EVENT_TRACE],
  [/\.erf$/i, ERF],
  [/\.ncfx?$/i, COMM_VIEW],
];
