import { systemClock } from "../../server/platform/clock.ts";
import { loadMppeKernel } from "../../server/platform/mppe-kernels.ts";
import { randomBytes, randomU16, randomU32 } from "../../server/platform/random.ts";
import { openRawSocket } from "../../server/platform/raw-socket.ts";
import { dialTcp } from "../../server/platform/tcp-dialer.ts";
import { shortenThreadSlice } from "../../server/platform/thread-priority.ts";
import { openTunTap } from "../../server/platform/tun-tap.ts";
import type { DialHost } from "./dial/dial-types.ts";

/** The machine that this process runs on. */
export const systemHost: DialHost = {
  clock: systemClock,
  bytes: randomBytes,
  u16: randomU16,
  u32: randomU32,
  connect: dialTcp,
  openGre: (callId) => openRawSocket({ callId }),
  mppe: loadMppeKernel,
  openTun(name, settings) {
    const tun = openTunTap(name);
    try {
      tun.configure(settings);
    } catch (error) {
      tun.close();
      throw error;
    }
    // From here on this thread is for packets; but it is one program among others, and does not come before
    // them.
    shortenThreadSlice();
    return tun;
  },
};
