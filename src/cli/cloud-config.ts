/**
 * Whom to log in as and where: flags over environment over clouds.yaml over defaults.
 * Models openstack/config/loader.py of openstacksdk 4.4 and osc_lib/cli/client_config.py.
 */
import { CommandError } from './errors';
import { entryOf, loadClouds, mapping, type Mapping } from './clouds-yaml';
import type { Files } from './program';
import { isList, repr, type Value } from './python';

type Environment = Readonly<Record<string, string>>;

/** One cloud, ready to log in to. */
export interface CloudRegion {
  /** Name of the entry in clouds.yaml; empty without one. */
  name: string;
  authType: string;
  /** `auth_url`, `username`, `project_name`, … */
  auth: Readonly<Record<string, string>>;
  regionName: string | undefined;
  interface: string;
  /** Everything else that was set, such as `identity_api_version`. */
  config: Readonly<Record<string, Value>>;
}

export interface ConfigSource {
  env: Environment;
  files: Files;
  /** What flags and `OS_*` variables said, by option name without `os_`; empty values do not count. */
  options: Readonly<Record<string, Value>>;
  /** The entry to take; empty for none. */
  cloud: string;
  /** Takes a remark about the files that does not stop anything. */
  warn?: (message: string) => void;
}

const DEFAULTS: Mapping = { interface: 'public', auth_type: 'password', image_format: 'qcow2' };

const SCOPE = [
  'system_scope',
  'domain_id',
  'domain_name',
  'project_id',
  'project_name',
  'project_domain_id',
  'project_domain_name',
  'trust_id',
];
const USER = ['user_id', 'username', 'user_domain_id', 'user_domain_name', 'password'];
const APPLICATION_CREDENTIAL = [
  'application_credential_secret',
  'application_credential_id',
  'application_credential_name',
];

/** Ways to log in that this sandbox has, and what each wants to know. */
export const AUTH_PLUGINS: Readonly<Record<string, readonly string[]>> = {
  password: ['auth_url', ...SCOPE, 'default_domain_id', 'default_domain_name', ...USER],
  v3password: ['auth_url', ...SCOPE, ...USER],
  token: ['auth_url', ...SCOPE, 'default_domain_id', 'default_domain_name', 'token'],
  v3token: ['auth_url', ...SCOPE, 'token'],
  v3applicationcredential: ['auth_url', ...SCOPE, ...USER.slice(0, 4), ...APPLICATION_CREDENTIAL],
};

/** Reads the files and puts everything together; does not check that it is enough to log in. */
export async function getOne(source: ConfigSource): Promise<CloudRegion> {
  const { cloud } = source;
  const entry = entryOf(await loadClouds(source), cloud);

  const config: Mapping = { ...DEFAULTS, auth: {}, ...mapping(entry) };
  const auth: Mapping = { ...mapping(mapping(entry).auth) };
  for (const [key, value] of Object.entries(source.options)) {
    if (value !== null && value !== '') config[key] = value;
  }
  const region = regionOf(cloud, config, mapping(entry), source);
  if (config.endpoint_type !== undefined) config.interface = config.endpoint_type;
  fixProject(config, auth);
  fixDomains(config, auth);

  const authType = String(config.auth_type ?? 'password');
  // Only with an explicit "3" does the client fill in the default domain.
  if (String(config.identity_api_version ?? '') === '3' && ['password', 'v3password'].includes(authType)) {
    const standard = config.default_domain ?? 'default';
    for (const kind of ['project', 'user']) {
      if (!auth[`${kind}_domain_id`] && !auth[`${kind}_domain_name`]) auth[`${kind}_domain_id`] = standard;
    }
  }
  // in the plugin's own order, which --debug shows
  for (const key of AUTH_PLUGINS[authType] ?? []) {
    const value = config[key] ?? (key === 'username' ? config.user_name : undefined) ?? auth[key];
    delete auth[key];
    if (value !== undefined && value !== '' && value !== null) auth[key] = value;
  }
  for (const kind of ['id', 'name']) {
    const standard = auth[`default_domain_${kind}`];
    if (standard === undefined) continue;
    for (const whose of ['user', 'project']) {
      if (!auth[`${whose}_domain_id`] && !auth[`${whose}_domain_name`])
        auth[`${whose}_domain_${kind}`] = standard;
    }
  }
  return {
    name: cloud,
    authType,
    auth: Object.fromEntries(
      Object.entries(auth).map(([key, value]) => [key.replaceAll('-', '_'), String(value)]),
    ),
    regionName: region === '' ? undefined : region,
    interface: String(config.interface),
    config,
  };
}

/**
 * Throws what the client says when something is missing: osc_lib's `_validate_auth` and
 * `check_valid_authentication_options`, keystoneauth's plugins. The sandbox cannot ask for a password.
 */
