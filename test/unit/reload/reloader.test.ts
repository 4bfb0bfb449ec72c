import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import { FILE, POOL, parsed, reloadedServer as server } from "../../support/reloaded-server.ts";

test("parts that are concerned are all checked before the first one goes over, and finish when all have", async () => {
  const { did, disk, running, reloader } = server();
  disk.toml = POOL;
  const report = await reloader.reload(false);
  assert.deepEqual(did, [
    "begun",
    "check pools",
    "check all",
    "check certificate",
    "apply pools",
    "apply all",
    "apply certificate",
    "finish pools",
    "finish all",
    "finish certificate",
    "end sessions",
    "over",
  ]);
  assert.deepEqual(report, {
    dryRun: false,
    file: FILE,
    changes: [{ key: "tunnel.pool", from: ["10.77.0.10-10.77.3.250"], to: ["10.78.0.0/24"], counts: "now" }],
    sessions: { live: 214, ended: 12, noLongerAllowed: 3 },
    notes: ["Think of it.", "pools went over", "all went over", "certificate went over"],
  });
  assert.deepEqual(running.config, parsed(POOL));
});

test("a dry run checks and changes nothing, and tells no service manager", async () => {
  const { did, disk, running, reloader, holding, logged } = server();
  disk.toml = `${POOL}\ninterface = "pac7"`;
  const { dryRun, sessions, changes } = await reloader.reload(true);
  assert.deepEqual([dryRun, sessions.ended], [true, 12]);
  assert.deepEqual(
    changes.map(({ key, counts }) => [key, counts]),
    [
      ["tunnel.interface", "restart"],
      ["tunnel.pool", "now"],
    ],
  );
  assert.deepEqual(did, ["check pools", "check all", "check certificate"]);
  assert.deepEqual([running.config, holding(), logged], [parsed(""), [], []]);
});

test("where nothing differs only what stands beside the configuration is looked at again", async () => {
  const { did, disk, logged, reloader } = server();
  disk.toml = "# a comment\n";
  const { changes } = await reloader.reload(false);
  assert.deepEqual(changes, []);
  assert.ok(!did.some((line) => /pools|ports|all/.test(line)));
  assert.deepEqual(logged, ["The configuration was read again: nothing has changed."]);
});

test("a file that is wrong changes nothing, is told with its lines, and is a condition until it is mended", async () => {
  const { did, disk, holding, conditions, logged, running, reloader } = server();
  disk.toml = '[tunnel]\nmtu = 1\ndns = "x"\n';
  await assert.rejects(reloader.reload(false), (error) => {
    assert.ok(error instanceof AppError);
    assert.equal(error.code, "reload-refused");
    assert.match(
      error.message,
      /^\/etc\/pacd\/pacd\.toml:2: tunnel\.mtu: must be .*\n\/etc\/pacd\/pacd\.toml:3: tunnel\.dns:/,
    );
    assert.equal(error.details["because"], "config-bad-value");
    assert.equal((error.details["faults"] as readonly unknown[]).length, 2);
    return true;
  });
  assert.deepEqual(did, ["begun", "over"]);
  assert.deepEqual(running.config, parsed(""));
  assert.deepEqual(holding(), ["configuration-refused"]);
  assert.match(
    conditions.all()[0]!.sentence,
    /pacd\.toml:2: tunnel\.mtu: .*may not start again with this file/,
  );
  assert.match(logged[0]!, /^error: Nothing was changed\. .*pacd\.toml:2/);
  disk.toml = "";
  await reloader.reload(true);
  assert.deepEqual(holding(), ["configuration-refused"], "a dry run changes nothing");
  await reloader.reload(false);
  assert.deepEqual(holding(), []);
});

