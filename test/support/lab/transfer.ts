import assert from "node:assert/strict";
import { OFFICE_ADDRESS } from "./lab.ts";
import type { Resident } from "./resident.ts";
import type { VpnClient } from "./vpn-client.ts";

/** Where the office serves its file. */
const PORT = 80;

/** What the client keeps of it, to send it back. */
const FILE = "/tmp/file";

/** Has the office serve that many random octets; returns their SHA-256. Once in a lab. */
export const serveFile = (office: Resident, size: number): Promise<string> =>
  office.ask("serveFile", { port: PORT, size });

/** Downloads the file through the tunnel and throws unless it arrives whole. */
export async function download({ guest }: VpnClient, sha256: string): Promise<void> {
  const sum = await guest.must(
    `busybox wget -q -O ${FILE} http://${OFFICE_ADDRESS}:${PORT}/file && busybox sha256sum ${FILE}`,
  );
  assert.ok(sum.startsWith(sha256), "the file does not come as it was sent");
}

/** Uploads what was downloaded last and throws unless it arrives whole. */
export async function upload({ guest }: VpnClient, office: Resident, sha256: string): Promise<void> {
  await guest.must(`
    size=$(busybox stat -c %s ${FILE})
    { printf "POST /upload HTTP/1.1\\r\\nHost: office\\r\\nContent-Length: $size\\r\\nConnection: close\\r\\n\\r\\n"
      cat ${FILE}
    } | busybox nc ${OFFICE_ADDRESS} ${PORT}
  `);
  const last = (await office.ask("uploads")).at(-1);
  assert.equal(last?.sha256, sha256);
}
