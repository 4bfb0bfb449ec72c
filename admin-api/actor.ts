import { AppError } from "../server/errors/app-error.ts";
import { ROLES, type Role, roleCovers } from "../server/store/people/role.ts";

export { ROLES, type Role };

/** Who asks: an administrator who logged in, a token, or a user of this host at the local socket. */
export interface Actor {
  readonly kind: "administrator" | "token" | "socket";
  /** Of the administrator, the token, or the user of the host. */
  readonly name: string;
  /** Stays when the name changes. */
  readonly id: string;
  readonly role: Role;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; undefined where the route is open, or nobody has been recognised yet. */
    actor: Actor | undefined;
  }
  interface FastifyContextConfig {
    /** What who asks must be at least. Not said: a viewer for GET and HEAD, an operator for all else. */
    role?: Role;
    /** What the request takes of its token's budget. Not said: 1, and more for long pages. */
    cost?: number;
  }
}

/** The role that a method needs where its route says nothing. */
export const roleForMethod = (method: string): Role =>
  method === "GET" || method === "HEAD" ? "viewer" : "operator";

/** Throws forbidden where `actor` may not do what `needed` may. */
export function demandRole(actor: Actor, needed: Role): void {
  if (roleCovers(actor.role, needed)) return;
  throw new AppError(
    "forbidden",
    `This needs the role ${needed}; ${WHO[actor.kind](actor.name)} has the role ${actor.role}.`,
    {
      neededRole: needed,
      role: actor.role,
    },
  );
}

/** Who made something, in words that stay when the one who made it is gone. */
export const madeBy = ({ kind, name }: Actor): string => `${kind} ${name}`;

const WHO: Record<Actor["kind"], (name: string) => string> = {
  administrator: (name) => `the administrator ${JSON.stringify(name)}`,
  token: (name) => `the token ${JSON.stringify(name)}`,
  socket: (name) => `the user ${JSON.stringify(name)} of this host`,
};
