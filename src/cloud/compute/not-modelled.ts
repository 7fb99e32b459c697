import type { ComputeApi } from './api';
import { NovaError } from './errors';
import type { Rule } from './policy';
import { checkHost, checkState } from './server-actions';
import { checkUnlocked, getServer } from './servers';
import type { ServerRecord } from './state';

/** An action of which this cloud has the checks only. */
interface NotModelled {
  request: string;
  policy: string;
  /** Who may; by default those of the project that can change things. */
  rule?: Rule;
  /** Whether a lock does not keep from it. */
  ignoresLock?: boolean;
  /** The action's name in errors and the states that it needs, if it needs any. */
  check?: (server: ServerRecord) => void;
}

const inState =
  (action: string, ...from: string[]) =>
  (server: ServerRecord): void => {
    checkState(server, action, from);
  };

const LIVE = ['active', 'stopped', 'paused', 'suspended'];

/** nova/api/openstack/compute/{rescue,shelve,migrate_server,…}.py, as far as they refuse. */
const ACTIONS: readonly NotModelled[] = [
  {
    request: 'changePassword',
    policy: 'os-admin-password',
    check: inState('changePassword', 'active'),
  },
  {
    request: 'createBackup',
    policy: 'os-create-backup',
    ignoresLock: true,
    check: inState('createBackup', ...LIVE),
  },
  { request: 'evacuate', policy: 'os-evacuate', rule: 'admin', ignoresLock: true },
  {
    request: 'migrate',
    policy: 'os-migrate-server:migrate',
    rule: 'admin',
    check: inState('migrate', 'active', 'stopped'),
  },
  {
    request: 'os-migrateLive',
    policy: 'os-migrate-server:migrate_live',
    rule: 'admin',
    check: inState('os-migrateLive', 'active', 'paused'),
  },
  { request: 'rescue', policy: 'os-rescue', check: inState('rescue', 'active', 'stopped', 'error') },
  { request: 'unrescue', policy: 'os-unrescue', check: inState('unrescue', 'rescued') },
  { request: 'shelve', policy: 'os-shelve:shelve', check: inState('shelve', ...LIVE) },
  {
    request: 'shelveOffload',
    policy: 'os-shelve:shelve_offload',
    rule: 'admin',
    check: inState('shelveOffload', 'shelved'),
  },
  {
    request: 'unshelve',
    policy: 'os-shelve:unshelve',
    check: inState('unshelve', 'shelved', 'shelved_offloaded'),
  },
  { request: 'forceDelete', policy: 'os-deferred-delete:force' },
  { request: 'restore', policy: 'os-deferred-delete:restore', check: inState('restore', 'soft-delete') },
  {
    request: 'trigger_crash_dump',
    policy: 'servers:trigger_crash_dump',
    check(server) {
      checkHost(server);
      checkState(server, 'trigger_crash_dump', ['active', 'paused', 'rescued', 'resized', 'error']);
    },
  },
  { request: 'os-getVNCConsole', policy: 'os-remote-consoles', ignoresLock: true, check: checkHost },
  { request: 'os-getSPICEConsole', policy: 'os-remote-consoles', ignoresLock: true, check: checkHost },
  { request: 'os-getSerialConsole', policy: 'os-remote-consoles', ignoresLock: true, check: checkHost },
];

/** Who may not do them, or not to this server, hears that; everybody else hears that this cloud cannot: 501. */
export function mountNotModelled(api: ComputeApi): void {
  for (const { request: name, policy, rule = 'member', ignoresLock, check } of ACTIONS)
    api.action('/servers/{id}/action', name, {
      handle(request) {
        const server = getServer(api, request, request.param('id'));
        request.enforce(rule, policy, { projectId: server.project_id });
        if (ignoresLock !== true) checkUnlocked(request, server);
        check?.(server);
        throw new NovaError(501, `The action ${name} is not modelled in this cloud.`);
      },
    });
}
