/**
 * What the kernel takes as an interface name (IFNAMSIZ is 16 with its NUL), less what would need quoting
 * somewhere.
 */
const INTERFACE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/;

export const isInterfaceName = (text: string): boolean => INTERFACE_NAME.test(text);

/** Throws TypeError: the configuration has checked the name long before. */
export function assertInterfaceName(text: string): void {
  if (!isInterfaceName(text)) throw new TypeError(`not an interface name: ${JSON.stringify(text)}`);
}
