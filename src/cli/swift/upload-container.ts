/** The containers that an upload or a copy needs: `_create_container_job` of swiftclient/service.py. */
import type { ParsedArgs } from '../arguments';
import type { Run } from './command';
import { ClientException, words } from './exceptions';
import { splitHeaders } from './headers';

const POLICY = 'X-Storage-Policy';

/** The storage policy that was asked for, as a header. */
export function policyHeader(args: ParsedArgs): Record<string, string> {
  const policy = splitHeaders(args.list('header'))[POLICY];
  return policy === undefined ? {} : { [POLICY]: policy };
}

/** Makes a container. That it cannot be made is told and no error: it may be there. */
export async function createContainer(
  { containers, out, log }: Run,
  container: string,
  headers: Readonly<Record<string, string>>,
  policySource?: string,
): Promise<void> {
  const all = { ...headers };
  try {
    if (policySource !== undefined) {
      const policy = (await containers.headContainer(policySource)).headers.get('x-storage-policy');
      if (policy !== undefined) all[POLICY] = policy;
    }
    await containers.putContainer(container, all);
  } catch (error) {
    log.exception(error);
    out.warning(`Warning: failed to create container '${container}'${reason(error, headers)}`);
  }
}

function reason(error: unknown, headers: Readonly<Record<string, string>>): string {
  if (!(error instanceof ClientException)) return `: ${words(error)}`;
  const policy = headers[POLICY];
  if (policy !== undefined) return ` with Storage Policy ${policy.trim()}`;
  const { response } = error;
  if (response === undefined) return `: None None`;
  const text = new TextDecoder().decode(response.body);
  return `: ${response.status} ${response.reason}${text === '' ? '' : `: ${[...text].slice(0, 60).join('')}`}`;
}
