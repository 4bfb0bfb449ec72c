import { type TSchema, Type } from "typebox";
import { DEFAULT_PAGE } from "../limits.ts";
import { CLOSED, oneOf, reference } from "./reference.ts";

/** What every query of a list in pages takes. */
export const pageFields = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1000, description: `Items at most; ${DEFAULT_PAGE} where absent` }),
  ),
  cursor: Type.Optional(Type.String({ minLength: 1, description: "`next` of an earlier answer" })),
};

export const PageQuery = Type.Object(pageFields, CLOSED);

/** Groups in pages. */
export const GroupQuery = Type.Object(pageFields, CLOSED);

/** How one dial is to be shown. */
export const AttemptFormat = Type.Object(
  {
    format: Type.Optional(
      oneOf(["json", "text", "html"], {
        description: "The whole as JSON (where absent), or drawn as a ladder: as text, or as one HTML file",
      }),
    ),
  },
  CLOSED,
);

/** For every route that takes no query: unknown parameters are refused there too. */
export const NoQuery = Type.Object({}, CLOSED);

/** The envelope of every list. */
export const listOf = <T extends TSchema>(item: T, description: string) =>
  Type.Object(
    {
      items: Type.Array(reference(item)),
      next: Type.Optional(
        Type.String({ description: "Cursor of the next page; absent on the last", examples: ["YW5uYQ"] }),
      ),
    },
    { ...CLOSED, description },
  );

/** What the store wants to know of a page. */
export const pageOf = (query: { readonly limit?: number; readonly cursor?: string }) => ({
  limit: query.limit ?? DEFAULT_PAGE,
  ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
});
