import type { Compilable, CompiledQuery, QueryResult } from "kysely";
import type { Db } from "./database.ts";

/** Where a value goes in a statement that is compiled before there is one. */
class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Ours: shapes that are remembered; pacd's own writes have far fewer. */
const MAX_SHAPES = 200;

const known = new Map<string, CompiledQuery>();

/**
 * Runs a statement that Kysely compiles once for its shape: compiling takes longer than SQLite needs for the
 * row of a user. `build` gets places for the values, by their names, and must make the same of the same
 * `shape`.
 */
export function compiledOnce<Row>(
  db: Db,
  shape: string,
  values: Readonly<Record<string, unknown>>,
  build: (db: Db, at: (name: string) => never) => Compilable<Row>,
): Promise<QueryResult<Row>> {
  let compiled = known.get(shape);
  if (compiled === undefined) {
    if (known.size >= MAX_SHAPES) known.clear();
    compiled = build(db, (name) => new Place(name) as never).compile();
    known.set(shape, compiled);
  }
  const parameters = compiled.parameters.map((one) => (one instanceof Place ? values[one.name] : one));
  return db.executeQuery({ ...compiled, parameters } as CompiledQuery<Row>);
}
