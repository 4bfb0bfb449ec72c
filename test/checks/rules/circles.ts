/** For each name, those that it needs. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Groups of names that reach each other, each sorted: Tarjan's strongly connected components. */
export function circles(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (name: string): void => {
    index.set(name, index.size);
    low.set(name, index.get(name)!);
    stack.push(name);
    for (const next of graph.get(name) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(name, Math.min(low.get(name)!, low.get(next)!));
    }
    if (low.get(name) !== index.get(name)) return;
    const group = stack.splice(stack.indexOf(name));
    if (group.length > 1 || graph.get(name)?.has(name)) found.push(group.toSorted());
  };
  for (const name of graph.keys()) if (!index.has(name)) visit(name);
  return found;
}
