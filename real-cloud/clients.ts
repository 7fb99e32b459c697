/** The command lines that a replay types into: the real clients, and ours. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HOME, homeFiles, sampleFiles } from '../src/shell/home';
import type { PageShell } from '../src/transcript';
import { folder, root, startInCloud, startProgram, type Network } from './place';
import { end, start } from './processes';
import type { Target } from './targets';
import { Terminal } from './terminal';

/** A page's shell that is done with when the page is. */
export type OpenShell = PageShell & { close(): Promise<void> };

export interface Client {
  /** A new shell in a new home folder that leads to a cloud, with the samples that a page asks for. */
  open(target: Pick<Target, 'authUrl' | 'login'>, samples?: string): Promise<OpenShell>;
  close(): Promise<void>;
}

/** The learner's home folder, as the sandbox has it. The folder itself stays: it is mounted. */
async function fillHome(
  home: string,
  { authUrl, login }: Pick<Target, 'authUrl' | 'login'>,
  samples?: string,
): Promise<void> {
  for (const name of readdirSync(home)) rmSync(path.join(home, name), { recursive: true });
  const files = { ...homeFiles(authUrl, login), ...(await sampleFiles(samples)) };
  for (const [name, file] of Object.entries(files)) {
    const { content, mode } =
      typeof file === 'function'
        ? { content: await file(), mode: 0o644 }
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
 * `openstack`, `glance` and `swift` as Debian has them, on a terminal in the cloud's root, imported once for all commands.
 *
 * @param name of its home folder; two at a time have two.
 */
export async function realClient(name: string, network: Network = 'cloud'): Promise<Client> {
  const home = path.join(folder, 'homes', name);
  mkdirSync(home, { recursive: true });
  const bin = `/usr/local/lib/${name}`;
  const socket = `${bin}/clients.sock`;
  mkdirSync(path.join(root, bin), { recursive: true });
  rmSync(path.join(root, socket), { force: true });
  writeFileSync(path.join(root, bin, 'zygote.py'), readFileSync(path.join(import.meta.dirname, 'zygote.py')));
  for (const client of ['openstack', 'glance', 'swift']) {
    const script = `#!/bin/sh\nexec python3 -S -E ${bin}/zygote.py ${socket} ${client} "$@"\n`;
    writeFileSync(path.join(root, bin, client), script, { mode: 0o755 });
  }
  // openstacksdk works out where clouds.yaml is when it is imported, so the clients start in the same place as the shell
  const startInHome = (...command: string[]) =>
    startInCloud(
      [
        ...[
          network === 'cloud' ? 'exec' : 'chroot',
          'env',
          '-i',
          '-C',
          HOME,
          `HOME=${HOME}`,
          `PATH=${bin}:/usr/bin:/bin`,
        ],
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
  return {
    open: async (target, samples) => {
      await fillHome(home, target, samples);
      return new Terminal(startInHome('python3', '-c', terminalProgram()));
    },
    close: () => end(server),
  };
}

const terminalProgram = () => readFileSync(path.join(import.meta.dirname, 'terminal.py'), 'utf8');

/** `openstack`, `glance` and `swift` as this machine has them. */
export function installedClient(): Client {
  const home = mkdtempSync(path.join(tmpdir(), 'learn-openstack-'));
  return {
    async open(target, samples) {
      await fillHome(home, target, samples);
      const variables = [
        `HOME=${home}`,
        `PATH=${process.env['PATH']}`,
        'OS_CLOUD=demo',
        'TERM=dumb',
        'LC_ALL=C.UTF-8',
      ];
      const command = [
        '-i',
        '-C',
        home,
        ...variables,
        'PYTHONWARNINGS=ignore',
        'python3',
        '-c',
        terminalProgram(),
      ];
      const terminal = new Terminal(start('env', command, ['pipe', 'pipe', 'inherit']));
      return {
        async run(source) {
          const { terminal: output, exitCode } = await terminal.run(source);
          return { terminal: output.replaceAll(home, HOME), exitCode };
        },
        close: () => terminal.close(),
      };
    },
    close: async () => rmSync(home, { recursive: true }),
  };
}

/** Our command line over the network, as `npm run shell -- --real` has it. */
export function ourClient(network: Network = 'cloud'): Client {
  const terminal = new Terminal(startProgram(network, 'our-terminal.ts'));
  return {
    open: async ({ authUrl, login }, samples) => {
      await terminal.ask({ authUrl, login, samples });
      return { run: (source) => terminal.run(source), close: async () => undefined };
    },
    close: () => terminal.close(),
  };
}
