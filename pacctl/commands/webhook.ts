import { type Command, Option } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { DELIVERY_RESULTS, type DeliveryResult } from "../../server/store/webhooks/webhook-types.ts";
import {
  addFilterOptions,
  addSecretOptions,
  type FilterOptions,
  filterIn,
  type SecretOptions,
  secretIn,
} from "../options/webhook-options.ts";
import { shortened } from "../print/columns.ts";
import { DELIVERY_COLUMNS, testText, WEBHOOK_COLUMNS, webhookFacts } from "../print/webhook.ts";
import { several } from "../several.ts";
import type { Connect, Terminal } from "../terminal.ts";
import { type Ask, everyItem, type Schemas } from "../typed-api.ts";

/** The receiver has not taken the test; what was seen is printed. */
export class WebhookTestFailed extends Error {}

/** `pacctl webhook …`: who is told of events by requests. */
export function addWebhookCommands(pacctl: Command, connect: Connect): void {
  const webhook = pacctl
    .command("webhook")
    .description("servers that are told of events by signed requests")
    .addHelpText("after", HELP);
  addSetting(webhook, connect);
  addLooking(webhook, connect);

  webhook
    .command("remove <ids...>")
    .description("tell them of nothing more, and forget the list of requests")
    .action(async (ids: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const remove = async (id: string) =>
        terminal.ask("DELETE", "/webhooks/{id}", { path: await pathOf(terminal.ask, id) });
      await several(terminal, ids, remove, (_, id) => `Removed web hook ${id}.\n`);
    });

  webhook
    .command("test <id>")
    .description("send a test event now, and say what came of it; exit code 1 where it was not taken")
    .action(async (id: string, _options: object, command: Command) => {
      const { ask, show } = await connect(command);
      const delivery = await ask("POST", "/webhooks/{id}:test", { path: await pathOf(ask, id) });
      show(delivery, testText);
      if (delivery.result !== "delivered") throw new WebhookTestFailed(delivery.detail);
    });

  addSecretOptions(
    webhook
      .command("rotate <id>")
      .description("sign with another secret from now on; without one, pacd makes it and shows it once"),
  ).action(async (id: string, options: SecretOptions, command: Command) => {
    const { io, ask, show } = await connect(command);
    const body = await secretIn(io, options);
    const rotated = await ask("POST", "/webhooks/{id}:rotate", { path: await pathOf(ask, id), body });
    show(rotated, (one) => `Web hook ${shortOf(one)} signs with the new secret.\n${secretLines(one)}`);
  });
}

interface AddOptions extends FilterOptions, SecretOptions {
  readonly description?: string;
  readonly allowPlain?: boolean;
  readonly disabled?: boolean;
}

interface SetOptions extends FilterOptions {
  /** `--url` is where pacd answers. */
  readonly to?: string;
  readonly description?: string;
  readonly allowPlain?: boolean;
  readonly everything?: boolean;
}

function addSetting(webhook: Command, connect: Connect): void {
  const add = webhook
    .command("add <url>")
    .description("tell this server what happens from now on; its secret is made and shown once")
    .option("--description <text>", "what it is for")
    .option("--allow-plain", "take http:// also where it leaves this host; everybody on the way reads it")
    .option("--disabled", "tell it nothing yet");
  addSecretOptions(addFilterOptions(add)).action(
    async (url: string, options: AddOptions, command: Command) => {
      const { io, ask, show } = await connect(command);
      const { description, allowPlain, disabled } = options;
      const body = {
        url,
        filter: filterIn(options),
        ...(description === undefined ? {} : { description }),
        ...(allowPlain === undefined ? {} : { allowPlain }),
        enabled: disabled !== true,
        ...(await secretIn(io, options)),
      };
      show(
        await ask("POST", "/webhooks", { body }),
        (one) =>
          `Added web hook ${shortOf(one)}.\n${secretLines(one)}Try it: pacctl webhook test ${shortOf(one)}\n`,
      );
    },
  );

  const set = webhook
    .command("set <id>")
    .description("change where it is, what it is for, or which events it is told of; the rest stays")
    .option("--to <url>", "another place; what waits is tried there at once")
    .option("--description <text>", "what it is for")
    .option("--allow-plain", "take http:// also where it leaves this host")
    .option("--no-allow-plain", "take it no more")
    .option("--everything", "tell it of all events, but for the filters that are given beside");
  addFilterOptions(set).action(async (id: string, options: SetOptions, command: Command) => {
    const { ask, show } = await connect(command);
    const { to, description, allowPlain, everything = false } = options;
    const path = await pathOf(ask, id);
    const given = filterIn(options);
    const filtered = everything || Object.keys(given).length > 0;
    const before = filtered && !everything ? (await ask("GET", "/webhooks/{id}", { path })).filter : {};
    const body = {
      ...(to === undefined ? {} : { url: to }),
      ...(description === undefined ? {} : { description }),
      ...(allowPlain === undefined ? {} : { allowPlain }),
      ...(filtered ? { filter: { ...before, ...given } } : {}),
    };
    show(await ask("PATCH", "/webhooks/{id}", { path, body }), webhookFacts);
  });

  const change = async (terminal: Terminal, ids: readonly string[], body: Schemas["WebhookPatch"]) => {
    const patch = async (id: string) =>
      terminal.ask("PATCH", "/webhooks/{id}", { path: await pathOf(terminal.ask, id), body });
    await several(terminal, ids, patch, webhookFacts, "\n");
  };

  webhook
    .command("enable <ids...>")
    .description("tell them of events again, of those first that they missed")
    .option("--skip-missed", "tell them of what happens from now on alone")
    .action(async (ids: readonly string[], { skipMissed }: { skipMissed?: true }, command: Command) => {
      const skipped = skipMissed === undefined ? {} : { skipMissed };
      await change(await connect(command), ids, { enabled: true, ...skipped });
    });

  webhook
    .command("disable <ids...>")
    .description("tell them of nothing until they are enabled; what happens is kept for them")
    .action(async (ids: readonly string[], _options: object, command: Command) => {
      await change(await connect(command), ids, { enabled: false });
    });
}

