/** openstackclient/identity/v3/application_credential.py */
import type { ApplicationCredentialInfo } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { FileError } from '../../program';
import { repr, type Value } from '../../python';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { domainOf, failedToDelete, fieldsOf, forEachOf } from './common';

function credentialFields(credential: ApplicationCredentialInfo): Record<string, Value> {
  return {
    id: credential.id,
    name: credential.name,
    description: credential.description,
    project_id: credential.project_id,
    roles: roleNames(credential),
    unrestricted: credential.unrestricted,
    access_rules: rulesOf(credential),
    expires_at: credential.expires_at,
  };
}

function roleNames({ roles }: ApplicationCredentialInfo): string {
  return roles.map(({ name }) => name).join(' ');
}

function rulesOf({ access_rules }: ApplicationCredentialInfo): Value {
  return access_rules === undefined ? null : (access_rules as unknown as Value); // JSON of the API
}

/** `openstack application credential create` */
export const createApplicationCredential: ShowOneCommand = {
  name: 'application credential create',
  upstream: 'openstackclient.identity.v3.application_credential.CreateApplicationCredential',
  kind: 'show',
  description: 'Make a login for programs: for one project, and with no more roles than you have there',
  arguments: [
    { names: ['name'], metavar: '<name>', help: 'Name of the new application credential' },
    { names: ['--secret'], metavar: '<secret>', help: 'Secret to log in with; made up unless given' },
    { names: ['--role'], metavar: '<role>', action: 'append', default: [], help: 'Role it has (name or ID); repeat it for several. All of yours unless given' },
    { names: ['--expiration'], metavar: '<expiration>', help: 'When it ends, as YYYY-mm-ddTHH:MM:SS in UTC; never unless given' },
    { names: ['--description'], metavar: '<description>', help: 'What it is for' },
    { names: ['--unrestricted'], action: 'store_true', help: 'Let it make and delete other application credentials, which is dangerous' },
    { names: ['--restricted'], action: 'store_true', help: 'Do not let it make and delete other application credentials (default)' },
    { names: ['--access-rules'], metavar: '<access-rules>', help: 'The only requests it may send, as JSON or a file with JSON: a list of objects with method, path and service' },
  ], // prettier-ignore
  async run(app, args) {
    const access_rules = await accessRules(app, args);
    const created = await app.connection.identity.createApplicationCredential({
      name: args.string('name') ?? '',
      roles: args.list('role').map((role) => (isUuidLike(role) ? { id: role } : { name: role })),
      expires_at: expiration(args.string('expiration')),
      description: args.string('description') ?? null,
      secret: args.string('secret') ?? null,
      unrestricted: !args.flag('restricted') && args.flag('unrestricted'),
      access_rules,
    });
    // what the service does not send back is as it was sent
    const rules = created.access_rules === undefined ? { access_rules: access_rules as Value } : {}; // JSON
    return fieldsOf({ ...credentialFields(created), ...rules, secret: created.secret });
  },
};

function isUuidLike(text: string): boolean {
  const plain = text
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '');
  return /^[0-9a-f]{32}$/i.test(plain.replaceAll('-', ''));
}

/** `datetime.strptime` with `%Y-%m-%dT%H:%M:%S`. */
function expiration(text: string | undefined): string | null {
  if (!text) return null;
  const [, year = '', ...rest] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d{1,2}):(\d{1,2}):(\d{1,2})$/.exec(text) ?? [];
  const [month = '', day = '', hour = '', minute = '', second = ''] = rest.map((part) =>
    part.padStart(2, '0'),
  );
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = new Date(`${iso}Z`);
  if (year === '' || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(iso))
    throw new CommandError(`time data ${repr(text)} does not match format '%Y-%m-%dT%H:%M:%S'`);
  return iso;
}

/** JSON, or a file that holds JSON. */
async function accessRules(app: App, args: ParsedArgs): Promise<unknown> {
  const given = args.string('access_rules');
  if (!given) return [];
  try {
    return JSON.parse(given) as unknown;
  } catch {
    // a file, then
  }
  let text: string;
  try {
    text = await (await app.context.files.open(given)).text();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CommandError('Access rules is not valid JSON string or file does not exist.');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CommandError('Expecting value: line 1 column 1 (char 0)');
  }
}

/** `openstack application credential delete` */
export const deleteApplicationCredential: PlainCommand = {
  name: 'application credential delete',
  upstream: 'openstackclient.identity.v3.application_credential.DeleteApplicationCredential',
  kind: 'command',
  description: 'Delete application credentials of yours',
  arguments: [
    {
      names: ['application_credential'],
      metavar: '<application-credential>',
      nargs: '+',
      help: 'Application credentials to delete (name or ID)',
    },
  ],
  async run(app, args) {
    const { identity } = app.connection;
    await forEachOf(
      app,
      args.list('application_credential'),
      async (name) => {
        const found = await identity.findApplicationCredential(name);
        // 7.4.0 does not look whether there is one
        if (found === undefined) throw new CommandError("'NoneType' object has no attribute 'id'");
        await identity.deleteApplicationCredential(found.id);
      },
      failedToDelete('application credential', 'application credentials'),
    );
  },
};

/** `openstack application credential list` */
export const listApplicationCredential: ListerCommand = {
  name: 'application credential list',
  upstream: 'openstackclient.identity.v3.application_credential.ListApplicationCredential',
  kind: 'lister',
  description: 'List the application credentials of a user: yours unless you say whose',
  arguments: [
    { names: ['--user'], metavar: '<user>', help: 'User whose to list (name or ID)' },
    domainOf('user'),
  ],
  async run(app, args) {
    refuseUser(args);
    const credentials = await app.connection.identity.applicationCredentials();
    return {
      columns: [
        'ID',
        'Name',
        'Description',
        'Project ID',
        'Roles',
        'Unrestricted',
        'Access Rules',
        'Expires At',
      ],
      rows: credentials.map((credential) => Object.values(credentialFields(credential))),
    };
  },
};

/** Whom `--user` names: nobody, for 7.4.0 stumbles over it. */
export function refuseUser(args: ParsedArgs): void {
  if (args.string('user')) throw new CommandError("'function' object has no attribute 'list'");
}

/** `openstack application credential show` */
export const showApplicationCredential: ShowOneCommand = {
  name: 'application credential show',
  upstream: 'openstackclient.identity.v3.application_credential.ShowApplicationCredential',
  kind: 'show',
  description: 'Show an application credential of yours; its secret cannot be seen again',
  arguments: [
    {
      names: ['application_credential'],
      metavar: '<application-credential>',
      help: 'Application credential to show (name or ID)',
    },
  ],
  async run(app, args) {
    const name = args.string('application_credential') ?? '';
    const found = await app.connection.identity.findApplicationCredential(name);
    // 7.4.0 does not look whether there is one
    if (found === undefined) throw new CommandError("'NoneType' object is not subscriptable");
    return fieldsOf(credentialFields(found));
  },
};
