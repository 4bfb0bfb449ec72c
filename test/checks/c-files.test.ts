import assert from "node:assert/strict";
import { test } from "node:test";
import { callsBetween, definedIn } from "./rules/c-files.ts";
import { circles } from "./rules/circles.ts";
import { sources } from "./rules/source.ts";

const files = sources("server/**/*.c");

test("no C files call each other in a circle", () => {
  assert.ok(files.flatMap(definedIn).length > 60);
  assert.deepEqual(circles(callsBetween(files)), []);
});

const file = (path: string, text: string) => ({ path, text });

test("functions that other files can call are found, and no others", () => {
  const text = `
int first(void) {
  return second(1);
}
static int own(int a) {
  if (a) { return 1; }
  return 0;
}
const char *const *second(int one,
                          struct port *two) {
}
struct port *third(void)
{
}
int declared(void);
struct port { int fd; };
static struct port fixed = {1};
// int in_comment(void) {
`;
  assert.deepEqual(definedIn(file("a.c", text)), ["first", "second", "third"]);
});

test("a circle of C files is found, through a pointer that is handed on as well", () => {
  const port = file("port.c", "void port_close(int fd) {\n  tun_leave(fd);\n}\n");
  const tun = file(
    "tun.c",
    "void tun_leave(int fd) {\n}\nvoid tun_open(void) {\n  port_add(port_close);\n}\n",
  );
  assert.deepEqual(circles(callsBetween([port, tun])), [["port.c", "tun.c"]]);
  const given = file("port.c", "void port_close(struct port *p) {\n  p->leave(p); // tun_leave\n}\n");
  assert.deepEqual(circles(callsBetween([given, tun])), []);
});

test("the same function for two processors, and names in texts, are no calls", () => {
  const [arm, x86] = ["arm.c", "x86.c"].map((path) => file(path, "int of_cpu(void) {\n}\n"));
  const other = file("other.c", 'void other(void) {\n  say("of_cpu");\n}\n');
  const calls = callsBetween([arm!, x86!, other]);
  assert.deepEqual(
    [...calls].flatMap(([, to]) => [...to]),
    [],
  );
});
