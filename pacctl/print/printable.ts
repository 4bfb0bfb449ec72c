export { safeLine as printable } from "../../server/wire/safe-line.ts";
