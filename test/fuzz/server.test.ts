import { fuzz } from "./fuzz.ts";
import { server } from "./server/server.ts";

await fuzz([server]);
