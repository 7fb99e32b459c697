import { addEvent, makeFault } from './actions';
import { allocateNetworks, NetworkAllocationError } from './network-allocation';
import type { Nova } from './nova';
import type { Value } from './python/values';
import type { ServerRecord, TaskRecord } from './state';

/** What happens to a server at one point of time; it may say what comes next. */
type Step = (nova: Nova, server: ServerRecord, task: TaskRecord) => void | Promise<void>;

/** How long things take, in milliseconds of the cloud's clock. */
export const SECOND = 1000;

const STEPS = new Map<string, Step>();

/** Makes a step known by its name, which is what the state keeps. */
export function defineStep(name: string, step: Step): void {
  STEPS.set(name, step);
}

/** Plans the next step of a server. */
export function plan(
  nova: Nova,
  server: ServerRecord,
  step: string,
  delay: number,
  token: string,
  data: Record<string, Value> = {},
  from: number = nova.clock.now().getTime(),
): void {
  server.task = { step, at: new Date(from + delay).toISOString(), token, data };
}

/** Does everything that is due by now, in the order in which it is due. */
export async function settle(nova: Nova): Promise<void> {
  const now = nova.clock.now().toISOString();
  for (;;) {
    let next: ServerRecord | undefined;
    for (const server of nova.state.servers)
      if (
        server.task !== null &&
        server.task.at <= now &&
        (next?.task == null || server.task.at < next.task.at)
      )
        next = server;
    if (next?.task == null) return;
    const { task } = next;
    next.task = null;
    const step = STEPS.get(task.step);
    // it happened when it was due, even if nobody looked
    await step?.(nova.at(new Date(task.at)), next, task);
  }
}

/** The server goes into ERROR, and says why. */
export function fail(nova: Nova, server: ServerRecord, type: string, message: string): void {
  server.vm_state = 'error';
  server.task_state = null;
  server.fault = makeFault(nova, type, message);
  server.updated_at = nova.now();
}

/** The host gives a server up, and all that it had for it. */
function abort(nova: Nova, server: ServerRecord, reason: string): void {
  const message = `Build of instance ${server.id} aborted: ${reason}`;
  const { host } = server;
  Object.assign(server, { host: null, node: null, claimed: null });
  fail(nova, server, 'BuildAbortException', message);
  addEvent(nova, server, 'compute__do_build_and_run_instance', { host, error: message });
}

/** The host whose resources were claimed has begun to build the server. */
defineStep('spawning', async (nova, server, task) => {
  const node = nova.state.nodes.find(({ host }) => host === server.claimed);
  server.host = node?.host ?? server.claimed;
  server.node = node?.hypervisor_hostname ?? server.claimed;
  try {
    await allocateNetworks(nova, server, task.token);
  } catch (error) {
    if (!(error instanceof NetworkAllocationError)) throw error;
    abort(nova, server, error.message);
    return;
  }
  server.task_state = 'spawning';
  server.updated_at = nova.now();
  plan(nova, server, 'built', SECOND, task.token, { start: nova.now() });
});

defineStep('built', (nova, server, task) => {
  server.vm_state = 'active';
  server.task_state = null;
  server.power_state = 1;
  server.launched_at = nova.now();
  server.updated_at = nova.now();
  server.root_device_name = '/dev/sda';
  addEvent(nova, server, 'compute__do_build_and_run_instance', {
    host: server.host,
    start: String(task.data['start']),
  });
});

defineStep('no-valid-host', (nova, server, task) => {
  const message = String(task.data['message']);
  fail(nova, server, 'NoValidHost', message);
  addEvent(nova, server, 'conductor_schedule_and_build_instances', { host: 'cloud', error: message });
});
