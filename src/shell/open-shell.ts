import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { IFileSystem } from 'just-bash';
import { parse } from 'yaml';
import { SimulatedClock } from '../cloud/clock';
import { SAMPLE_IMAGES } from '../disk-image/samples';
import type { CloudState } from '../cloud/cloud';
import { startState } from '../cloud/states';
import type { BlobSource } from './files';
import { hostFolder } from './host-files';
import { HOME, sampleFiles, USER_NAMES } from './home';
import type { HomeFile } from './home';
import { realShell } from './real';
import { createSandbox } from './sandbox';
import type { Shell } from './shell';
import { StateFile, StateFileError } from './state-file';

type Environment = Readonly<Record<string, string | undefined>>;
type Samples = Awaited<ReturnType<typeof sampleFiles>>;
type Folder = { mounts: Record<string, IFileSystem>; blobOf: BlobSource };

export interface ShellChoice {
  /** The start state's name. */
  cloud: string;
  /** A folder of this machine that is the home folder. */
  files?: string;
  /** Where the embedded cloud is kept. */
  state?: string;
  /** A folder of small real files below the home folder. */
  samples?: string;
  /** With a real cloud instead of the embedded one. */
  real: boolean;
}

/** What the shell has of the machine that it runs on. */
export interface Machine {
  env: Environment;
  columns: () => number;
  maxSeconds?: number;
}

export interface OpenedShell {
  shell: Shell;
  greeting: string;
  /** Keeps what is to be kept; at the end. */
  close(): Promise<void>;
}

/** Opens the shell that `npm run shell` was asked for. Throws an error with a sentence for the user. */
export async function openShell(choice: ShellChoice, machine: Machine): Promise<OpenedShell> {
  const folder = choice.files === undefined ? undefined : await hostFolder(choice.files);
  const samples = await sampleFiles(choice.samples);
  return choice.real ? openReal(samples, folder, machine) : openEmbedded(choice, samples, folder, machine);
}

async function openEmbedded(
  { cloud, state }: ShellChoice,
  samples: Samples,
  folder: Folder | undefined,
  { env, ...machine }: Machine,
): Promise<OpenedShell> {
  const start = await startState(cloud);
  await checkUser(env['OS_CLOUD'], folder?.mounts[HOME]);
  const file = state === undefined ? undefined : new StateFile(state);
  try {
    return await openSandbox(start, file, samples, folder, { env, ...machine });
  } catch (error) {
    await file?.release();
    throw error;
  }
}

async function openSandbox(
  start: CloudState,
  file: StateFile | undefined,
  samples: Samples,
  folder: Folder | undefined,
  { env, ...machine }: Machine,
): Promise<OpenedShell> {
  const stored = await file?.read();
  const sandbox = await createSandbox({
    cloud: stored?.state ?? start,
    files: samples,
    ...(stored && { blobs: stored.blobs }),
    // what is kept has this machine's time, as behind the door of `npm run cloud`
    ...(file && { clock: new SimulatedClock(new Date()) }),
    ...folder,
    ...machine,
    env: env['OS_CLOUD'] ? { OS_CLOUD: env['OS_CLOUD'] } : {},
  }).catch((error: unknown) => {
    if (!stored || !(error instanceof Error)) throw error;
    throw new StateFileError(`${file?.file} is not a state of the embedded cloud, or it is damaged.`, {
      cause: error,
    });
  });
  const save = async () => file?.write(await sandbox.cloud.snapshot({ blobs: 'streamed' }));
  if (stored) file?.adopt(await sandbox.cloud.snapshot({ blobs: 'streamed' }));
  // a file that cannot be written shows now
  else await save();
  const close = () => save().finally(() => file?.release());
  return { shell: sandbox, greeting: 'An OpenStack cloud of your own. Try: openstack image list', close };
}

/** A home folder from elsewhere can have a clouds.yaml with users of its own. */
async function checkUser(name: string | undefined, home: IFileSystem | undefined): Promise<void> {
  if (name === undefined || name === '' || USER_NAMES.includes(name)) return;
  for (const file of CLOUDS) if (await home?.exists(`/${file}`)) return;
  throw new Error(`There is no user "${name}". Choose one of: ${USER_NAMES.join(', ')}.`);
}

