/** Options that stand before or after any command: osc_lib/shell.py, osc_lib/api/auth.py, each service's plugin. */
import type { ArgumentSpec } from '../arguments';

type Environment = Readonly<Record<string, string>>;

/** osc_lib.utils.env: the first of the variables that is set and not empty. */
function env(
  environment: Environment,
  names: readonly string[],
  fallback: string | null = '',
): string | null {
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined && value !== '') return value;
  }
  return fallback;
}

const APIS: readonly [name: string, metavar: string, standard: string][] = [
  ['compute', 'compute', '2.1'],
  ['identity', 'identity', '3'],
  ['image', 'image', '2'],
  ['network', 'network', '2.0'],
  ['object', 'object', '1'],
  ['volume', 'volume', '3'],
  ['share', 'shared-file-system', '2.88'],
  ['container-infra', 'container-infra', '1'],
  ['key-manager', 'key-manager', '1'],
  ['dns', 'dns', '2'],
  ['placement', 'placement', '1'],
];

/** What manilaclient 5.4 can ask for. */
const SHARE_VERSIONS = Array.from({ length: 89 }, (_, minor) => `2.${minor}`);

/** Kinds of `--os-auth-type` that the client knows. cloud-config.ts says which the sandbox can do. */
// prettier-ignore
const KNOWN_AUTH_TYPES = [
  'admin_token', 'http_basic', 'noauth', 'none', 'password', 'token', 'v1password', 'v2password', 'v2token', 'v3adfspassword',
  'v3applicationcredential', 'v3multifactor', 'v3oauth1', 'v3oauth2clientcredential', 'v3oauth2mtlsclientcredential',
  'v3oidcaccesstoken', 'v3oidcauthcode', 'v3oidcclientcredentials', 'v3oidcdeviceauthz', 'v3oidcpassword', 'v3password',
  'v3samlpassword', 'v3token', 'v3tokenlessauth', 'v3totp',
];

// What each way to log in wants to know. Without a text: for ways that the sandbox has not.
const AUTH: readonly [name: string, help?: string][] = [
  ['auth-url', 'where Keystone answers, such as https://openstack.example/identity/v3'],
  ['consumer-key'],
  ['consumer-secret'],
  ['access-key'],
  ['access-secret'],
  ['system-scope', 'ask for a token for the whole cloud: all'],
  ['domain-id', 'ID of the domain to work in'],
  ['domain-name', 'name of the domain to work in'],
  ['project-id', 'ID of the project to work in'],
  ['project-name', 'name of the project to work in'],
  ['project-domain-id', 'ID of the domain the project belongs to'],
  ['project-domain-name', 'name of the domain the project belongs to'],
  ['trust-id'],
  ['identity-provider'],
  ['protocol'],
  ['client-id'],
  ['client-secret'],
  ['openid-scope'],
  ['access-token-endpoint'],
  ['discovery-endpoint'],
  ['access-token-type'],
  ['redirect-uri'],
  ['code'],
  ['endpoint'],
  ['token', 'a token to log in with, instead of a password'],
  ['auth-methods'],
  ['username', 'name of the user'],
  ['password', 'password of the user'],
  ['idp-otp-key'],
  ['default-domain-id', 'ID of the domain to assume for user and project'],
  ['default-domain-name', 'name of the domain to assume for user and project'],
  ['user-id', 'ID of the user'],
  ['user-domain-id', 'ID of the domain the user belongs to'],
  ['user-domain-name', 'name of the domain the user belongs to'],
  ['oauth2-endpoint'],
  ['oauth2-client-id'],
  ['oauth2-client-secret'],
  ['passcode'],
  ['device-authorization-endpoint'],
  ['code-challenge-method'],
  ['access-token'],
  ['identity-provider-url'],
  ['service-provider-endpoint'],
  ['service-provider-entity-id'],
  ['application-credential-secret', 'secret of the application credential'],
  ['application-credential-id', 'ID of the application credential'],
  ['application-credential-name', 'name of the application credential'],
];