function addLooking(webhook: Command, connect: Connect): void {
  webhook
    .command("list")
    .description("list web hooks, and how each is")
    .action(async (_options: object, command: Command) => {
      const { ask, list } = await connect(command);
      list(await everyItem(ask, "/webhooks"), WEBHOOK_COLUMNS, {
        empty: "No web hooks. pacctl webhook add URL adds one.\n",
      });
    });

  webhook
    .command("show <ids...>")
    .description("show a web hook, or several; never the secret")
    .action(async (ids: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const get = async (id: string) =>
        terminal.ask("GET", "/webhooks/{id}", { path: await pathOf(terminal.ask, id) });
      await several(terminal, ids, get, webhookFacts, "\n");
    });

  webhook
    .command("deliveries <id>")
    .description("list the requests to a web hook, the newest first")
    .addOption(new Option("--result <result>", "those that came out so").choices([...DELIVERY_RESULTS]))
    .option("--limit <count>", "at most so many, up to 1000", "20")
    .action(async (id: string, options: DeliveryOptions, command: Command) => {
      const { limit, result } = options;
      if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > 1000)
        throw new AppError("usage", "--limit takes a whole number from 1 to 1000.");
      const { ask, list } = await connect(command);
      const query = { limit: Number(limit), result };
      const path = await pathOf(ask, id);
      const page = await ask("GET", "/webhooks/{id}/deliveries", { path, query });
      list(page.items, DELIVERY_COLUMNS, {
        page,
        empty: "Nothing was sent.\n",
        after: page.next === undefined ? "" : "There are more: --limit COUNT\n",
      });
    });
}

interface DeliveryOptions {
  readonly limit: string;
  readonly result?: DeliveryResult;
}

/**
 * The whole of an ID, or of the beginning of one. What begins none stays as it is: the request that follows
 * says that there is none. Throws ambiguous-id.
 */
async function pathOf(ask: Ask, typed: string): Promise<{ readonly id: string }> {
  const all = await everyItem(ask, "/webhooks");
  const found = all.filter(({ id }) => id.startsWith(typed));
  if (found.length <= 1) return { id: found[0]?.id ?? typed };
  const short = shortened(found.map(({ id }) => id));
  const named = found.map(({ url }, i) => `${short[i]} (${url})`);
  throw new AppError(
    "ambiguous-id",
    `Several web hooks begin with "${typed}": ${named.join(", ")}. Type more of it.`,
    { candidates: found.map(({ id }) => id) },
  );
}

const shortOf = ({ id }: { readonly id: string }): string => id.slice(0, 8);

const secretLines = ({ secret }: Schemas["WebhookWithSecret"]): string =>
  secret === null ? "" : `Secret: ${secret}\nIt is not shown again: give it to the receiver now.\n`;

const HELP = `
Examples:
  pacctl webhook add https://hooks.example.com/pacd --type dial-failed,condition-raised
  pacctl webhook test 5f0c2a9e
  pacctl webhook deliveries 5f0c2a9e --result failed
`;
