import { join } from "node:path";
import { run } from "../../support/lab/processes.ts";
import type { Client } from "./network.ts";
import type { Stage } from "./stage.ts";
import { type Tunnel, tunnelBetween } from "./tunnel.ts";

/** Inner addresses of host and client. */
const HOST = "10.78.0.1";
const CLIENT = "10.78.0.2";

const PORT = "1194";

/** What OpenVPN takes where nobody says otherwise. */
const MTU = 1500;

/** Both ends of an OpenVPN tunnel as one sets it up today, in the same process as ever: no kernel module. */
export async function openvpn(stage: Stage, client: Client): Promise<Tunnel> {
  const [ours, theirs] = [await certificate(stage, "host"), await certificate(stage, "client")];
  const both = ["--dev", "ovpn0", "--dev-type", "tun", "--proto", "udp", "--disable-dco", "--verb", "3"];
  const cipher = ["--data-ciphers", "AES-256-GCM"];
  const host = [
    ...["--tls-server", "--dh", "none", "--local", client.host, "--lport", PORT],
    ...["--ifconfig", HOST, CLIENT],
    ...["--cert", ours.file, "--key", ours.key, "--peer-fingerprint", theirs.fingerprint],
  ];
  const caller = [
    ...["--tls-client", "--remote", client.host, PORT, "--nobind"],
    ...["--ifconfig", CLIENT, HOST],
    ...["--cert", theirs.file, "--key", theirs.key, "--peer-fingerprint", ours.fingerprint],
  ];
  const up = /Initialization Sequence Completed/;
  await Promise.all([
    stage.run(stage.network.host, ["openvpn", ...both, ...cipher, ...host], up),
    stage.run(client.namespace, ["openvpn", ...both, ...cipher, ...caller], up),
  ]);
  return tunnelBetween(stage, client, { host: HOST, client: CLIENT }, MTU);
}

/** A certificate that nobody else has signed: the other end knows its fingerprint. */
async function certificate(stage: Stage, name: string) {
  const [file, key] = [join(stage.folder, `${name}.crt`), join(stage.folder, `${name}.key`)];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const out = ["-days", "2", "-subj", `/CN=${name}`, "-keyout", key, "-out", file];
  await run("openssl", "req", "-x509", ...kind, ...out);
  const said = await run("openssl", "x509", "-in", file, "-noout", "-fingerprint", "-sha256");
  return { file, key, fingerprint: said.slice(said.indexOf("=") + 1).trim() };
}
