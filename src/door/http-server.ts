import type { AddressInfo, Server } from 'node:net';
import {
  Server as HttpServer,
  ServerResponse,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { inSwiftOrder } from '../client/object-store';

/** This machine and nobody else. */
const LOOPBACK = '127.0.0.1';

/** How long requests that are being answered may take once the server is to stop, in milliseconds. */
const GRACE = 500;

/** The port cannot be had. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

/** A server of a web-standard `fetch` on 127.0.0.1. */
export interface HttpDoor {
  port: number;
  /** Takes no more requests, lets running ones end for half a second, and hangs up. */
  close(): Promise<void>;
}

/**
 * Serves `fetch` over HTTP. Bodies stream both ways; a client that hangs up in the middle of one makes reading it fail.
 *
 * @param port 0 for any free port.
 * @throws {@link PortError} if the port is taken or not allowed.
 */
export async function listen(
  fetch: (request: Request) => Promise<Response>,
  port: number,
): Promise<HttpDoor> {
  const server = createAdaptorServer({
    hostname: LOOPBACK,
    overrideGlobalObjects: false,
    serverOptions: {
      // a large image over a slow line takes its time
      requestTimeout: 0,
      // longer than clients keep a connection, so that they never send into one that is just being closed
      keepAliveTimeout: 75_000,
    },
    async fetch(request, { outgoing }) {
      const response = await fetch(request);
      // Keystone's CREATED and Glance's Created are both 201
      if (response.statusText !== '') outgoing.statusMessage = response.statusText;
      if (outgoing instanceof ServerResponse) writeAsServices(outgoing);
      return response;
    },
  });
  if (!(server instanceof HttpServer)) throw new TypeError('not an HTTP/1.1 server');
  answerFirst(server);
  await bound(server, port);
  return { port: (server.address() as AddressInfo).port, close: () => close(server) }; // a TCP server has one
}

/**
 * Header names get their capitals and their order back, which the Fetch API takes away and clients show: they make the
 * names of an object's metadata of them. And like those of the services an answer does not say that the connection stays.
 */
function writeAsServices(outgoing: ServerResponse): void {
  outgoing.removeHeader('Connection');
  const writeHead = outgoing.writeHead.bind(outgoing);
  outgoing.writeHead = (status: number, ...rest: readonly unknown[]) => {
    const headers = (rest.find((each) => typeof each === 'object') ?? {}) as OutgoingHttpHeaders; // what it is called with
    const answered = { method: outgoing.req.method, status };
    const named = inSwiftOrder(Object.entries(headers), answered).flatMap(([name, value]) =>
      name === 'www-authenticate' ? challenges(String(value)) : [[titled(name), value] as const],
    );
    return writeHead(status, Object.fromEntries(named));
  };
}

function titled(name: string): string {
  return name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** Swift has two ways to log in to tell of, in a header each; what asks for Keystone's tokens writes it in its own way. */
function challenges(value: string): [name: string, value: string][] {
  return value
    .split(/, (?=Keystone )/)
    .map((each) => [each.startsWith('Keystone ') ? 'WWW-Authenticate' : 'Www-Authenticate', each]);
}

/** Node's own answers to what is no request; anything else gets 400. */
const REFUSALS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/**
 * What comes after a request and is none itself, such as a body whose length nobody said, ends the connection once that
 * request is answered. By itself Node answers with 400 at once.
 */
export function answerFirst(server: HttpServer): void {
  const answering = new WeakMap<Duplex, { incoming: IncomingMessage; outgoing: ServerResponse }>();
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { socket } = incoming;
    answering.set(socket, { incoming, outgoing });
    outgoing.once('close', () => answering.delete(socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const last = answering.get(socket);
    if (last?.incoming.complete === true && socket.writable)
      last.outgoing.once('close', () => socket.destroy());
    else if (!socket.writable || last?.outgoing.headersSent === true) socket.destroy(error);
    else
      socket.end(
        `HTTP/1.1 ${REFUSALS[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`,
        () => socket.destroy(error),
      );
  });
}

function bound(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, LOOPBACK, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  const other = 'Choose another with --port, or --port 0 for any free one.';
  if (error.code === 'EADDRINUSE') return new PortError(`Port ${port} is in use. ${other}`);
  if (error.code === 'EACCES')
    return new PortError(`Port ${port} is reserved for the administrator. ${other}`);
  return error;
}

async function close(server: HttpServer): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const hangUp = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(hangUp);
}
