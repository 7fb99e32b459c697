import type { Nova } from './nova';
import type { RequestContext } from './policy';
import type { ActionRecord, EventRecord, FaultRecord, ServerRecord } from './state';

/** Writes down that somebody does something to a server: nova/objects/instance_action.py. */
export function startAction(
  nova: Nova,
  server: ServerRecord,
  context: RequestContext,
  action: string,
): ActionRecord {
  const now = nova.now();
  const record: ActionRecord = {
    action,
    request_id: context.requestId,
    user_id: context.userId,
    project_id: context.projectId,
    start_time: now,
    updated_at: now,
    message: null,
    events: [],
  };
  server.actions.push(record);
  return record;
}

/** Writes down a step of the last action, from its start to now. */
export function addEvent(
  nova: Nova,
  server: ServerRecord,
  event: string,
  options: { host: string | null; error?: string; start?: string },
): void {
  const action = server.actions.at(-1);
  if (action === undefined) return;
  const { host, error, start } = options;
  const record: EventRecord = {
    event,
    start_time: start ?? nova.now(),
    finish_time: nova.now(),
    result: error === undefined ? 'Success' : 'Error',
    host,
    traceback: error === undefined ? null : traceback(error),
    details: error ?? null,
  };
  action.events.push(record);
  action.updated_at = nova.now();
  if (error !== undefined) action.message = 'Error';
}

/** What `server show` says about what went wrong. */
export function makeFault(nova: Nova, type: string, message: string): FaultRecord {
  const line = `nova.exception.${type}: ${message}\n`;
  return { code: 500, message, created: nova.now(), details: `Traceback (most recent call last):\n${line}` };
}

/** nova keeps the lines of its own code here; this cloud has none. */
function traceback(error: string): string {
  return `  ${error}\n`;
}
