import { dumps } from './python-json';
import { textResponse } from './webob';

/** A JSON answer. */
export function json(body: unknown, status = 200): Response {
  return textResponse(dumps(body), status, new Headers({ 'Content-Type': 'application/json' }));
}

/** An answer without a body, as webob gives it. */
export function empty(status: number): Response {
  if (status === 204) return new Response(null, { status });
  return textResponse('', status, new Headers({ 'Content-Type': 'text/html; charset=UTF-8' }));
}
