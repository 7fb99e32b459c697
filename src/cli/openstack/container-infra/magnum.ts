/** Commands that speak through python-magnumclient 4.8.1: its own requests, its own words. */
import { HttpException, reasonPhrase, type Query } from '../../../client';
import { CommandError } from '../../errors';
import { repr, type Value } from '../../python';
import type { App } from '../app';

/** A thing as the API shows it: `_info` of a Resource. */
export type Info = Record<string, Value>;

/** `from_response` of magnumclient/exceptions.py: `Limit must be positive (HTTP 400) (Request-ID: req-…)`. */
function clientMessage({ body, headers, reason, status }: HttpException): string {
  const id = headers.get('x-openstack-request-id');
  const words = `${titleOf(body) || reason || reasonPhrase(status)} (HTTP ${status})`;
  return id === null ? words : `${words} (Request-ID: ${id})`;
}

/** `_extract_error_json_text`: the title alone. */
function titleOf(body: string): string {
  try {
    const { error, errors } = Object(JSON.parse(body)) as Record<string, unknown>; // members of whatever it is
    const first: unknown = Array.isArray(errors) ? errors[0] : error;
    const { title } = Object(first) as { title?: unknown };
    return typeof title === 'string' ? title : '';
  } catch {
    return '';
  }
}

/** Sends a request to Container Infrastructure v1. @throws {@link HttpException} in magnumclient's words. */
export async function magnum(
  app: App,
  method: string,
  path: string,
  options: { json?: unknown; query?: Query } = {},
): Promise<Info> {
  const face = (['public', 'internal', 'admin'] as const).find((one) => one === app.region.interface);
  try {
    const response = await app.connection.session.request(path, {
      method,
      endpointFilter: {
        serviceType: 'container-infra',
        regionName: app.region.regionName,
        ...(face && { interface: face }),
      },
      headers: {
        'OpenStack-API-Version': 'container-infra latest',
        'User-Agent': 'python-magnumclient',
        Accept: 'application/json',
      },
      ...options,
    });
    const text = await response.text();
    return text === '' ? {} : (JSON.parse(text) as Info); // the API's contract
  } catch (error) {
    if (error instanceof HttpException) error.message = clientMessage(error);
    throw error;
  }
}

/** `format_labels`: pairs, also several in one word. The same key twice collects. @throws {@link CommandError} */
export function labelsOf(given: readonly string[]): Record<string, string> {
  const [only = ''] = given;
  const several = given.length === 1 && only.split('=').length > 2;
  const labels = new Map<string, string>();
  for (const label of several ? only.split(/[;,]/) : given) {
    const [, key, value] = /^([^=]*)=(.*)$/s.exec(label) ?? [];
    if (key === undefined || value === undefined)
      throw new CommandError(`labels must be a list of KEY=VALUE not ${label}`);
    const before = labels.get(key);
    labels.set(key, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(labels);
}

/** `args_array_to_patch`: `path=value`, with a value in JSON if it is any. @throws {@link CommandError} */
export function patchOf(op: string, attributes: readonly string[]): object[] {
  return attributes.map((attribute) => {
    const text = attribute.startsWith('/') ? attribute : `/${attribute}`;
    if (op === 'remove') return { op, path: text };
    const [, path, value] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
    if (path === undefined || value === undefined)
      throw new CommandError(`Attributes must be a list of PATH=VALUE not "${text}"`);
    return { op, path, value: path === '/labels' ? repr(labelsOf([value])) : fromJson(value) };
  });
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
