/** Python programs that use nova's or neutron's own classes, in a root with their packages in it; no service runs for them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { root as realCloudRoot } from './place';

/** NOVA_ROOT if it is set (`/` is this machine's), or that of `npm run real-cloud -- up`. */
export const root = process.env['NOVA_ROOT'] ?? realCloudRoot;

/**
 * Runs a program of this folder there.
 *
 * @param modules other files of this folder that it imports.
 * @returns what it printed.
 * @throws Error if it fails; it has said why.
 */
export async function runInNova(
  program: string,
  args: readonly string[],
  input = '',
  modules: readonly string[] = [],
): Promise<string> {
  const directory = mkdtempSync(path.join(root, 'tmp/nova-'));
  try {
    const copy = path.join(directory, program);
    for (const name of [program, ...modules])
      copyFileSync(path.join(import.meta.dirname, name), path.join(directory, name));
    const inside = root === '/' ? copy : copy.slice(root.length);
    // what is mounted ends with the program
    const mounted = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"';
    const command =
      root === '/' ? [] : ['unshare', '--mount', '--propagation', 'slave', 'sh', '-c', mounted, root];
    const [first = '', ...rest] = [...command, 'env', 'LC_ALL=C.UTF-8', 'python3', inside, ...args];
    const child = spawn(first, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => undefined); // it says itself why it ended
    child.stdin.end(input);
    const [output, [code]] = await Promise.all([
      text(child.stdout),
      once(child, 'exit') as Promise<[number | null]>, // Node's event
    ]);
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with exit code ${code}`);
    return output;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
