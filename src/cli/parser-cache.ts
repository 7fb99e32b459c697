import type { Parser } from './argparse';

const MAX = 50;
const parsers = new Map<string, Parser>();

/**
 * A parser made before for the same words and the same environment, or a new one: making the hundred options of
 * `openstack` takes longer than anything else that a command does.
 *
 * @param key everything beside the environment that the parser depends on.
 */
export function cachedParser(
  key: readonly unknown[],
  env: Readonly<Record<string, string>>,
  make: () => Parser,
): Parser {
  const relevant = Object.entries(env).filter(([name]) =>
    /^(OS_|CLIFF_|COLUMNS|COMPUTE|GLANCE|IMAGE)/.test(name),
  );
  const id = JSON.stringify([key, relevant.sort()]);
  const known = parsers.get(id);
  if (known) return known;
  const parser = make();
  if (parsers.size >= MAX) parsers.clear();
  parsers.set(id, parser);
  return parser;
}
