/** `share security service …`: manilaclient/osc/v2/security_services.py. */
import { int, type ArgumentSpec, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { str, type Value } from '../../python';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { fields, flag, forEachOf, option, orFail, positional, rows, several } from './common';
import { NETWORKS, SECURITY_SERVICES } from './kinds';
import { idOf, manila, oscFind, pathOf, type ManilaClient } from './manila'; // prettier-ignore

const service = positional('security_service', '<security-service>', 'Security service (name or ID)');

/** Its fields, but for those that came later. */
const PLAIN = ['dns_ip', 'server', 'domain', 'user', 'password', 'name', 'description'];
const LATER = { ou: 44, default_ad_site: 76 } as const;
const WORDS: Readonly<Record<string, string>> = {
  ou: 'Organizational Unit',
  default_ad_site: 'Default AD site',
};

const options: readonly ArgumentSpec[] = [
  option('--dns-ip', 'Address of its name server'),
  option('--ou', 'Organizational unit'),
  option('--server', 'Its address or host name'),
  option('--domain', 'Its domain'),
  option('--user', 'User or group that logs in', '<user'),
  option('--password', 'Password of the user'),
  option('--name', 'Name'),
  option('--description', 'What it is for'),
  option('--default-ad-site', 'Site of Active Directory, instead of a server', '<default_ad_site>'),
];

function values(client: ManilaClient, args: ParsedArgs, verb: string): Record<string, string | undefined> {
  for (const [key, since] of Object.entries(LATER)) {
    if (!args.string(key)) continue;
    // Only creation and Active Directory are told about in other words.
    const verbNow = key === 'ou' ? verb : 'Defining';
    client.require(since, later(verbNow, key, since));
  }
  const keys = [
    ...PLAIN,
    ...Object.entries(LATER).flatMap(([key, since]) => (client.atLeast(since) ? [key] : [])),
  ];
  return Object.fromEntries(keys.map((key) => [key, args.string(key)]));
}

function later(verb: string, key: string, since: number): string {
  return `${verb} a security service ${WORDS[key] ?? key} is available only for microversion >= 2.${since}`;
}

function isBoth(args: ParsedArgs): boolean {
  return Boolean(args.string('server')) && Boolean(args.string('default_ad_site'));
}

/** `openstack share security service create` */
export const createSecurityService: ShowOneCommand = {
  name: 'share security service create',
  upstream: 'manilaclient.osc.v2.security_services.CreateShareSecurityService',
  kind: 'show',
  description: 'Say who knows the users of shares',
  arguments: [
    { ...positional('type', '<type>', 'Its type: ldap, kerberos or active_directory'), choices: ['ldap', 'kerberos', 'active_directory'] },
    ...options,
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const given = values(client, args, 'Defining');
    if (args.string('type') === 'active_directory' && isBoth(args)) {
      throw new CommandError(
        "Cannot create security service because both server and 'default_ad_site' were provided. Specify either server or 'default_ad_site'.",
      );
    }
    const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
    const security_service = { type: args.string('type'), ...body };
    const path = SECURITY_SERVICES.path;
    return fields(await client.one('security_service', path, 'POST', { security_service }), []);
  },
};

/** `openstack share security service delete` */
export const deleteSecurityService: PlainCommand = {
  name: 'share security service delete',
  upstream: 'manilaclient.osc.v2.security_services.DeleteShareSecurityService',
  kind: 'command',
  description: 'Delete security services',
  arguments: [several('security_service', '<security-service>', 'Security services to delete (name or ID)')],
  async run(app, args) {
    const client = await manila(app);
    await forEachOf(
      app,
      args.list('security_service'),
      async (name) => {
        const { id } = await oscFind(client, SECURITY_SERVICES, name);
        await client.send('DELETE', pathOf(SECURITY_SERVICES, str(id)));
      },
      {
        failed: (name, why) => `Failed to delete security service with name or ID ${name}: ${why}`,
        total: (failed, all) => `${failed} of ${all} security services failed to be deleted.`,
      },
    );
  },
};

/** `openstack share security service show` */
export const showSecurityService: ShowOneCommand = {
  name: 'share security service show',
  upstream: 'manilaclient.osc.v2.security_services.ShowShareSecurityService',
  kind: 'show',
  description: 'Show everything about a security service',
  arguments: [service],
  async run(app, args) {
    const info = await oscFind(await manila(app), SECURITY_SERVICES, args.string('security_service') ?? '');
    const { share_networks } = info;
    if (args.string('formatter') !== 'table' || !Array.isArray(share_networks)) return fields(info, []);
    return fields({ ...info, share_networks: share_networks.map(String).join('\n') }, []);
  },
};

async function update(
  client: ManilaClient,
  id: string,
  changes: Readonly<Record<string, string | undefined>>,
) {
  const entries = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, value === '' ? null : value]);
  if (entries.length === 0) throw new CommandError('Must specify fields to be updated');
  await client.send('PUT', pathOf(SECURITY_SERVICES, id), {
    security_service: Object.fromEntries(entries) as Record<string, string | null>,
  });
}

