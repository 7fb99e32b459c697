/** Types a transcript at the embedded cloud. */
import type { ProgramContext } from '../../../program';
import { login, run } from '../../../testing/terminal';
import { printed, type Typed } from './real-run';

/** Types every line of a transcript, one after another, at one embedded cloud. */
export async function typeAll(
  lines: readonly Typed[],
  cloud: Pick<ProgramContext, 'fetch'>,
): Promise<string[]> {
  const kept = new Map<string, string>();
  const fill = (word: string): string =>
    word.replace(/\$([A-Z]\w*)/g, (_, name: string) => kept.get(name) ?? '');
  const outputs: string[] = [];
  for (const { user, env: changes, keep, args } of lines) {
    const all = { ...login(user, user === 'viewer' ? 'demo' : user), ...changes };
    const env = Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, fill(value)]])),
    );
    const result = await run(['openstack', ...args.map(fill)], {
      env,
      stdin: new Blob([]),
      fetch: (request) => cloud.fetch(request),
    });
    if (keep !== undefined) kept.set(keep, String(result.stdout).trim());
    outputs.push(printed({ ...result, stdout: String(result.stdout) }));
  }
  return outputs;
}
