import type { ErrorCode } from "../../../server/errors/register.ts";

/** Document, code, and what its one line says after the file's name. */
export const REFUSALS: readonly (readonly [string, ErrorCode, string])[] = [
  [
    "[tunnel]\nmtu = 'big'",
    "config-wrong-type",
    '2: tunnel.mtu: must be a whole number from 576 to 1456, got "big"',
  ],
  [
    "\n\n[tunnel]\nmtu = 575",
    "config-bad-value",
    "4: tunnel.mtu: must be a whole number from 576 to 1456, got 575",
  ],
  [
    "[tunnel]\nmtu = 1457",
    "config-bad-value",
    "2: tunnel.mtu: must be a whole number from 576 to 1456, got 1457",
  ],
  [
    "tunnel.mtu = 1400.5",
    "config-bad-value",
    "1: tunnel.mtu: must be a whole number from 576 to 1456, got 1400.5",
  ],
  ["tunnel.mtu = nan", "config-bad-value", "1: tunnel.mtu: must be a whole number from 576 to 1456, got NaN"],
  [
    "tunnel = { mtu = true }",
    "config-wrong-type",
    "1: tunnel.mtu: must be a whole number from 576 to 1456, got true",
  ],
  [
    "[pptp]\nmax_sessions = 0",
    "config-bad-value",
    "2: pptp.max_sessions: must be a whole number from 1 to 65535, got 0",
  ],
  [
    "[users]\nmax_sessions = 65536",
    "config-bad-value",
    "2: users.max_sessions: must be a whole number from 0 to 65535, got 65536",
  ],
  [
    "[pptp]\nmax_sessions = 65536",
    "config-bad-value",
    "2: pptp.max_sessions: must be a whole number from 1 to 65535, got 65536",
  ],
  [
    "[data_plane]\nworkers = 33",
    "config-bad-value",
    "2: data_plane.workers: must be a whole number from 0 to 32, got 33",
  ],
  [
    "[data_plane]\nworkers = 'auto'",
    "config-wrong-type",
    '2: data_plane.workers: must be a whole number from 0 to 32, got "auto"',
  ],
  [
    "[data_plane]\nmppe = 'off'",
    "config-bad-value",
    '2: data_plane.mppe: must be one of "native", "typescript", got "off"',
  ],
  ["[dataplane]", "config-unknown-key", '1: dataplane: there is no such key; did you mean "data_plane"?'],
  ["[tunel]", "config-unknown-key", '1: tunel: there is no such key; did you mean "tunnel"?'],
  [
    "[pptp]\nmax-sesions = 1",
    "config-unknown-key",
    '2: pptp.max-sesions: there is no such key; did you mean "pptp.max_sessions"?',
  ],
  [
    "[tunnel]\nlisten = 1",
    "config-unknown-key",
    '2: tunnel.listen: there is no such key; did you mean "pptp.listen" or "admin.listen"?',
  ],
  ["\nmtu = 1400", "config-unknown-key", '2: mtu: there is no such key; did you mean "tunnel.mtu"?'],
  ["[nat]\ncolour = 1", "config-unknown-key", "2: nat.colour: there is no such key"],
  ["[nat.extra]\nx = 1", "config-unknown-key", "1: nat.extra: there is no such key"],
  ["[nat]\nconstructor = 1", "config-unknown-key", "2: nat.constructor: there is no such key"],
  ["__proto__ = 1", "config-unknown-key", "1: __proto__: there is no such key"],
  ["'a\\nb' = 1", "config-unknown-key", '1: "a\\\\nb": there is no such key'],
  ["tunnel = 5", "config-wrong-type", "1: tunnel: must be a table, [tunnel], got 5"],
  ["[[tunnel]]", "config-wrong-type", "1: tunnel: must be a table, [tunnel], got an array"],
  ["tunnel = 2026-01-02", "config-wrong-type", "1: tunnel: must be a table, [tunnel], got a date"],
  [
    "[nat]\nmode = 'on'",
    "config-bad-value",
    '2: nat.mode: must be one of "auto", "off", "required", got "on"',
  ],
  [
    "[nat]\nmode = false",
    "config-wrong-type",
    '2: nat.mode: must be one of "auto", "off", "required", got false',
  ],
  [
    "[log]\nlevel = 'loud'",
    "config-bad-value",
    '2: log.level: must be one of "debug", "info", "warn", "error", got "loud"',
  ],
  [
    "[state]\ndirectory = ''",
    "config-bad-value",
    '2: state.directory: must be the path of a directory, got ""',
  ],
  [
    "[state]\ndirectory = ['/x']",
    "config-wrong-type",
    "2: state.directory: must be the path of a directory, got an array",
  ],
  [
    "[tunnel]\npool = [\n '10.0.0.1-10.0.0.9',\n\n '10.0.0.9-10.0.0.20',\n]",
    "config-pool-overlap",
    "5: tunnel.pool[1]: 10.0.0.9-10.0.0.20 overlaps 10.0.0.1-10.0.0.9, which stands before it",
  ],
  [
    "[tunnel]\npool = ['10.0.0.0/24', '10.0.0.7']",
    "config-pool-overlap",
    "2: tunnel.pool[1]: 10.0.0.7 overlaps 10.0.0.1-10.0.0.254, which stands before it",
  ],
  [
    "[tunnel]\npool = []",
    "config-pool-empty",
    "2: tunnel.pool: must have at least one entry, for clients need addresses",
  ],
  [
    "[tunnel]\nlocal_address = '10.0.0.1'\npool = ['10.0.0.1']",
    "config-pool-empty",
    "3: tunnel.pool: holds nothing but 10.0.0.1, which is tunnel.local_address",
  ],
  [
    "[tunnel]\ndns = ['1.1.1.1', '8.8.8.8', '9.9.9.9']",
    "config-bad-value",
    "2: tunnel.dns: must have two addresses at most, has 3",
  ],
  [
    "[tunnel]\nwins = [\n'1.1.1.1',\n5,\n]",
    "config-wrong-type",
    "4: tunnel.wins[1]: must be an IPv4 address of a host, such as 10.77.0.1, got 5",
  ],
  [
    "[tunnel]\npool = [\n'10.0.0.9-10.0.0.5']",
    "config-bad-value",
    '3: tunnel.pool[0]: the range is reversed: 10.0.0.9 comes after 10.0.0.5; did you mean "10.0.0.5-10.0.0.9"?',
  ],
  [
    "[pools]\nguests = []",
    "config-pool-empty",
    "2: pools.guests: must have at least one entry, for clients need addresses",
  ],
  [
    "[pools]\nguests = '10.9.0.0/24'",
    "config-wrong-type",
    '2: pools.guests: must be an array; each element addresses of hosts as a range (10.77.0.10-10.77.0.99), a network (10.77.0.0/24) or a single one (10.77.0.10), got "10.9.0.0/24"',
  ],
  [
    "[pools]\nguests = ['10.77.0.1']",
    "config-pool-empty",
    "2: pools.guests: holds nothing but 10.77.0.1, which is tunnel.local_address",
  ],
  [
    "[pools]\nguests = [\n'10.9.0.1',\n'10.77.1.0/24']",
    "config-pool-overlap",
    "4: pools.guests[1]: 10.77.1.1-10.77.1.254 overlaps 10.77.0.10-10.77.3.250 of tunnel.pool",
  ],
  [
    "[pools]\nguests = ['10.9.0.0/24']\nstaff = ['10.8.0.1', '10.9.0.254-10.9.1.5']",
    "config-pool-overlap",
    "3: pools.staff[1]: 10.9.0.254-10.9.1.5 overlaps 10.9.0.1-10.9.0.254 of pools.guests",
  ],
  [
    "[pools]\nguests = ['10.9.0.1', '10.9.0.1']",
    "config-pool-overlap",
    "2: pools.guests[1]: 10.9.0.1 overlaps 10.9.0.1, which stands before it",
  ],
  [
    "[pools]\nGuests = ['10.9.0.1']",
    "config-bad-value",
    "2: pools.Guests: its name must be 1 to 32 of a-z 0-9 _ -, such as guests",
  ],
  [
    "[pools.guests]\nrange = '10.9.0.1'",
    "config-wrong-type",
    "1: pools.guests: must be an array; each element addresses of hosts as a range (10.77.0.10-10.77.0.99), a network (10.77.0.0/24) or a single one (10.77.0.10), got a table",
  ],
  ["pools = 5", "config-wrong-type", "1: pools: must be a table, [pools], got 5"],
  [
    "[pool]\nguests = ['10.9.0.1']",
    "config-unknown-key",
    '1: pool: there is no such key; did you mean "pools"?',
  ],
  [
    "[security]\nauthentication = []",
    "config-bad-value",
    "2: security.authentication: must have at least one element",
  ],
  [
    "[security]\nauthentication = ['pap', 'mschapv2']",
    "config-bad-value",
    '2: security.authentication[1]: must be one of "ms-chap-v2", "ms-chap-v1", "chap-md5", "pap", got "mschapv2"',
  ],
  [
    "[security]\nauthentication = ['pap', 'ms-chap-v2', 'pap']",
    "config-bad-value",
    '2: security.authentication[2]: "pap" stands there twice',
  ],
  [
    "[security]\nauthentication = 'pap'",
    "config-wrong-type",
    '2: security.authentication: must be an array; each element one of "ms-chap-v2", "ms-chap-v1", "chap-md5", "pap", got "pap"',
  ],
  [
    "[security]\nmppe_strengths = [128, 64]",
    "config-bad-value",
    "2: security.mppe_strengths[1]: must be one of 128, 56, 40, got 64",
  ],
  [
    "[security]\nmppe_strengths = ['128']",
    "config-wrong-type",
    '2: security.mppe_strengths[0]: must be one of 128, 56, 40, got "128"',
  ],
  [
    "[security]\nmppe_strengths = []",
    "config-bad-value",
    "2: security.mppe_strengths: must have at least one element",
  ],
  [
    "[security]\nmppe_strengths = [40, 40]",
    "config-bad-value",
    "2: security.mppe_strengths[1]: 40 stands there twice",
  ],
  [
    "[security]\nmppe_stateful = 'no'",
    "config-wrong-type",
    '2: security.mppe_stateful: must be true or false, got "no"',
  ],
  [
    "[security]\nauthentification = ['pap']",
    "config-unknown-key",
    '2: security.authentification: there is no such key; did you mean "security.authentication"?',
  ],
  [
    "[password]\nmin_length = 7",
    "config-bad-value",
    "2: password.min_length: must be a whole number from 8 to 128, got 7",
  ],
  [
    "[password]\nmax_age_days = -1",
    "config-bad-value",
    "2: password.max_age_days: must be a whole number from 0 to 3650, got -1",
  ],
  [
    "[records]\nsessions_days = 36501",
    "config-bad-value",
    "2: records.sessions_days: must be a whole number from 0 to 36500, got 36501",
  ],
  [
    "[gre]\nreorder_packets = 257",
    "config-bad-value",
    "2: gre.reorder_packets: must be a whole number from 0 to 256, got 257",
  ],
  [
    "[gre]\nreorder_delay_ms = 101",
    "config-bad-value",
    "2: gre.reorder_delay_ms: must be a whole number from 0 to 100, got 101",
  ],
  [
    "[admin]\nlisten = '127.0.0.1:1723'\n[pptp]\nlisten = '0.0.0.0:1723'",
    "config-bad-value",
    "2: admin.listen: 127.0.0.1:1723 is taken by pptp.listen",
  ],
];
