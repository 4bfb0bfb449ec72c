import { bytes } from "../bytes.ts";

/**
 * The Data of Terminate-Requests as Windows writes it, by the RAS error in it. Magic-Numbers and the octets
 * of 0, 691, 732 and 738 are those of pppd's logs that people have posted.
 */
export const WINDOWS_SAYS = {
  /** A client whose user hung up. */
  0: bytes`
    08dd6215  Magic-Number
    003ccd74  Windows
    00000000  0
  `,
  /** RRAS, after the Response, or after an EAP Identity. */
  691: bytes`
    05e23274  Magic-Number
    003ccd74  Windows
    000002b3  691
  `,
  /** A client, of CCP. */
  732: bytes`
    41131244  Magic-Number
    003ccd74  Windows
    000002dc  732
  `,
  /** The same client, of IPCP. */
  738: bytes`
    41131244  Magic-Number
    003ccd74  Windows
    000002e2  738
  `,
  /** RRAS, of a client without MPPE. */
  742: bytes`
    7ff04cbc  Magic-Number
    003ccd74  Windows
    000002e6  742
  `,
  /** A client that does not believe a Success. */
  778: bytes`
    2b47480d  Magic-Number
    003ccd74  Windows
    0000030a  778
  `,
  /** RRAS that offers EAP alone. */
  919: bytes`
    0f3b01af  Magic-Number
    003ccd74  Windows
    00000397  919
  `,
} as const;
