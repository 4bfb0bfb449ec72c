import { Findings, type ImportedUser, type Parsed } from "./import-types.ts";

/** What of there is what of here. */
export interface Adoption {
  /** The group of all who are in none by the file. */
  readonly group?: string | undefined;
  /** The pool of all who have neither an address nor a pool by the file. */
  readonly pool?: string | undefined;
  /** Groups by the profiles of there. */
  readonly profiles: ReadonlyMap<string, string>;
  /** Pools by those of there. */
  readonly pools: ReadonlyMap<string, string>;
}

/** Users as pacd would have them, and what it has nothing for. */
export function adopted(parsed: Parsed, adoption: Adoption): Parsed {
  const findings = new Findings();
  findings.remarks.push(...parsed.remarks);
  for (const user of parsed.users) findings.users.push(adoptedUser(user, adoption, findings));
  return findings;
}

function adoptedUser(user: ImportedUser, adoption: Adoption, findings: Findings): ImportedUser {
  const { line, profile, pool: theirPool, name, ...rest } = user;
  const fields: Record<string, unknown> = { ...user.fields };
  const group = profile === undefined ? undefined : adoption.profiles.get(profile);
  if (profile !== undefined && group === undefined)
    findings.part(
      line,
      `profile=${profile} is not taken over; pacd has groups: --map-profile "${profile}=GROUP"`,
    );
  const pool = theirPool === undefined ? undefined : adoption.pools.get(theirPool);
  if (theirPool !== undefined && pool === undefined)
    findings.part(line, "the pool of there is not taken over: --map-pool THERE=HERE says which it is here");
  const inGroup = fields["group"] ?? group ?? adoption.group;
  if (inGroup !== undefined) fields["group"] = inGroup;
  const usual = fields["staticAddress"] === undefined ? adoption.pool : undefined;
  const ofPool = fields["pool"] ?? pool ?? usual;
  if (ofPool !== undefined) fields["pool"] = ofPool;
  const back = (rest.back ?? []).filter((field) => fields[field] === undefined);
  return { ...rest, line, name: withoutDomain(name, line, findings), fields, ...(rest.back && { back }) };
}

/** A log-in of OFFICE\anna is one of anna: pacd drops the domain, and so must the list. */
function withoutDomain(name: string, line: number, findings: Findings): string {
  const bare = name.slice(name.lastIndexOf("\\") + 1);
  if (bare === name || bare === "") return name;
  findings.part(line, "the domain before the name is left out, as pacd does at a log-in");
  return bare;
}
