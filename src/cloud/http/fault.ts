import { dumps } from './python-json';
import { textResponse } from './webob';

/** What cinder and manila call their errors: `_fault_names` of cinder/api/openstack/wsgi.py, which manila began as. */
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

/** An error answer: `Fault` of cinder/api/openstack/wsgi.py and manila/api/openstack/wsgi.py. */
export class Fault extends Error {
  override readonly name: string = 'Fault';

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
