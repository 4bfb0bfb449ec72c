// A shell that waits for names while somebody types is answered by a part of pacctl, which starts in a
// fraction of the time.
await (process.argv[2] === "__complete" ? import("./completion/main.ts") : import("./process.ts"));
