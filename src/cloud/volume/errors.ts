import { dumps } from '../http/python-json';
import { textResponse } from '../http/webob';

/** cinder's names of its errors: `_fault_names` of cinder/api/openstack/wsgi.py. */
const FAULT_NAMES: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  501: 'notImplemented',
  503: 'serviceUnavailable',
};

/** An error answer of cinder's. Modelled on `Fault` of cinder/api/openstack/wsgi.py. */
export class CinderError extends Error {
  override readonly name = 'CinderError';

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }

  toResponse(headers: Headers): Response {
    const retry = this.code === 413 ? { retryAfter: '0' } : {};
    const fault = { code: this.code, message: this.message, ...retry };
    headers.set('Content-Type', 'application/json');
    return textResponse(dumps({ [FAULT_NAMES[this.code] ?? 'computeFault']: fault }), this.code, headers);
  }
}

export function badRequest(message: string): CinderError {
  return new CinderError(400, message);
}

/** `exception.InvalidInput`. */
export function invalidInput(reason: string): CinderError {
  return badRequest(`Invalid input received: ${reason}`);
}

/** `exception.InvalidVolume`. */
export function invalidVolume(reason: string): CinderError {
  return badRequest(`Invalid volume: ${reason}`);
}

/** `exception.InvalidSnapshot`. */
export function invalidSnapshot(reason: string): CinderError {
  return badRequest(`Invalid snapshot: ${reason}`);
}

export function notFound(message = 'The resource could not be found.'): CinderError {
  return new CinderError(404, message);
}

export function volumeNotFound(id: string): CinderError {
  return notFound(`Volume ${id} could not be found.`);
}

export function snapshotNotFound(id: string): CinderError {
  return notFound(`Snapshot ${id} could not be found.`);
}

export function forbidden(policy: string): CinderError {
  return new CinderError(403, `Policy doesn't allow ${policy} to be performed.`);
}
