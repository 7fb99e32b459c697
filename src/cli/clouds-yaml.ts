/** The files `clouds.yaml` and `secure.yaml`: `_load_config_file` of openstack/config/loader.py, and what Python says of odd ones. */
import { parse } from 'yaml';
import { CommandError } from './errors';
import type { Files } from './program';
import { isList, repr, type Value } from './python';
import { checkYaml } from './yaml/check';
import { YamlError } from './yaml/reader';

type Environment = Readonly<Record<string, string>>;
export type Mapping = { [key: string]: Value };

interface Source {
  env: Environment;
  files: Files;
  warn?: (message: string) => void;
}

/** The files a configuration may be in, the first that exists wins. */
export function searchPath(name: 'clouds' | 'secure', env: Environment): string[] {
  const home = env.HOME ?? '';
  const folders = [
    env.PWD ?? '.',
    `${env.XDG_CONFIG_HOME ?? `${home}/.config`}/openstack`,
    '/etc/xdg/openstack',
    '/etc/openstack',
  ];
  const override = env[name === 'clouds' ? 'OS_CLIENT_CONFIG_FILE' : 'OS_CLIENT_SECURE_FILE'];
  const standard = folders.flatMap((folder) =>
    ['yaml', 'yml', 'json'].map((suffix) => `${folder}/${name}.${suffix}`),
  );
  return override === undefined ? standard : [override, ...standard];
}

/** What stands under `clouds:` in clouds.yaml, secure.yaml merged in; usually a mapping of names. */
export async function loadClouds(source: Source): Promise<Value> {
  const { clouds = {} } = await loadFile('clouds', source);
  const { clouds: secure } = await loadFile('secure', source);
  return isMapping(clouds) && isMapping(secure) ? merge(clouds, secure) : clouds;
}

async function loadFile(name: 'clouds' | 'secure', { env, files, warn }: Source): Promise<Mapping> {
  for (const path of searchPath(name, env)) {
    if ((await files.stat(path)) === undefined) continue;
    const data = readYaml(path, await (await files.open(path)).text());
    if (data === null || typeof data !== 'object' || Array.isArray(data)) {
      throw new CommandError(`Configuration file ${path} is empty or not a valid mapping`);
    }
    if (!('clouds' in data)) warn?.(`Configuration file ${path} does not contain a 'clouds' key`);
    return data as Mapping; // YAML gives nothing but plain values
  }
  return {};
}

/** @throws {@link CommandError} in PyYAML's words. */
function readYaml(path: string, text: string): unknown {
  try {
    checkYaml(text);
    return parse(text, { version: '1.1', logLevel: 'silent' });
  } catch (error) {
    if (error instanceof YamlError) throw new CommandError(error.in(path));
    throw new CommandError(error instanceof Error ? error.message.trim() : String(error));
  }
}

/** The entry of that name, `undefined` for none. Odd files fail as they do in Python. */
export function entryOf(clouds: Value, name: string): Value | undefined {
  if (clouds === null) throw new CommandError("argument of type 'NoneType' is not iterable");
  const known = isMapping(clouds)
    ? Object.keys(clouds)
    : isList(clouds)
      ? clouds.map(String)
      : [String(clouds)];
  if (name !== '' && !known.includes(name)) throw new CommandError(`Cloud ${name} was not found.`);
  const entry = isMapping(clouds) ? clouds[name] : undefined;
  const faulty = !isMapping(clouds) ? clouds : entry !== undefined && !isMapping(entry) ? entry : undefined;
  if (faulty !== undefined) throw new CommandError(`${repr(typeName(faulty))} object has no attribute 'get'`);
  return entry;
}

/** `type(value).__name__` */
function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (isList(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return { string: 'str', boolean: 'bool', object: 'dict' }[typeof value as 'string' | 'boolean' | 'object'];
}

function merge(base: Mapping, over: Mapping): Mapping {
  const result = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    result[key] = isMapping(before) && isMapping(value) ? merge(before, value) : value;
  }
  return result;
}

function isMapping(value: Value | undefined): value is Mapping {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** The value if it is a mapping, else an empty one. */
export function mapping(value: Value | undefined): Mapping {
  return isMapping(value) ? value : {};
}
