/** The options that all commands of `swift` have: `add_default_args` of swiftclient/shell.py. */
import { int, type ArgumentSpec, type ParsedArgs } from '../arguments';
import { parseTimeout } from './bytes';
import { Exit } from './exceptions';
import { isTrue } from './headers';

type Environment = Readonly<Record<string, string>>;

/** Options about logging in to OpenStack: name, and what its value is called. */
const OPENSTACK = [
  ['username', 'auth-user-name', 'Name of the user'],
  ['user-id', 'auth-user-id', 'ID of the user'],
  ['user-domain-id', 'auth-user-domain-id', "ID of the user's domain"],
  ['user-domain-name', 'auth-user-domain-name', "Name of the user's domain"],
  ['password', 'auth-password', 'Password of the user'],
  ['tenant-id', 'auth-tenant-id', 'ID of the project, by its old name'],
  ['tenant-name', 'auth-tenant-name', 'Name of the project, by its old name'],
  ['project-id', 'auth-project-id', 'ID of the project'],
  ['project-name', 'auth-project-name', 'Name of the project'],
  ['project-domain-id', 'auth-project-domain-id', "ID of the project's domain"],
  ['project-domain-name', 'auth-project-domain-name', "Name of the project's domain"],
  ['auth-url', 'auth-url', 'URL of Keystone'],
  ['auth-type', 'auth-type', 'How to log in'],
  ['application-credential-id', 'auth-application-credential-id', 'ID of an application credential'],
  ['application-credential-secret', 'auth-application-credential-secret', 'Secret of an application credential'],
  ['auth-token', 'auth-token', 'A token instead of a password; with --os-storage-url nobody logs in'],
  ['storage-url', 'storage-url', "URL of the account instead of the catalog's"],
  ['region-name', 'region-name', 'Region of the service'],
  ['service-type', 'service-type', 'Type of the service in the catalog'],
  ['endpoint-type', 'endpoint-type', 'Which of its URLs: publicURL, internalURL or adminURL'],
  ['cacert', 'ca-certificate', 'File of certificates to check the server by'],
  ['cert', 'client-certificate-file', 'File of the certificate to show to the server'],
  ['key', 'client-certificate-key-file', 'File of the key to that certificate'],
] as const; // prettier-ignore

const dest = (name: string): string => `os_${name.replaceAll('-', '_')}`;

/** Options that are no OpenStack login. */
export function defaultOptions(env: Environment): readonly ArgumentSpec[] {
  const version = env.ST_AUTH_VERSION ?? env.OS_AUTH_VERSION ?? env.OS_IDENTITY_API_VERSION ?? '1.0';
  return [
    { names: ['--os-help'], action: 'store_true', dest: 'os_help', help: 'Show the options to log in to OpenStack.' },
    { names: ['--os_help'], action: 'store_true', hidden: true },
    { names: ['-s', '--snet'], action: 'store_true', dest: 'snet', default: false, help: 'Take the internal network of Rackspace.' },
    { names: ['-v', '--verbose'], action: 'count', dest: 'verbose', default: 1, help: 'Say more.' },
    { names: ['--debug'], action: 'store_true', dest: 'debug', default: false, help: 'Show all requests, as curl would send them, and all answers.' },
    { names: ['--info'], action: 'store_true', dest: 'info', default: false, help: 'Show those requests that are refused.' },
    { names: ['-q', '--quiet'], action: 'store_const', dest: 'verbose', const: 0, default: 1, help: 'Say nothing of what goes well.' },
    { names: ['-A', '--auth'], dest: 'auth', default: env.ST_AUTH, help: 'URL to log in at.' },
    { names: ['-V', '--auth-version', '--os-identity-api-version'], dest: 'auth_version', default: version, help: 'Version of the API to log in by. Default: env[ST_AUTH_VERSION], env[OS_AUTH_VERSION], env[OS_IDENTITY_API_VERSION] or 1.0.' },
    { names: ['-U', '--user'], dest: 'user', default: env.ST_USER, help: 'Name to log in with.' },
    { names: ['-K', '--key'], dest: 'key', default: env.ST_KEY, help: 'Key to log in with.' },
    { names: ['-T', '--timeout'], type: parseTimeout, dest: 'timeout', help: 'How long to wait for an answer, in seconds.' },
    { names: ['-R', '--retries'], type: int, default: 5, dest: 'retries', help: 'How often to try again.' },
    { names: ['--insecure'], action: 'store_true', dest: 'insecure', default: isTrue(env.SWIFTCLIENT_INSECURE), help: "Do not check the server's certificate. Default: env[SWIFTCLIENT_INSECURE]." },
    { names: ['--no-ssl-compression'], action: 'store_false', dest: 'ssl_compression', default: true, help: 'Does nothing any more.' },
    { names: ['--force-auth-retry'], action: 'store_true', dest: 'force_auth_retry', default: false, help: 'Log in again after any error, not only after 401.' },
    { names: ['--prompt'], action: 'store_true', dest: 'prompt', default: false, help: 'Ask for the password.' },
  ]; // prettier-ignore
}

