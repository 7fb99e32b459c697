/** The command lines that a replay types into: the real clients, and ours. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HOME, homeFiles } from '../src/shell/home';
import type { PageShell } from '../src/transcript';
import { folder, root, startInCloud, startProgram } from './place';
import { end } from './processes';
import { Terminal } from './terminal';

/** A page's shell that is done with when the page is. */
export type OpenShell = PageShell & { close(): Promise<void> };

export interface Client {
  /** A new shell in a new home folder that leads to the cloud at `authUrl`. */
  open(authUrl: string): Promise<OpenShell>;
  close(): Promise<void>;
}

/** The learner's home folder, as the sandbox has it. The folder itself stays: it is mounted. */
function fillHome(home: string, authUrl: string): void {
  for (const name of readdirSync(home)) rmSync(path.join(home, name), { recursive: true });
  for (const [name, file] of Object.entries(homeFiles(authUrl))) {
    const { content, mode } =
      typeof file === 'function'
        ? { content: file(), mode: 0o644 }
        : typeof file === 'string' || file instanceof Uint8Array
          ? { content: file, mode: 0o644 }
          : file;
    const place = path.join(home, path.relative(HOME, name));
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
    chmodSync(place, mode);
  }
}

/**
 * `openstack` and `glance` as Debian has them, on a terminal in the cloud's root, imported once for all commands.
 *
 * @param name of its home folder; two at a time have two.
 */
export async function realClient(name: string): Promise<Client> {
  const home = path.join(folder, 'homes', name);
  mkdirSync(home, { recursive: true });
  const bin = `/usr/local/lib/${name}`;
  const socket = `${bin}/clients.sock`;
  mkdirSync(path.join(root, bin), { recursive: true });
  rmSync(path.join(root, socket), { force: true });
  writeFileSync(path.join(root, bin, 'zygote.py'), readFileSync(path.join(import.meta.dirname, 'zygote.py')));
  for (const client of ['openstack', 'glance']) {
    const script = `#!/bin/sh\nexec python3 -S -E ${bin}/zygote.py ${socket} ${client} "$@"\n`;
    writeFileSync(path.join(root, bin, client), script, { mode: 0o755 });
  }
  // openstacksdk works out where clouds.yaml is when it is imported, so the clients start in the same place as the shell
  const startInHome = (...command: string[]) =>
    startInCloud(
      [
        ...['exec', 'env', '-i', '-C', HOME, `HOME=${HOME}`, `PATH=${bin}:/usr/bin:/bin`],
        ...['OS_CLOUD=demo', 'TERM=dumb', 'LC_ALL=C.UTF-8', 'PYTHONWARNINGS=ignore'],
        ...command,
      ],
      { LEARNER_HOME: home },
    );
  const server = startInHome('python3', `${bin}/zygote.py`, 'serve', socket);
  for (let tries = 0; !existsSync(path.join(root, socket)); tries++) {
    if (tries === 600 || server.exitCode !== null)
      throw new Error('the real clients did not start within 60 s');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const terminal = readFileSync(path.join(import.meta.dirname, 'terminal.py'), 'utf8');
  return {
    open: async (authUrl) => {
      fillHome(home, authUrl);
      return new Terminal(startInHome('python3', '-c', terminal));
    },
    close: () => end(server),
  };
}

/** Our command line over the network, as `npm run shell -- --real` has it. */
export function ourClient(): Client {
  const terminal = new Terminal(startProgram('our-terminal.ts'));
  return {
    open: async (authUrl) => {
      await terminal.ask({ authUrl });
      return { run: (source) => terminal.run(source), close: async () => undefined };
    },
    close: () => terminal.close(),
  };
}
