import { isOrderly } from "../../verdicts/register.ts";
import { escaped } from "./escape.ts";

/** One call among many. */
export interface IndexedCall {
  /** Where it is drawn: a file beside this one, or `#` and an id in it. */
  readonly href: string;
  readonly number: number;
  readonly began: string;
  readonly client: string;
  readonly server: string;
  readonly user: string;
  readonly encryption: string;
  readonly verdict: { readonly code: string; readonly cause: string };
  /** Its session had come up: an end as it should be is no failure then. */
  readonly up: boolean;
}

/**
 * Ours: with more calls than this, those of one verdict are folded: first it is seen which verdicts there
 * are.
 */
const ALL_OPEN = 100;

/** Ours: calls of one table. A browser lays out only the tables that are on the screen. */
const TABLE = 100;

const COLUMNS = ["Call", "Began", "Client", "Server", "User", "Encryption"] as const;

/** Calls by verdict: what failed most often first, and those that were well last. */
export function callsIndex(calls: readonly IndexedCall[]): string {
  const groups = Map.groupBy(calls, (call) => `${call.verdict.code} ${wentWell(call)}`);
  const open = calls.length <= ALL_OPEN;
  return [...groups.values()]
    .toSorted((a, b) => Number(wentWell(a[0]!)) - Number(wentWell(b[0]!)) || b.length - a.length)
    .map((group) => groupOf(group, open))
    .join("");
}

const wentWell = ({ verdict, up }: IndexedCall): boolean => isOrderly(verdict.code, up);

function groupOf(calls: readonly IndexedCall[], open: boolean): string {
  const { code, cause } = calls[0]!.verdict;
  const count = `${calls.length} ${calls.length === 1 ? "call" : "calls"}`;
  const tables: string[] = [];
  for (let at = 0; at < calls.length; at += TABLE) tables.push(table(calls.slice(at, at + TABLE)));
  const failed = wentWell(calls[0]!) ? "" : " failed";
  return [
    `<details class="verdict group${failed}"${open ? " open" : ""}>`,
    `<summary><b>${count}:</b> ${escaped(cause)} <code>${escaped(code)}</code></summary>`,
    ...tables,
    "</details>",
    "",
  ].join("\n");
}

const table = (calls: readonly IndexedCall[]): string =>
  [
    '<div class="piece"><table class="calls">',
    `<thead><tr>${COLUMNS.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>`,
    ...calls.map(line),
    "</table></div>",
  ].join("\n");

function line({ href, number, began, client, server, user, encryption }: IndexedCall): string {
  const cells = [began, client, server, user, encryption].map((text) => `<td>${escaped(text)}</td>`).join("");
  return `<tr><td><a href="${escaped(href)}">${number}</a></td>${cells}</tr>`;
}