/** Options of an OpenStack login; each has a name with underscores as well, which help does not show. */
export function openstackOptions(env: Environment): readonly ArgumentSpec[] {
  return OPENSTACK.flatMap(([name, metavar, help]): ArgumentSpec[] => {
    const variable = dest(name).toUpperCase();
    return [
      { names: [`--os-${name}`], metavar: `<${metavar}>`, default: env[variable], help: `${help}. Default: env[${variable}].` },
      { names: [`--os_${name.replaceAll('-', '_')}`], hidden: true },
    ];
  }); // prettier-ignore
}

/** How to log in, worked out from the options. */
export interface Login {
  auth: string;
  user: string;
  key: string;
  authVersion: string;
  retries: number;
  snet: boolean;
  forceAuthRetry: boolean;
  /** `os_…` options by their names without that. */
  os: Readonly<Partial<Record<string, string>>>;
}

const VERSION_OF_TYPE: Readonly<Record<string, string>> = {
  v1password: '1.0',
  v2password: '2.0',
  v3password: '3',
  v3applicationcredential: '3',
};

/** `process_options` of swiftclient/service.py: old and new ways to name things become one. */
export function processOptions(args: ParsedArgs): Login {
  const os: Record<string, string> = {};
  for (const [name] of OPENSTACK) {
    const value = args.string(dest(name));
    if (value) os[dest(name).slice(3)] = value;
  }
  let [auth, user, key] = ['auth', 'user', 'key'].map((name) => args.string(name) ?? '');
  let version = VERSION_OF_TYPE[os.auth_type ?? ''] ?? args.string('auth_version') ?? '1.0';
  if (version === '3.0') version = '3';
  else if (version === '2') version = '2.0';
  if (!['2.0', '3'].includes(version) && os.auth_type !== 'v1password' && !(auth && user && key)) {
    const domains = ['user_domain_id', 'user_domain_name', 'project_domain_id', 'project_domain_name'];
    version = domains.some((name) => os[name]) ? '3' : '2.0';
  }
  auth ||= os.auth_url ?? '';
  user ||= os.username ?? '';
  key ||= os.password ?? '';
  return {
    auth,
    user,
    key,
    authVersion: version,
    retries: args.number('retries') ?? 5,
    snet: args.flag('snet'),
    forceAuthRetry: args.flag('force_auth_retry'),
    os,
  };
}

const TYPES = ['password', 'v1password', 'v2password', 'v3password', 'v3applicationcredential'];

/** What `parse_args` of swiftclient/shell.py asks for before anything is sent. @throws {@link Exit} */
export function requireLogin({ auth, user, key, authVersion, os }: Login): void {
  if (os.storage_url && os.auth_token) return;
  if (os.auth_type && !TYPES.includes(os.auth_type))
    throw new Exit('Only "v3applicationcredential" is supported for --os-auth-type');
  if (os.auth_type === 'v3applicationcredential') {
    if (os.application_credential_id && os.application_credential_secret) return;
    throw new Exit(
      'Auth version 3 (application credential) requires OS_APPLICATION_CREDENTIAL_ID and OS_APPLICATION_CREDENTIAL_SECRET to be set or overridden with --os-application-credential-id and --os-application-credential-secret respectively.',
    );
  }
  if (authVersion === '3') {
    if (!auth)
      throw new Exit('Auth version 3 requires OS_AUTH_URL to be set or overridden with --os-auth-url');
    if (!user && !os.user_id)
      throw new Exit(
        'Auth version 3 requires either OS_USERNAME or OS_USER_ID to be set or overridden with --os-username or --os-user-id respectively.',
      );
    if (!key)
      throw new Exit('Auth version 3 requires OS_PASSWORD to be set or overridden with --os-password');
  } else if (!(auth && user && key))
    throw new Exit(`Auth version 1.0 requires ST_AUTH, ST_USER, and ST_KEY environment variables
to be set or overridden with -A, -U, or -K.

Auth version 2.0 requires OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, and
OS_TENANT_NAME OS_TENANT_ID to be set or overridden with --os-auth-url,
--os-username, --os-password, --os-tenant-name or os-tenant-id. Note:
adding "-V 2" is necessary for this.`);
}

/** A number of threads; this program takes it and does one thing after the other. */
export const threads = (name: string, what: string): ArgumentSpec => ({
  names: [`--${name}-threads`],
  type: int,
  default: 10,
  help: `How many threads to ${what} with. Default: 10.`,
});
