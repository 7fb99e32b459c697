import { addEvent, startAction } from './actions';
import type { ComputeApi, NovaRequest } from './api';
import { conflict, forbidden } from './errors';
import { anything, consoleOutput, lockServer } from './schemas/actions';
import { rebootServer, resetState } from './schemas/servers';
import { checkUnlocked, getServer } from './servers';
import type { ServerRecord } from './state';
import { defineStep, plan, SECOND } from './tasks';
import { allows } from './policy';

/** Something that is done to a server and takes a moment. */
interface SimpleAction {
  /** The name in the request, and the name in errors and in the list of actions. */
  request: string;
  action: string;
  policy: string;
  /** The states in which it can be done. */
  from: readonly string[];
  /** The state of the task meanwhile, and the server's afterwards. */
  task: string;
  to: { vm_state: string; power_state: number };
  event: string;
}

const SIMPLE: readonly SimpleAction[] = [
  {
    request: 'os-start',
    action: 'start',
    policy: 'servers:start',
    from: ['stopped'],
    task: 'powering-on',
    to: { vm_state: 'active', power_state: 1 },
    event: 'compute_start_instance',
  },
  {
    request: 'os-stop',
    action: 'stop',
    policy: 'servers:stop',
    from: ['active', 'error'],
    task: 'powering-off',
    to: { vm_state: 'stopped', power_state: 4 },
    event: 'compute_stop_instance',
  },
  {
    request: 'pause',
    action: 'pause',
    policy: 'os-pause-server:pause',
    from: ['active'],
    task: 'pausing',
    // the fake driver goes on saying that it runs
    to: { vm_state: 'paused', power_state: 1 },
    event: 'compute_pause_instance',
  },
  {
    request: 'unpause',
    action: 'unpause',
    policy: 'os-pause-server:unpause',
    from: ['paused'],
    task: 'unpausing',
    to: { vm_state: 'active', power_state: 1 },
    event: 'compute_unpause_instance',
  },
  {
    request: 'suspend',
    action: 'suspend',
    policy: 'os-suspend-server:suspend',
    from: ['active'],
    task: 'suspending',
    to: { vm_state: 'suspended', power_state: 1 },
    event: 'compute_suspend_instance',
  },
  {
    request: 'resume',
    action: 'resume',
    policy: 'os-suspend-server:resume',
    from: ['suspended'],
    task: 'resuming',
    to: { vm_state: 'active', power_state: 1 },
    event: 'compute_resume_instance',
  },
];

/** What the fake driver's servers write on their console. */
const CONSOLE = 'FAKE CONSOLE OUTPUT\nANOTHER\nLAST LINE';

const PATH = '/servers/{id}/action';

