import { MAX_VERSION } from './api';
import { badRequest } from './errors';

/**
 * The microversion that a request asks for: `microversion_parse` and nova/api/openstack/wsgi.py
 * `set_api_version_request`.
 *
 * @returns the version as the request wrote it; its minor number is undefined if this nova does not have it.
 * @throws {@link NovaError} 400 for what is no version.
 */
export function negotiate(headers: Headers): { text: string; minor: number | undefined } {
  const asked =
    standard(headers.get('OpenStack-API-Version')) ?? legacy(headers.get('X-OpenStack-Nova-API-Version'));
  if (asked === undefined) return { text: '2.1', minor: 1 };
  if (asked === 'latest') return { text: `2.${MAX_VERSION}`, minor: MAX_VERSION };
  const match = /^([1-9]\d*)\.([1-9]\d*|0)$/.exec(asked);
  if (match === null)
    throw badRequest(
      `API Version String ${asked} is of invalid format. Must be of format MajorNum.MinorNum.`,
    );
  const minor = Number(match[2]);
  return { text: asked, minor: match[1] === '2' && minor >= 1 && minor <= MAX_VERSION ? minor : undefined };
}

/** `compute 2.96`, maybe among others; the last one counts. */
function standard(header: string | null): string | undefined {
  const found = (header ?? '').split(',').flatMap((item) => {
    const [service, version, ...more] = item.trim().split(/\s+/);
    return service?.toLowerCase() === 'compute' && version !== undefined && more.length === 0
      ? [version]
      : [];
  });
  return found.at(-1);
}

function legacy(header: string | null): string | undefined {
  return header === null ? undefined : (header.split(',').at(-1) ?? '').trim();
}
