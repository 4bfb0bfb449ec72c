/** A file in a tar archive (POSIX.1-1988, ustar): a header, the octets, zeros up to a whole block. */
export interface Member {
  readonly name: string;
  /** In octets. */
  readonly size: number;
  /** Of the archive, in seconds since 1970. */
  readonly at: number;
}

/** Everything in a tar archive is a multiple of so many octets. */
export const BLOCK = 512;

/** POSIX.1-1988: eleven octal digits. */
export const MAX_SIZE = 8 ** 11 - 1;

/** POSIX.1-1988, in octets. */
const MAX_NAME = 100;

/** POSIX.1-1988: where a field stands in the header, and how long it is. */
const FIELDS = {
  name: [0, MAX_NAME],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
} as const;

/** Ours: no name that leads out of a folder, or that a shell or a terminal would read as something else. */
const NAME = /^[a-z0-9][a-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*){0,3}$/;

export const isMemberName = (name: string): boolean => name.length <= MAX_NAME && NAME.test(name);

/** The header of a file that its owner alone may read. */
export function memberHeader({ name, size, at }: Member): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  const put = (field: keyof typeof FIELDS, text: string) => header.write(text, FIELDS[field][0], "latin1");
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  put("name", name);
  put("mode", octal(0o600, 7));
  put("uid", octal(0, 7));
  put("gid", octal(0, 7));
  put("size", octal(size, 11));
  put("mtime", octal(at, 11));
  put("checksum", " ".repeat(8));
  put("type", "0");
  put("magic", "ustar\0" + "00");
  const sum = header.reduce((total, octet) => total + octet, 0);
  put("checksum", `${sum.toString(8).padStart(6, "0")}\0 `);
  return header;
}

/** Undefined for anything that `memberHeader` would not have written. */
export function readMemberHeader(header: Uint8Array): Member | undefined {
  const text = (field: "name" | "size" | "mtime") => {
    const [from, length] = FIELDS[field];
    return Buffer.from(header.subarray(from, from + length))
      .toString("latin1")
      .replace(/\0.*$/s, "");
  };
  const [size, at] = [text("size"), text("mtime")].map((digits) => Number.parseInt(digits, 8));
  const member = { name: text("name"), size: size!, at: at! };
  if (!isMemberName(member.name) || !Number.isSafeInteger(size) || !Number.isSafeInteger(at))
    return undefined;
  return Buffer.from(header).equals(memberHeader(member)) ? member : undefined;
}

/** Zeros between the end of a member's octets and the next block. */
export const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;
