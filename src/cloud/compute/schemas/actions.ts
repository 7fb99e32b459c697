import type { Schema } from '../validation';
import { multiParams, object, positiveInteger, querySchema, text } from './parameter-types';

/** The bodies of small actions: nova/api/openstack/compute/schemas/{lock_server,console_output,…}.py. */

/** An action whose value may be anything. */
export function anything(name: string): Schema {
  return object({ [name]: {} }, [name]);
}

export function lockServer(version: number): Schema {
  if (version < 73) return anything('lock');
  const reason = { type: 'string', minLength: 1, maxLength: 255 };
  const lock = {
    type: ['object', 'null'],
    properties: { locked_reason: reason },
    additionalProperties: false,
  };
  return object({ lock }, ['lock']);
}

/** nova/api/openstack/compute/schemas/remote_consoles.py. */
export function createConsole(version: number): Schema {
  const since = (minor: number, ...names: string[]) => (version >= minor ? names : []);
  const remote_console = object(
    {
      protocol: {
        type: 'string',
        enum: ['vnc', 'spice', ...since(99, 'rdp'), 'serial', ...since(8, 'mks')],
      },
      type: {
        type: 'string',
        enum: [
          'novnc',
          'xvpvnc',
          'spice-html5',
          ...since(99, 'spice-direct'),
          'serial',
          ...since(8, 'webmks'),
        ],
      },
    },
    ['protocol', 'type'],
  );
  return object({ remote_console }, ['remote_console']);
}

export const consoleOutput = object(
  {
    'os-getConsoleOutput': object({
      length: { type: ['integer', 'string', 'null'], pattern: '^-?[0-9]+$', minimum: -1 },
    }),
  },
  ['os-getConsoleOutput'],
);

/** nova/api/openstack/compute/schemas/volume_attachment.py. */
export function createAttachment(version: number): Schema {
  const volumeAttachment = object(
    {
      volumeId: { type: 'string', format: 'uuid' },
      device: {
        type: ['string', 'null'],
        minLength: 1,
        maxLength: 255,
        pattern: '(^/dev/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*$',
      },
      ...(version >= 49 ? { tag: { type: 'string', minLength: 1, maxLength: 60, pattern: '^[^,/]*$' } } : {}),
      ...(version >= 79 ? { delete_on_termination: { type: ['boolean', 'string'] } } : {}),
    },
    ['volumeId'],
  );
  return object({ volumeAttachment }, ['volumeAttachment']);
}

export const updateAttachment = object(
  { volumeAttachment: { type: 'object', required: ['volumeId'], additionalProperties: true } },
  ['volumeAttachment'],
);

const group = (policies: readonly string[], version: number): Schema =>
  object(
    {
      name: { type: 'string', minLength: 1, maxLength: 255, format: 'name' },
      ...(version < 64
        ? {
            policies: {
              type: 'array',
              prefixItems: [{ type: 'string', enum: policies }],
              uniqueItems: true,
              minItems: 1,
              maxItems: 1,
            },
          }
        : {
            policy: { type: 'string', enum: policies },
            rules: object({ max_server_per_host: positiveInteger }),
          }),
    },
    ['name', version < 64 ? 'policies' : 'policy'],
  );

export function createServerGroup(version: number): Schema {
  const policies = [
    'anti-affinity',
    'affinity',
    ...(version >= 15 ? ['soft-anti-affinity', 'soft-affinity'] : []),
  ];
  return object({ server_group: group(policies, version) }, ['server_group']);
}

export function listServerGroups(version: number): Schema {
  const number = { type: ['integer', 'string'], pattern: '^[0-9]*$', minimum: 0, minLength: 1 };
  return querySchema(
    { all_projects: multiParams(text), limit: multiParams(number), offset: multiParams(number) },
    version >= 75,
  );
}

const PROXIED = ['floating_ips', 'fixed_ips', 'security_groups', 'security_group_rules'];
const FILES = ['injected_files', 'injected_file_content_bytes', 'injected_file_path_bytes'];

/** The quotas that a microversion does not show any more. */
export function hiddenQuotas(version: number): readonly string[] {
  return version < 36 ? [] : version < 57 ? PROXIED : [...PROXIED, ...FILES];
}

export function updateQuota(version: number): Schema {
  const limit = { type: ['integer', 'string'], pattern: '^-?[0-9]+$', minimum: -1, maximum: 0x7fffffff };
  const names = [
    'instances',
    'cores',
    'ram',
    'metadata_items',
    'key_pairs',
    'server_groups',
    'server_group_members',
    ...PROXIED,
    ...FILES,
  ];
  const known = names.filter((name) => !hiddenQuotas(version).includes(name));
  const boolean = { type: ['boolean', 'string'] };
  return object(
    { quota_set: object({ ...Object.fromEntries(known.map((name) => [name, limit])), force: boolean }) },
    ['quota_set'],
  );
}

export function userQuery(version: number): Schema {
  return querySchema({ user_id: multiParams(text) }, version >= 75);
}