export function checkAuth({ auth, authType }: CloudRegion): void {
  const plugin = AUTH_PLUGINS[authType];
  if (plugin === undefined) {
    throw new CommandError(
      `The way to log in ${repr(authType)} is not in this sandbox. It has: ${Object.keys(AUTH_PLUGINS).join(', ')}`,
    );
  }
  const required = [
    ['auth_url', 'auth-url'] as const,
    ...(authType === 'v3applicationcredential' ? [SECRET] : []),
  ];
  const absent = required
    .filter(([key]) => !auth[key])
    .map(([, name]) => `Missing value ${name} required for auth plugin ${authType}`);
  if (absent.length > 0) throw new CommandError(absent.join('\n'));

  const password = plugin.includes('password');
  if (password && !auth.password)
    throw new CommandError('No password entered, or found via --os-password or OS_PASSWORD');
  if (plugin.includes('token') && !auth.token)
    throw new CommandError("Token.__init__() missing 1 required positional argument: 'token'");
  if (authType.startsWith('v3') && auth.username && !auth.user_domain_id && !auth.user_domain_name) {
    throw new CommandError(
      'You have provided a username. In the V3 identity API a username is only unique within a domain so you must also provide either a user_domain_id or user_domain_name.',
    );
  }
  if (
    authType === 'v3applicationcredential' &&
    !auth.application_credential_id &&
    !auth.application_credential_name
  ) {
    throw new CommandError(
      'You must provide either an application credential ID or an application credential name and user.',
    );
  }
  if (password && !auth.username && !auth.user_id) {
    throw new CommandError(
      'Missing parameter(s): \nSet a username with --os-username, OS_USERNAME, or auth.username or set a user-id with --os-user-id, OS_USER_ID, or auth.user_id',
    );
  }
  if (authType.startsWith('v3')) checkProject(auth);
}

/** `BaseV3Loader.load_from_options` of keystoneauth1/loading/identity.py. */
function checkProject(auth: CloudRegion['auth']): void {
  if (!auth.project_name || auth.project_domain_id || auth.project_domain_name) return;
  throw new CommandError(
    'You have provided a project_name. In the V3 identity API a project_name is only unique within a domain so you must also provide either a project_domain_id or project_domain_name.',
  );
}

const SECRET = ['application_credential_secret', 'application_credential_secret'] as const;

function regionOf(cloud: string, config: Mapping, entry: Mapping, { options }: ConfigSource): string {
  const asked = typeof options.region_name === 'string' ? options.region_name : '';
  const known = knownRegions(entry);
  delete config.regions;
  if (cloud === '' || known.length === 0) return asked || string(config.region_name);
  if (asked === '') return known[0] ?? '';
  if (known.includes(asked)) return asked;
  throw new CommandError(
    `Region ${asked} is not a valid region name for cloud ${cloud}. Valid choices are ${known.join(',')}. Please note that region names are case sensitive.`,
  );
}

function knownRegions(entry: Mapping): string[] {
  const { regions, region_name: name } = entry;
  if (regions !== undefined && isList(regions))
    return regions.map((region) => (typeof region === 'string' ? region : string(mapping(region).name)));
  if (name !== undefined && isList(name)) return name.map(string);
  return typeof name === 'string' ? name.split(',') : [];
}

/** `_fix_backwards_project`: scope and domains move into `auth`, `tenant` is an old word for project. */
function fixProject(config: Mapping, auth: Mapping): void {
  const words: Record<string, string[]> = {
    domain_id: ['domain_id', 'domain-id'],
    domain_name: ['domain_name', 'domain-name'],
    user_domain_id: ['user_domain_id', 'user-domain-id'],
    user_domain_name: ['user_domain_name', 'user-domain-name'],
    project_domain_id: ['project_domain_id', 'project-domain-id'],
    project_domain_name: ['project_domain_name', 'project-domain-name'],
    token: ['auth-token', 'auth_token', 'token'],
    project_id: ['tenant_id', 'tenant-id', 'project_id', 'project-id'],
    project_name: ['tenant_name', 'tenant-name', 'project_name', 'project-name'],
  };
  for (const [target, names] of Object.entries(words)) {
    let value: Value | undefined;
    for (const name of names) {
      for (const place of [auth, config]) {
        if (place[name] !== undefined) value = place[name];
        delete place[name];
      }
    }
    if (value !== undefined && value !== null && value !== '') auth[target] = value;
  }
}

/** `_handle_domain_id`: with a project, `domain_name` stands for both the user's and the project's domain. */
function fixDomains(_config: Mapping, auth: Mapping): void {
  if (auth.project_id === undefined && auth.project_name === undefined) return;
  for (const kind of ['id', 'name']) {
    const value = auth[`domain_${kind}`];
    delete auth[`domain_${kind}`];
    if (value === undefined) continue;
    auth[`user_domain_${kind}`] ??= value;
    auth[`project_domain_${kind}`] ??= value;
  }
}

function string(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}