test("what is refused by a check leaves every part as it was", async () => {
  const refusal = new AppError("pool-overlaps-host", "The pool overlaps.");
  const { did, disk, running, reloader } = server({ all: { check: () => Promise.reject(refusal) } });
  disk.toml = POOL;
  for (const dryRun of [true, false])
    await assert.rejects(reloader.reload(dryRun), {
      code: "reload-refused",
      message: "The pool overlaps.",
      details: { because: "pool-overlaps-host" },
    });
  assert.ok(!did.some((line) => /^(apply|undo|finish|end)/.test(line)));
  assert.deepEqual(running.config, parsed(""));
});

test("what is refused half-way is taken back, the last part first", async () => {
  const refusal = new AppError("address-in-use", "Another program listens.");
  const { did, disk, holding, running, reloader } = server({
    certificate: {
      apply() {
        throw refusal;
      },
    },
  });
  disk.toml = POOL;
  await assert.rejects(reloader.reload(false), { code: "reload-refused" });
  assert.deepEqual(did.slice(4), ["apply pools", "apply all", "undo all", "undo pools", "over"]);
  assert.deepEqual(running.config, parsed(""));
  assert.deepEqual(holding(), ["configuration-refused"]);
});

test("a mistake of ours is taken back as well, and is no refusal", async () => {
  const { did, disk, running, logged, reloader } = server({
    all: {
      apply() {
        throw new TypeError("x is not a function");
      },
    },
  });
  disk.toml = POOL;
  await assert.rejects(reloader.reload(false), { name: "TypeError" });
  assert.ok(did.includes("undo pools"));
  assert.deepEqual(running.config, parsed(""));
  assert.match(logged[0]!, /^error: Nothing was changed\. x is not a function/);
});

test("one that cannot finish is told to the log, and the others do", async () => {
  const { did, disk, running, logged, reloader } = server({
    pools: {
      apply: () => ({
        undo() {},
        finish: () => Promise.reject(new Error("EBUSY")),
      }),
    },
  });
  disk.toml = POOL;
  await reloader.reload(false);
  assert.ok(did.includes("finish all") && did.includes("end sessions"));
  assert.deepEqual(running.config, parsed(POOL));
  assert.match(logged[0]!, /^error: Something of the configuration before could not be removed/);
});

test("what needs a restart is named and keeps its value, and is a condition until the file says otherwise", async () => {
  const { disk, running, conditions, holding, reloader } = server();
  disk.toml =
    '[tunnel]\ninterface = "pac7"\nmtu = 1300\n[data_plane]\nworkers = 4\n[state]\ndirectory = "/srv/x"';
  await reloader.reload(false);
  assert.deepEqual(running.config, parsed("[tunnel]\nmtu = 1300"));
  const [condition] = conditions.all();
  assert.equal(condition!.code, "restart-needed");
  assert.match(
    condition!.sentence,
    /: state\.directory \("\/var\/lib\/pacd" → "\/srv\/x"\), tunnel\.interface \("pac0" → "pac7"\), data_plane\.workers \(0 → 4\)\. Restart/,
  );
  // It still is, at each further reload.
  assert.deepEqual(
    (await reloader.reload(false)).changes.map(({ key }) => key),
    ["state.directory", "tunnel.interface", "data_plane.workers"],
  );
  assert.deepEqual(holding(), ["restart-needed"]);
  disk.toml = "[tunnel]\nmtu = 1300";
  await reloader.reload(false);
  assert.deepEqual(holding(), []);
});

test("keys that need a restart concern no part", async () => {
  const { did, disk, reloader } = server();
  disk.toml = "[data_plane]\nworkers = 4";
  await reloader.reload(false);
  assert.ok(!did.some((line) => /apply (?:all|pools|ports)/.test(line)));
});

test("whoever listens is told of each reload that succeeded, and of no dry run", async () => {
  const { disk, loads, reloader } = server();
  disk.toml = POOL;
  await reloader.reload(true);
  assert.deepEqual(loads, []);
  await reloader.reload(false);
  await reloader.reload(false);
  disk.toml = "nonsense";
  await assert.rejects(reloader.reload(false));
  assert.deepEqual(loads, [["tunnel.pool"], []]);
});