/** The small actions: nova/api/openstack/compute/{servers,pause_server,suspend_server,lock_server,…}.py. */
export function mountServerActions(api: ComputeApi): void {
  const { nova } = api;

  for (const simple of SIMPLE)
    api.action(PATH, simple.request, {
      status: 202,
      body: anything(simple.request),
      handle(request) {
        const server = actedOn(api, request, simple.policy);
        checkUnlocked(request, server);
        if (simple.action === 'start' || simple.action === 'stop') checkHost(server);
        checkState(server, simple.action, simple.from);
        begin(api, request, server, simple);
      },
    });

  api.action(PATH, 'reboot', {
    status: 202,
    body: rebootServer,
    handle(request) {
      const server = actedOn(api, request, 'servers:reboot');
      const hard = String(request.member('reboot')['type']).toUpperCase() === 'HARD';
      checkUnlocked(request, server);
      const from = hard ? ['active', 'stopped', 'paused', 'suspended', 'error'] : ['active'];
      checkState(server, 'reboot', from, hard ? ALLOW_REBOOT : []);
      begin(api, request, server, {
        action: 'reboot',
        task: hard ? 'rebooting_hard' : 'rebooting',
        to: { vm_state: 'active', power_state: 1 },
        event: 'compute_reboot_instance',
      });
    },
  });

  api.action(PATH, 'lock', {
    status: 202,
    body: lockServer,
    handle(request) {
      const server = actedOn(api, request, 'os-lock-server:lock');
      const isOwner = server.project_id === request.context.projectId;
      if (server.locked_by !== null && isOwner) return;
      startAction(nova, server, request.context, 'lock');
      server.locked_by = isOwner ? 'owner' : 'admin';
      const { locked_reason } = (request.body as { lock: { locked_reason?: string } | null }).lock ?? {}; // the schema has said so
      if (locked_reason !== undefined) server.locked_reason = locked_reason;
      server.updated_at = nova.now();
      addEvent(nova, server, 'api_lock', { host: 'cloud' });
    },
  });
  api.action(PATH, 'unlock', {
    status: 202,
    body: anything('unlock'),
    handle(request) {
      const server = actedOn(api, request, 'os-lock-server:unlock');
      if (server.locked_by === 'admin' && !allows('admin', request.context))
        throw forbidden(
          "Policy doesn't allow os_compute_api:os-lock-server:unlock:unlock_override to be performed.",
        );
      startAction(nova, server, request.context, 'unlock');
      Object.assign(server, { locked_by: null, locked_reason: null, updated_at: nova.now() });
      addEvent(nova, server, 'api_unlock', { host: 'cloud' });
    },
  });

  api.action(PATH, 'os-resetState', {
    status: 202,
    body: resetState,
    handle(request) {
      const server = getServer(api, request, request.param('id'));
      request.enforce('admin', 'os-admin-actions:reset_state');
      startAction(nova, server, request.context, 'resetState');
      server.vm_state = String(request.member('os-resetState')['state']);
      server.task_state = null;
      server.updated_at = nova.now();
    },
  });

  api.action(PATH, 'os-getConsoleOutput', {
    body: consoleOutput,
    handle(request) {
      const server = actedOn(api, request, 'os-console-output');
      checkHost(server);
      const { length } = request.member('os-getConsoleOutput');
      const count =
        length === undefined || length === null || Number(length) < 0 ? undefined : Number(length);
      const lines = CONSOLE.split('\n');
      return { output: (count === undefined ? lines : count === 0 ? [] : lines.slice(-count)).join('\n') };
    },
  });
}

/** The server that somebody may do something to. @throws {@link NovaError} 404, 403. */
export function actedOn(api: ComputeApi, request: NovaRequest, policy: string): ServerRecord {
  const server = getServer(api, request, request.param('id'));
  request.enforce('member', policy, { projectId: server.project_id });
  return server;
}

/** A server that was never built is on no host: `check_instance_host`. @throws {@link NovaError} 409. */
export function checkHost(server: ServerRecord): void {
  if (server.host === null) throw conflict(`Instance ${server.id} is not ready`);
}

/** Tasks in which a server can be rebooted the hard way: nova/compute/task_states.py. */
const ALLOW_REBOOT = [
  'rebooting',
  'reboot_pending',
  'reboot_started',
  'resuming',
  'rebooting_hard',
  'unpausing',
  'pausing',
  'suspending',
];

/**
 * `check_instance_state`.
 *
 * @param tasks what it may be busy with.
 * @throws {@link NovaError} 409 where the server is in another state, or busy, or has never run.
 */
export function checkState(
  server: ServerRecord,
  action: string,
  from: readonly string[],
  tasks: readonly string[] = [],
): void {
  const refuse = (attribute: string, state: string) =>
    conflict(`Cannot '${action}' instance ${server.id} while it is in ${attribute} ${state}`);
  if (!from.includes(server.vm_state)) throw refuse('vm_state', server.vm_state);
  if (server.task_state !== null && !tasks.includes(server.task_state))
    throw refuse('task_state', server.task_state);
  // its state may say that it runs: an administrator can say so of any server
  if (server.launched_at === null)
    throw conflict(`Instance ${server.id} is in an invalid state for '${action}'`);
}

function begin(
  api: ComputeApi,
  request: NovaRequest,
  server: ServerRecord,
  { action, task, to, event }: Pick<SimpleAction, 'action' | 'task' | 'to' | 'event'>,
): void {
  const { nova } = api;
  startAction(nova, server, request.context, action);
  server.task_state = task;
  server.updated_at = nova.now();
  plan(nova, server, 'acted', SECOND, request.context.token, { ...to, event });
}

defineStep('acted', (nova, server, { data }) => {
  server.vm_state = String(data['vm_state']);
  server.power_state = Number(data['power_state']);
  server.task_state = null;
  server.updated_at = nova.now();
  addEvent(nova, server, String(data['event']), { host: server.host });
});