/** `openstack share security service set` */
export const setSecurityService: PlainCommand = {
  name: 'share security service set',
  upstream: 'manilaclient.osc.v2.security_services.SetShareSecurityService',
  kind: 'command',
  description: 'Change a security service',
  arguments: [service, ...options],
  async run(app, args) {
    const client = await manila(app);
    const info = await oscFind(client, SECURITY_SERVICES, args.string('security_service') ?? '');
    const changes = values(client, args, 'Setting');
    if (info.type === 'active_directory' && isBoth(args)) {
      throw new CommandError(
        "Cannot set security service because both server and 'default_ad_site' were provided. Specify either server or 'default_ad_site'.",
      );
    }
    await orFail(
      (why) => `One or more set operations failed: ${why}`,
      () => update(client, idOf(info), changes),
    );
  },
};

/** `openstack share security service unset` */
export const unsetSecurityService: PlainCommand = {
  name: 'share security service unset',
  upstream: 'manilaclient.osc.v2.security_services.UnsetShareSecurityService',
  kind: 'command',
  description: 'Remove what a security service was told',
  arguments: [service, ...options.map(({ names, help }) => flag(names[0], `Remove it: ${help ?? ''}`))],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await oscFind(client, SECURITY_SERVICES, args.string('security_service') ?? ''));
    for (const [key, since] of Object.entries(LATER))
      if (args.flag(key)) client.require(since, later('Unsetting', key, since));
    const gone = [...PLAIN, ...Object.keys(LATER)].filter((key) => args.flag(key));
    await orFail(
      (why) => `One or more unset operations failed: ${why}`,
      () => update(client, id, Object.fromEntries(gone.map((key) => [key, '']))),
    );
  },
};

/** `openstack share security service list` */
export const listSecurityService: ListerCommand = {
  name: 'share security service list',
  upstream: 'manilaclient.osc.v2.security_services.ListShareSecurityService',
  kind: 'lister',
  description: 'List security services',
  arguments: [
    flag('--all-projects', 'Security services of all projects (administrators only)'),
    option('--share-network', 'Those of this share network only (name or ID)'),
    option('--status', 'Those of this status only'),
    option('--name', 'Those of this name only'),
    option('--type', 'Those of this type only'),
    option('--user', 'Those of this user only', '<user'),
    option('--dns-ip', 'Those with this name server only'),
    option('--ou', 'Those of this organizational unit only'),
    option('--default-ad-site', 'Those of this site only', '<default_ad_site>'),
    option('--server', 'Those of this address or host name only'),
    option('--domain', 'Those of this domain only'),
    flag('--detail', 'More columns'),
    { ...option('--limit', 'So many at most', '<num-security-services>'), type: int, action: 'non_negative' },
    option('--marker', 'Begin after this one (ID)', '<security-service>'),
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    for (const [key, since] of Object.entries(LATER)) {
      if (args.string(key)) {
        const what = `Filtering results by security service ${WORDS[key] ?? key}`;
        client.require(since, `${what} is available only for microversion >= 2.${since}`);
      }
    }
    const keys = ['status', 'name', 'type', 'user', 'dns_ip', 'server', 'domain', 'ou', 'default_ad_site'];
    const network = args.string('share_network');
    const search: Record<string, Value | undefined> = {
      all_tenants: args.flag('all_projects'),
      ...Object.fromEntries(keys.map((key) => [key, args.string(key)])),
      offset: args.string('marker'),
      limit: args.number('limit'),
      share_network_id: network ? idOf(await oscFind(client, NETWORKS, network)) : undefined,
    };
    const path = `${SECURITY_SERVICES.path}${args.flag('detail') ? '/detail' : ''}`;
    const columns = [
      'ID',
      'Name',
      'Status',
      'Type',
      ...(args.flag('all_projects') ? ['Project ID'] : []),
      ...(args.flag('detail') ? ['Share Networks'] : []),
    ];
    return rows(await client.list(SECURITY_SERVICES.listKey, path, search), columns);
  },
};
