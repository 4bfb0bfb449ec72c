import { fuzz } from "./fuzz.ts";
import { server } from "./server/server.ts";

fuzz([server]);
