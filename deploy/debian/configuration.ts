/**
 * /etc/pacd/pacd.toml, made of the example: every key is there and none is set, so that a default that
 * changes with a version counts, and what an administrator has set can be seen at a glance.
 */
export function configurationFile(example: string): string {
  const lines = example
    .split("\n")
    .slice(1)
    .map((line) => (/^[a-z]\w* *=/.test(line) ? `# ${line}` : line));
  return `${HEAD}${lines.join("\n")}`;
}

const HEAD = `# The configuration of pacd: every key with its default. Take the "# " off a key to set it.
#
#   pacd check                 is everything in order? changes nothing
#   systemctl reload pacd      the changes count, and nobody is hung up
#
# pacd.toml(5) explains each key.
`;
