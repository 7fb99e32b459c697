/** Which cloud an example talks to: a real one where the environment names one, the embedded one otherwise. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigException, connect, type CloudConfig, type Connection } from '../src/client';
import { SimulatedClock } from '../src/cloud/clock';
import { Cloud } from '../src/cloud/cloud';
import { startState } from '../src/cloud/states';

type Environment = Readonly<Record<string, string | undefined>>;

/** One cloud, and who can be logged in to it. */
export interface CloudAccess {
  /** For people: which cloud this is. */
  description: string;
  connection: Connection;
  /** Logs in as another entry of clouds.yaml. */
  connectAs(cloud: string): Promise<Connection>;
  /** Logs in with what no clouds.yaml says. */
  connectWith(config: CloudConfig): Connection;
}

/**
 * Follows the `openstack` command: `OS_CLOUD` chooses an entry of clouds.yaml, looked for in `OS_CLIENT_CONFIG_FILE`,
 * here, in ~/.config/openstack and in /etc/openstack; without it, `OS_AUTH_URL` and its like are used.
 * With none of them it is the embedded cloud, as the user demo.
 *
 * @throws {@link ConfigException} when `OS_CLOUD` names an entry that does not exist, or something is missing from it.
 */
export async function connectFromEnvironment(env: Environment = process.env): Promise<CloudAccess> {
  if (env.OS_CLOUD) {
    return {
      description: `cloud ${env.OS_CLOUD} of clouds.yaml`,
      connection: connect(cloudsYamlEntry(env.OS_CLOUD, env)),
      connectAs: async (cloud) => connect(cloudsYamlEntry(cloud, env)),
      connectWith: (config) => connect(config),
    };
  }
  if (env.OS_AUTH_URL) {
    return {
      description: env.OS_AUTH_URL,
      connection: connect(configFromVariables(env)),
      connectAs: async (cloud) => connect(cloudsYamlEntry(cloud, env)),
      connectWith: (config) => connect(config),
    };
  }
  return embeddedCloud();
}

/** A new embedded cloud that starts as a lesson does; its users' names are their clouds.yaml entries. */
export async function embeddedCloud(state: 'course' | 'empty' = 'course'): Promise<CloudAccess> {
  const clock = new SimulatedClock('2026-11-22T09:00:00Z');
  const cloud = new Cloud({ state: await startState(state), clock });
  const connectWith = (config: CloudConfig) =>
    connect(config, {
      fetch: (request) => cloud.fetch(request),
      now: () => clock.now(),
      sleep: async (ms) => clock.advance(ms),
    });
  const connectAs = async (user: string) =>
    connectWith({
      auth: {
        auth_url: `${cloud.baseUrl}/identity/v3`,
        username: user,
        password: 'secret',
        project_name: user === 'viewer' ? 'demo' : user,
        user_domain_name: 'Default',
        project_domain_name: 'Default',
      },
      region_name: 'RegionOne',
    });
  return { description: 'the embedded cloud', connection: await connectAs('demo'), connectAs, connectWith };
}

/** YAML reads `password: 1234` as a number. */
const word = z.union([z.string(), z.number()]).transform(String);
const text = word.optional();
const scope = {
  auth_url: z.string(),
  project_id: text,
  project_name: text,
  project_domain_id: text,
  project_domain_name: text,
  domain_id: text,
  domain_name: text,
  system_scope: text,
  default_domain: text,
};
const user = { user_id: text, username: text, user_domain_id: text, user_domain_name: text };
const common = {
  region_name: text,
  interface: z.enum(['public', 'internal', 'admin']).optional(),
  image_endpoint_override: text,
  identity_endpoint_override: text,
};
const password = z.object({ ...scope, ...user, password: word });
const cloudConfig = z.discriminatedUnion('auth_type', [
  z.object({
    ...common,
    auth_type: z.enum(['token', 'v3token']),
    auth: z.object({ ...scope, token: z.string() }),
  }),
  z.object({
    ...common,
    auth_type: z.literal('v3applicationcredential'),
    auth: z.object({
      ...scope,
      application_credential_id: text,
      application_credential_name: text,
      application_credential_secret: z.string(),
      ...user,
    }),
  }),
  z.object({ ...common, auth_type: z.enum(['password', 'v3password']), auth: password }),
]);

function cloudsYamlEntry(name: string, env: Environment): CloudConfig {
  const places = [
    env.OS_CLIENT_CONFIG_FILE,
    'clouds.yaml',
    join(homedir(), '.config/openstack/clouds.yaml'),
    '/etc/openstack/clouds.yaml',
  ];
  const file = places.find((place) => place !== undefined && existsSync(place));
  if (file === undefined) throw new ConfigException(`No clouds.yaml found, so there is no cloud ${name}.`);
  const clouds = z
    .object({ clouds: z.record(z.string(), z.unknown()) })
    .parse(parse(readFileSync(file, 'utf8')));
  const entry = clouds.clouds[name];
  if (entry === undefined) throw new ConfigException(`Cloud ${name} was not found in ${file}.`);
  return asConfig(entry, `Cloud ${name} in ${file}`);
}

function configFromVariables(env: Environment): CloudConfig {
  const variable = (name: string) => env[`OS_${name.toUpperCase()}`] || undefined;
  const auth = Object.fromEntries(
    [...Object.keys(scope), ...Object.keys(user), 'password', 'token'].map((name) => [name, variable(name)]),
  );
  const credential = [
    'application_credential_id',
    'application_credential_name',
    'application_credential_secret',
  ];
  for (const name of credential) auth[name] = variable(name);
  auth.default_domain ??= 'default';
  const config = {
    auth_type: variable('auth_type') ?? (auth.token === undefined ? 'password' : 'token'),
    auth,
    region_name: variable('region_name'),
    interface: variable('interface'),
  };
  return asConfig(config, 'The environment (OS_* variables)');
}

function asConfig(entry: unknown, source: string): CloudConfig {
  const result = cloudConfig.safeParse({ auth_type: 'password', ...z.looseObject({}).parse(entry) });
  if (!result.success)
    throw new ConfigException(`${source} cannot be used:\n${z.prettifyError(result.error)}`);
  return result.data;
}
