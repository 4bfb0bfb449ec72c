import type { Vector } from "./vector.ts";

/** The tests of FreeRDP and its WinPR. */
export const freerdp: readonly Vector[] = [
  {
    id: "winpr-md4",
    source: "FreeRDP TestCryptoHash.c",
    inputs: { data: "74657374" },
    expected: { md4: "db346d691d7acc4dc2625db19f9e3f52" },
  },
  {
    id: "winpr-rc4",
    source: "FreeRDP TestCryptoCipher.c",
    inputs: { key: "4b6579", plain: "506c61696e74657874" },
    expected: { cipher: "bbf316e8d940af0ad3" },
  },
  // RDP4 is MPPC with 8 KiB of history. The 64 KiB vectors of the same file are another coding.
  {
    id: "mppc-8k-bells",
    source: "FreeRDP TestFreeRDPCodecMppc.c BELLS_RDP4",
    inputs: {
      plain:
        "666f722e77686f6d2e7468652e62656c6c2e746f6c6c732c2e7468652e62656c6c2e746f6c6c732e666f722e7468656521",
    },
    expected: { compressed: "666f722e77686f6d2e7468652e62656c6c2e746f6c6c732cf4372e66fa1f199484" },
  },
];
