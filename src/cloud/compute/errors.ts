import { dumps } from '../http/python-json';
import { textResponse } from '../http/webob';

/** nova's names of its errors: `_fault_names` of nova/api/openstack/wsgi.py. */
const FAULT_NAMES: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
};

/** Explanations that webob has where nova gives none. */
const NOT_FOUND = 'The resource could not be found.';

/** An error answer of nova's: nova/api/openstack/wsgi.py `Fault`. */
export class NovaError extends Error {
  override readonly name = 'NovaError';

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }

  toResponse(headers: Headers): Response {
    const fault = { code: this.code, message: this.message };
    headers.set('Content-Type', 'application/json; charset=UTF-8');
    return textResponse(dumps({ [FAULT_NAMES[this.code] ?? 'computeFault']: fault }), this.code, headers);
  }
}

export function badRequest(message: string): NovaError {
  return new NovaError(400, message);
}

export function forbidden(message: string): NovaError {
  return new NovaError(403, message);
}

export function notFound(message: string = NOT_FOUND): NovaError {
  return new NovaError(404, message);
}

export function conflict(message: string): NovaError {
  return new NovaError(409, message);
}