/** The global options; their defaults come from the environment. */
export function globalOptions(environment: Environment): ArgumentSpec[] {
  const variable = (name: string): string => `OS_${name.toUpperCase().replaceAll('-', '_')}`;
  const option = (
    name: string,
    metavar: string,
    help: string,
    more: Partial<ArgumentSpec> = {},
  ): ArgumentSpec => ({
    names: [`--os-${name}`],
    metavar: `<${metavar}>`,
    dest: name.replaceAll('-', '_'),
    default: env(environment, [variable(name)]),
    help: `${help} (Env: ${variable(name)})`,
    ...more,
  });

  return [
    {
      names: ['-v', '--verbose'],
      action: 'count',
      dest: 'verbose_level',
      default: 1,
      exclusive: 'verbosity',
      help: 'Say more; twice for still more.',
    },
    {
      names: ['-q', '--quiet'],
      action: 'store_const',
      dest: 'verbose_level',
      const: 0,
      exclusive: 'verbosity',
      help: 'Say nothing but errors.',
    },
    { names: ['--log-file'], help: 'Write the log to this file as well.', absent: true },
    { names: ['-h', '--help'], dest: 'deferred_help', action: 'store_true', help: 'Show this help.' },
    { names: ['--debug'], action: 'store_true', help: 'Show every request and answer.' },
    option('cloud', 'cloud-config-name', 'Entry of clouds.yaml to use'),
    option('region-name', 'auth-region-name', 'Region to work in'),
    option('cacert', 'ca-bundle-file', 'Certificates to trust', {
      default: env(environment, ['OS_CACERT'], null),
    }),
    option('cert', 'certificate-file', 'Certificate to show to the server'),
    option('key', 'key-file', 'Key of that certificate'),
    {
      names: ['--verify'],
      action: 'store_true',
      default: null,
      exclusive: 'verify',
      help: "Check the server's certificate (default)",
    },
    {
      names: ['--insecure'],
      action: 'store_true',
      default: null,
      exclusive: 'verify',
      help: "Do not check the server's certificate",
    },
    option('default-domain', 'auth-domain', 'ID of the domain to assume, default=default.', {
      default: env(environment, ['OS_DEFAULT_DOMAIN'], 'default'),
    }),
    option(
      'interface',
      'interface',
      'Which endpoints of the catalog to talk to: admin, public, internal. default=public,',
      {
        choices: ['admin', 'public', 'internal'],
      },
    ),
    option(
      'service-provider',
      'service_provider',
      'Service provider to work on, with Keystone-to-Keystone federation',
      { absent: true },
    ),
    option('remote-project-name', 'remote_project_name', 'Name of the project there', {
      exclusive: 'remote project',
      absent: true,
    }),
    option('remote-project-id', 'remote_project_id', 'ID of the project there', {
      exclusive: 'remote project',
      absent: true,
    }),
    option('remote-project-domain-name', 'remote_project_domain_name', 'Name of its domain', {
      exclusive: 'remote domain',
      absent: true,
    }),
    option('remote-project-domain-id', 'remote_project_domain_id', 'ID of its domain', {
      exclusive: 'remote domain',
      absent: true,
    }),
    { names: ['--timing'], action: 'store_true', help: 'Print how long each request took', absent: true },
    { names: ['--os-beta-command'], action: 'store_true', help: 'Allow commands that are still beta' },
    {
      names: ['--os-profile'],
      metavar: 'hmac-key',
      dest: 'profile',
      default: env(environment, ['OS_PROFILE']),
      help: 'Key for tracing requests with osprofiler',
      absent: true,
    },
    ...APIS.map(([name, metavar, standard]) =>
      option(`${name}-api-version`, `${metavar}-api-version`, `Version of this API, default=${standard}`, {
        dest: `os_${name.replaceAll('-', '_')}_api_version`,
        ...(name === 'share' && { choices: SHARE_VERSIONS }),
      }),
    ),
    option('auth-type', 'auth-type', `Way to log in. Known: ${KNOWN_AUTH_TYPES.join(', ')}`, {
      choices: KNOWN_AUTH_TYPES,
    }),
    ...AUTH.map(([name, help]) => {
      const names =
        name === 'project-name'
          ? ['OS_PROJECT_NAME', 'OS_TENANT_NAME']
          : name === 'project-id'
            ? ['OS_PROJECT_ID', 'OS_TENANT_ID']
            : [variable(name)];
      return option(name, `auth-${name}`, help ?? 'For a way to log in that is not in this sandbox', {
        default: env(environment, names),
      });
    }),
    { names: ['--os-tenant-name'], metavar: '<auth-tenant-name>', dest: 'os_project_name', hidden: true },
    { names: ['--os-tenant-id'], metavar: '<auth-tenant-id>', dest: 'os_project_id', hidden: true },
  ];
}
