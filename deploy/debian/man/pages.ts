import type { CommandPage } from "./command-page.ts";

/** pacctl(1). */
export const PACCTL_PAGE: CommandPage = {
  program: "pacctl",
  section: 1,
  summary: "manage pacd, dial PPTP servers, explain captures",
  description: `
pacctl is the command line of pacd(8), a PPTP access concentrator: a client of its REST API. Run by root on pacd's own host it finds
API and token by itself; elsewhere PACD_URL and PACD_TOKEN say where they are.

Some commands do without pacd: pacctl dial is a PPTP client that says of any server why it does not let a user in, pacctl decode
explains a packet capture, pacctl backup verify checks a backup, and pacctl backup restore puts one in place while pacd is stopped.`,
  chapters: [],
  files: [
    ["/etc/pacd/pacd.toml", "the configuration of pacd"],
    ["/run/pacd/admin.sock", "the API for root and the group pacd, without a token"],
    ["/var/lib/pacd/admin-token", "the token of the API, which root and the user pacd may read"],
    ["~/.config/pacd/log-ins.json", "what pacctl log-in keeps, for its user alone"],
  ],
  seeAlso:
    "pacd(8), pacd.toml(5), and the documents in /usr/share/doc/pacd: verdicts.md, dial.md, decode.md, api.md",
};

/** pacd(8). */
export const PACD_PAGE: CommandPage = {
  program: "pacd",
  section: 8,
  summary: "PPTP access concentrator",
  description: `
pacd answers PPTP (RFC 2637) on TCP port 1723 and GRE (IP protocol 47), hands out addresses, and routes the clients into the network
of its host. It is managed over a REST API, on 127.0.0.1:8723 unless the configuration says otherwise, with pacctl(1).

As a service it is started by systemd(1): systemctl status pacd says how it is, journalctl -u pacd what it did. Run by hand, pacd
serve stays in the foreground and logs to standard output.`,
  chapters: [
    [
      "Exit status",
      `
0: pacd was told to stop and has said goodbye to every client, or pacd check found nothing missing. 1: it could not start, or something
is missing. 2: the command line was not understood. 70: the stop itself failed. 75: pacd could not go on and wants to be started again.`,
    ],
    [
      "Signals",
      "SIGTERM, SIGINT and SIGQUIT end pacd after it has told every client; a second one ends it at once. See exit-codes.md.",
    ],
  ],
  files: [
    ["/etc/pacd/pacd.toml", "the configuration; pacd.toml(5)"],
    ["/var/lib/pacd", "database, secret key and token; back them up together"],
    ["/var/cache/pacd", "compiled code, made anew where it is missing"],
  ],
  seeAlso: "pacctl(1), pacd.toml(5), and the documents in /usr/share/doc/pacd: operations.md first",
};