const CLOUDS = ['clouds.yaml', 'clouds.yml', '.config/openstack/clouds.yaml', '.config/openstack/clouds.yml'];

/** Paths on the machine mean nothing in the shell. */
const NOT_PASSED = ['OS_CLIENT_CONFIG_FILE', 'OS_CLIENT_SECURE_FILE', 'OS_CACERT', 'OS_CERT', 'OS_KEY'];

async function openReal(
  samples: Samples,
  folder: Folder | undefined,
  { env: outer, ...machine }: Machine,
): Promise<OpenedShell> {
  const home = folder?.mounts[HOME];
  const disks = folder
    ? []
    : Object.entries(SAMPLE_IMAGES).map(([name, make]) => [`${HOME}/${name}`, make] as const);
  const files: Record<string, HomeFile> = { ...Object.fromEntries(disks), ...samples };
  const urls = Object.entries(outer).flatMap(([name, value]) =>
    name.startsWith('OS_') ? urlsIn(value) : [],
  );
  for (const kind of ['clouds', 'secure'] as const) {
    const text = (await readMounted(home, kind)) ?? (await readOuter(kind, outer));
    if (text === undefined) continue;
    files[`${HOME}/.config/openstack/${kind}.yaml`] = { content: text, mode: 0o600 };
    urls.push(...urlsIn(parse(text)));
  }
  if (urls.length === 0)
    throw new Error(
      'There is no cloud to log in to: no clouds.yaml here, in ~/.config/openstack or in /etc/openstack, and no OS_AUTH_URL.',
    );
  for (const [name, file] of home ? Object.entries(files) : [])
    if (typeof file === 'object' && 'content' in file)
      await putIn(home, path.posix.relative(HOME, name), file.content);
  const env = Object.fromEntries(
    Object.entries(outer).flatMap(([name, value]) =>
      name.startsWith('OS_') && value && !NOT_PASSED.includes(name) ? [[name, value]] : [],
    ),
  );
  const shell = realShell({ ...folder, ...machine, authUrls: urls, files, env });
  const hosts = [...new Set(urls.map((url) => new URL(url).host))].join(', ');
  return {
    shell,
    greeting: `A real cloud: what you do, you do there (${hosts}).`,
    close: async () => undefined,
  };
}

async function putIn(
  home: IFileSystem | undefined,
  name: string,
  content: string | Uint8Array,
): Promise<void> {
  if (!home || (await home.exists(`/${name}`))) return;
  await home.mkdir(path.posix.dirname(`/${name}`), { recursive: true });
  await home.writeFile(`/${name}`, content);
  await home.chmod(`/${name}`, 0o600);
}

async function readMounted(
  home: IFileSystem | undefined,
  kind: 'clouds' | 'secure',
): Promise<string | undefined> {
  for (const name of CLOUDS.map((file) => `/${file.replace('clouds', kind)}`))
    if (await home?.exists(name)) return home?.readFile(name);
  return undefined;
}

/** Where `openstack` looks on this machine: loader.py of openstacksdk. */
async function readOuter(kind: 'clouds' | 'secure', env: Environment): Promise<string | undefined> {
  const named = env[kind === 'clouds' ? 'OS_CLIENT_CONFIG_FILE' : 'OS_CLIENT_SECURE_FILE'];
  const config = env['XDG_CONFIG_HOME'] ?? path.join(env['HOME'] ?? '', '.config');
  const folders = ['.', path.join(config, 'openstack'), '/etc/openstack'];
  const places = folders.flatMap((each) =>
    ['yaml', 'yml', 'json'].map((end) => path.join(each, `${kind}.${end}`)),
  );
  for (const place of named ? [named, ...places] : places) {
    const text = await readFile(place, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Every URL in a value, however deep. */
function urlsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^https?:\/\//.test(value) && URL.canParse(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(urlsIn) : [];
}
