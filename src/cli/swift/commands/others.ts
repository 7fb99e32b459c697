/** `swift capabilities`, `info` and `auth` of swiftclient/shell.py. */
import { dumps, str, type Value } from '../../python';
import { usageError, type Run, type SwiftCommand } from '../command';
import type { ParsedArgs } from '../../arguments';

const CAPABILITIES = {
  summary: 'Tells what the service can do.',
  usage: `[--json] [<proxy_url>]
`,
  help: `
Tells what the service can do, and what its limits are.

Optional positional arguments:
  <proxy_url>           The URL of the service, if it is not to be yours.

Optional arguments:
  --json                Everything, as JSON.`.trim(),
  arguments: [{ names: ['--json'], action: 'store_true' }],
} satisfies Partial<SwiftCommand>;

type Capabilities = Readonly<Record<string, Readonly<Record<string, Value>>>>;

async function showCapabilities(run: Run, args: ParsedArgs, words: readonly string[]): Promise<void> {
  if (words.length > 1) return usageError(run, capabilities);
  const all = (await run.containers.getCapabilities(words[0])) as Capabilities; // the API's contract
  if (args.flag('json')) return run.out.print(dumps(sortKeys(all), 2));
  const { swift = {}, ...others } = all;
  print(run, 'Core', { swift });
  print(run, 'Additional middleware', others);
}

function print({ out }: Run, name: string, features: Capabilities): void {
  for (const [feature, options] of byName(features)) {
    out.print(`${name}: ${feature}`);
    if (Object.keys(options).length === 0) continue;
    out.print(' Options:');
    for (const [key, value] of byName(options)) out.print(`  ${key}: ${str(value)}`);
  }
}

function byName<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function sortKeys(value: Value): Value {
  if (Array.isArray(value)) return value.map((each: Value) => sortKeys(each));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    byName(value as Readonly<Record<string, Value>>).map(([key, each]) => [key, sortKeys(each)]), // what is left of Value
  );
}

export const capabilities: SwiftCommand = { name: 'capabilities', ...CAPABILITIES, run: showCapabilities };
export const info: SwiftCommand = { name: 'info', ...CAPABILITIES, run: showCapabilities };

export const auth: SwiftCommand = {
  name: 'auth',
  summary: 'Prints what shows who you are.',
  usage: '\n',
  help: `
Prints commands for the shell: what they set shows who you are.

  With OS_STORAGE_URL and OS_AUTH_TOKEN set, swift need not log in:

      swift auth

  With -v it prints what it logs in with instead, for ~/.bashrc:

      swift auth -v`.trim(),
  arguments: [],
  async run({ out, containers, login }, args) {
    if ((args.number('verbose') ?? 1) > 1) {
      if (['1', '1.0'].includes(login.authVersion)) {
        for (const name of ['auth', 'user', 'key'] as const)
          out.print(`export ST_${name.toUpperCase()}=${quote(login[name])}`);
        return;
      }
      out.print(`export OS_IDENTITY_API_VERSION=${quote(login.authVersion)}`);
      out.print(`export OS_AUTH_VERSION=${quote(login.authVersion)}`);
      out.print(`export OS_AUTH_URL=${quote(login.auth)}`);
      for (const [name, value] of byName(login.os))
        if (value && name !== 'auth_url') out.print(`export OS_${name.toUpperCase()}=${quote(value)}`);
      return;
    }
    await containers.getAuth();
    out.print(`export OS_STORAGE_URL=${quote(containers.url)}`);
    out.print(`export OS_AUTH_TOKEN=${quote(containers.token)}`);
  },
};

/** `shlex.quote`. */
function quote(text: string): string {
  if (text === '') return "''";
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}
