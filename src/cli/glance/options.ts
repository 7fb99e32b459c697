/** Global options of `glance`: glanceclient/shell.py, keystoneauth1/loading. */
import type { ArgumentSpec, Converter } from '../arguments';
import { ArgumentTypeError } from 'argparse';
import { repr } from '../python';

type Environment = Readonly<Record<string, string>>;

/** glanceclient.common.utils.env: the first variable that is set and not empty. */
function env(environment: Environment, ...names: string[]): string {
  return names.map((name) => environment[name]).find((value) => value !== undefined && value !== '') ?? '';
}

const positiveFloat: Converter = (text) => {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new ArgumentTypeError(`${text} must be a float`);
  if (value <= 0) throw new ArgumentTypeError(`${text} must be greater than 0`);
  return value;
};

/** Options that stand before the subcommand. The first ones have the parser's own group. */
export function baseOptions(environment: Environment): ArgumentSpec[] {
  const shown = (name: string, help: string): ArgumentSpec => ({
    names: [`--os-${name}`],
    default: env(environment, `OS_${name.toUpperCase().replaceAll('-', '_')}`),
    help: `${help} (OS_${name.toUpperCase().replaceAll('-', '_')})`,
  });
  const old = (name: string): ArgumentSpec => ({ names: [`--os_${name}`], hidden: true });
  return [
    { names: ['-h', '--help'], action: 'store_true', hidden: true },
    { names: ['--version'], action: 'version', version: '4.8.0', help: 'show the version and exit' },
    {
      names: ['-d', '--debug'],
      action: 'store_true',
      default: env(environment, 'GLANCECLIENT_DEBUG') !== '',
      help: 'Show every request and answer (GLANCECLIENT_DEBUG).',
    },
    { names: ['-v', '--verbose'], action: 'store_true', help: 'Say more; image-list prints more columns.' },
    {
      names: ['--get-schema'],
      action: 'store_true',
      dest: 'get_schema',
      help: 'Fetch the schema of images again instead of using a copy.',
    },
    { names: ['-f', '--force'], action: 'store_true', dest: 'force', help: 'Ask nothing.' },
    shown('image-url', 'Where Glance answers, instead of what the catalog says'),
    old('image_url'),
    {
      names: ['--os-image-api-version'],
      default: env(environment, 'OS_IMAGE_API_VERSION') || null,
      help: 'Version of the Image API, 2 unless given (OS_IMAGE_API_VERSION)',
    },
    old('image_api_version'),
    {
      names: ['--profile'],
      metavar: 'HMAC_KEY',
      default: env(environment, 'OS_PROFILE'),
      help: 'Key for tracing requests with osprofiler (OS_PROFILE)',
      absent: true,
    },
    old('tenant_id'),
    old('tenant_name'),
    shown('region-name', 'Region to work in'),
    old('region_name'),
    shown('auth-token', 'A token to use with --os-image-url, without logging in'),
    old('auth_token'),
    shown('service-type', 'Type under which the catalog has Glance, image unless given'),
    old('service_type'),
    shown('endpoint-type', 'Which of its URLs to use: public, internal or admin'),
    old('endpoint_type'),
  ];
}

/** Options of the connection. */
export function connectionOptions(environment: Environment): ArgumentSpec[] {
  const certificate = (name: string, metavar: string, help: string): ArgumentSpec => ({
    names: [`--os-${name}`],
    metavar,
    default: env(environment, `OS_${name.toUpperCase()}`) || null,
    help: `${help} (OS_${name.toUpperCase()})`,
  });
  return [
    { names: ['--insecure'], action: 'store_true', help: "Do not check the server's certificate." },
    certificate('cacert', '<ca-certificate>', 'Certificates to trust'),
    certificate('cert', '<certificate>', 'Certificate to show to the server'),
    certificate('key', '<key>', 'Key of that certificate'),
    {
      names: ['--timeout'],
      metavar: '<seconds>',
      type: positiveFloat,
      default: 600,
      help: 'Give up on a request after so many seconds.',
    },
    {
      names: ['--collect-timing'],
      action: 'store_true',
      help: 'Measure how long each request takes.',
      absent: true,
    },
  ];
}

/** `--os-auth-type`, in the parser's own group again. */
export function authTypeOption(environment: Environment): ArgumentSpec {
  return {
    names: ['--os-auth-type', '--os-auth-plugin'],
    metavar: '<name>',
    default: env(environment, 'OS_AUTH_TYPE', 'OS_AUTH_PLUGIN') || 'password',
    help: 'Way to log in',
  };
}

const WHO: readonly [names: readonly [string, ...string[]], help: string, variables?: readonly string[]][] = [
  [['auth-url'], 'Where Keystone answers'],
  [['system-scope'], 'Ask for a token for the whole cloud'],
  [['domain-id'], 'ID of the domain to work in'],
  [['domain-name'], 'Name of the domain to work in'],
  [['project-id', 'tenant-id'], 'ID of the project to work in', ['OS_PROJECT_ID', 'OS_TENANT_ID']],
  [['project-name', 'tenant-name'], 'Name of the project to work in', ['OS_PROJECT_NAME', 'OS_TENANT_NAME']],
  [['project-domain-id'], 'ID of the domain the project belongs to'],
  [['project-domain-name'], 'Name of the domain the project belongs to'],
  [['trust-id'], 'ID of a trust'],
  [['default-domain-id'], 'ID of the domain to assume for user and project'],
  [['default-domain-name'], 'Name of the domain to assume for user and project'],
  [['user-id'], 'ID of the user'],
  [['username', 'user-name'], 'Name of the user', ['OS_USERNAME', 'OS_USER_NAME']],
  [['user-domain-id'], 'ID of the domain the user belongs to'],
  [['user-domain-name'], 'Name of the domain the user belongs to'],
  [['password'], 'Password of the user'],
];

/** Options that say who you are. */
export function authOptions(environment: Environment): ArgumentSpec[] {
  return WHO.map(([[name, ...aliases], help, variables]) => ({
    names: [`--os-${name}`, ...aliases.map((alias) => `--os-${alias}`)],
    default: env(environment, ...(variables ?? [`OS_${name.toUpperCase().replaceAll('-', '_')}`])) || null,
    help,
  }));
}

const TRUE = ['t', 'true', 'on', 'y', 'yes', '1'];
const FALSE = ['f', 'false', 'off', 'n', 'no', '0'];

/** oslo_utils.strutils.bool_from_string: whatever is not true is false. */
export const boolFromString: Converter = (text) => TRUE.includes(text.trim().toLowerCase());

/** The strict one: refuses what is neither. */
export const strictBool: Converter = (text) => {
  const word = text.trim().toLowerCase();
  if (!TRUE.includes(word) && !FALSE.includes(word))
    throw new ArgumentTypeError(`invalid <lambda> value: ${repr(text)}`);
  return TRUE.includes(word);
};
