/**
 * What a `Request` sends. The Fetch API gives a request's body only to whoever takes it, and its length to nobody, so
 * those who make requests leave a note here for those who show them.
 */

/** The text that is sent, or how many bytes; `bytes` is undefined for a stream. */
export type RequestBody = { text: string } | { bytes: number | undefined };

const bodies = new WeakMap<Request, RequestBody>();

/** `new Request(url, init)`, with its body noted. */
export function makeRequest(url: string, init: RequestInit & { duplex?: 'half' }): Request {
  const request = new Request(url, init);
  const { body } = init;
  if (typeof body === 'string') bodies.set(request, { text: body });
  else if (body instanceof Blob) bodies.set(request, { bytes: body.size });
  else if (body instanceof Uint8Array) bodies.set(request, { bytes: body.byteLength });
  else if (body) bodies.set(request, { bytes: undefined });
  return request;
}

/** What was noted of a request that {@link makeRequest} made. */
export function requestBody(request: Request): RequestBody | undefined {
  return bodies.get(request);
}
