/** Our command line as a program of its own, over the machine's network: `one-command.ts openstack image list`. */
import { programs } from '../../src/cli';
import { FileError, type Files } from '../../src/cli/program';

const [name, ...args] = process.argv.slice(2);
const noFiles: Files = {
  open: (path) => Promise.reject(new FileError('ENOENT', path)),
  write: (path) => Promise.reject(new FileError('EACCES', path)),
  stat: () => Promise.resolve(undefined),
  list: (path) => Promise.reject(new FileError('ENOENT', path)),
  makeFolder: (path) => Promise.reject(new FileError('EACCES', path)),
  setTime: (path) => Promise.reject(new FileError('ENOENT', path)),
};
const env = Object.fromEntries(Object.entries(process.env).map(([key, value]) => [key, value ?? '']));
async function main(): Promise<void> {
  const { stdout, stderr, exitCode } = await programs[name === 'glance' ? 'glance' : 'openstack']({
    args,
    env,
    files: noFiles,
    stdin: undefined,
    stdoutIsTerminal: false,
    columns: 80,
    fetch: (request) => fetch(request),
    now: () => new Date(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exit(exitCode);
}

void main();
