import { dumps } from '../http/python-json';
import { textResponse } from '../http/webob';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
};

/** An error as it is answered: `pecan.abort` and the `JSONErrorHook` of barbican/api/hooks.py. */
export class HTTPError extends Error {
  override readonly name = 'HTTPError';

  /** @param description null where nobody said anything. */
  constructor(
    readonly code: number,
    readonly description: string | null = '',
  ) {
    super(description ?? '');
  }

  toResponse(): Response {
    const title = TITLES[this.code] ?? '';
    const headers = new Headers({ 'Content-Type': 'application/json' });
    return textResponse(dumps({ code: this.code, title, description: this.description }), this.code, headers);
  }
}

/** An error whose answer says what was being done: `BarbicanHTTPException` of barbican/common/exception.py. */
export class BarbicanHTTPException extends Error {
  override readonly name = 'BarbicanHTTPException';

  constructor(
    readonly code: number,
    clientMessage: string,
  ) {
    super(clientMessage);
  }

  /** `generate_safe_exception_message` of barbican/api/__init__.py. */
  during(operation: string): HTTPError {
    return new HTTPError(this.code, `${operation} issue seen - ${this.message}.`);
  }
}

export function notAllowed(operation: string): HTTPError {
  return new HTTPError(403, `${operation} attempt not allowed - please review your user/project privileges`);
}

export function failure(operation: string): HTTPError {
  return new HTTPError(500, `${operation} failure seen - please contact site administrator.`);
}

/** `InvalidObject`. @param property where the fault is; `None` when that is the whole. */
export function invalidObject(schema: string, reason: string, property: string): HTTPError {
  return new HTTPError(
    400,
    `Provided object does not match schema '${schema}': ${reason}. Invalid property: '${property}'`,
  );
}

/** `UnsupportedField`. */
export function unsupportedField(): HTTPError {
  return new HTTPError(400, 'Provided field value is not supported');
}
