import { type Addon, loadAddon } from "./native/addon.ts";

/**
 * `MppeKernel` of `mppe/kernel.ts`, as the addon has it: (records, bytes, entries, count). Its memory is the
 * caller's and must not be shared with another thread; nothing is allocated, and nothing is kept between
 * calls. In any thread.
 */
type Kernel = Addon["runMppe"];

/** With the CPU's instructions for SHA-1 where it has them. Throws host-no-addon without the addon. */
export const loadMppeKernel = (): Kernel => loadAddon().runMppe;

/** Without them, for comparison. Throws host-no-addon without the addon. */
export const loadPortableMppeKernel = (): Kernel => loadAddon().runMppePortable;
