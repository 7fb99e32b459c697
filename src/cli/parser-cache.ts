const MAX = 50;
const made = new Map<string, unknown>();

/**
 * A parser made before for the same words and the same environment, or a new one: making the hundred options of
 * `openstack` takes longer than anything else that a command does.
 *
 * @param key the program, and everything beside the environment that the parser depends on.
 */
export function cachedParser<T>(
  key: readonly unknown[],
  env: Readonly<Record<string, string>>,
  make: () => T,
): T {
  const relevant = Object.entries(env).filter(([name]) =>
    /^(OS_|CLIFF_|COLUMNS|COMPUTE|GLANCE|IMAGE)/.test(name),
  );
  const id = JSON.stringify([key, relevant.sort()]);
  if (made.has(id)) return made.get(id) as T; // what `make` gave for the same key
  const parser = make();
  if (made.size >= MAX) made.clear();
  made.set(id, parser);
  return parser;
}
