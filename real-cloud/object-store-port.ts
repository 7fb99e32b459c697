/**
 * The embedded object store at a port of its own, where Swift has it: Swift's functional tests take its paths for granted.
 * Tells the cloud of AUTH_URL to send clients there, then serves until standard input ends.
 *
 *   object-store-port.ts PORT AUTH_URL
 */
import { once } from 'node:events';
import { Agent, createServer, request as forward } from 'node:http';
import { connect } from '../src/client';
import { answerFirst } from '../src/door/http-server';
import { PASSWORD } from '../src/cloud/states/people';

const [port = '', authUrl = ''] = process.argv.slice(2);
const { identity } = connect({
  auth: {
    auth_url: authUrl,
    username: 'admin',
    password: PASSWORD,
    project_name: 'admin',
    default_domain: 'default',
  },
  region_name: 'RegionOne',
});
interface Endpoint {
  id: string;
  url: string;
}
const response = await identity.request('/endpoints');
const { endpoints } = (await response.json()) as { endpoints: Endpoint[] }; // as Keystone lists them
for (const { id, url } of endpoints.filter((endpoint) => endpoint.url.includes('/object-store/'))) {
  const body = JSON.stringify({
    endpoint: { url: `http://127.0.0.1:${port}${url.split('/object-store')[1]}` },
  });
  const headers = { 'Content-Type': 'application/json' };
  await identity.request(`/endpoints/${id}`, { method: 'PATCH', headers, body });
}

const target = new URL(authUrl);
const agent = new Agent({ keepAlive: true });
const server = createServer((incoming, outgoing) => {
  const headers = { ...incoming.headersDistinct, host: incoming.headers.host, connection: undefined };
  const passed = forward({
    host: target.hostname,
    port: target.port,
    method: incoming.method,
    path: `/object-store${incoming.url}`,
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    agent,
  });
  // whoever did not say how much comes has not said it here either
  passed.useChunkedEncodingByDefault = false;
  // sends the headers now, as they are: flushHeaders() would make two bytes of each above 127
  passed.write(Buffer.alloc(0));
  passed.on('response', (answer) => {
    for (const [name, values = []] of Object.entries(answer.headersDistinct))
      if (name !== 'connection' && name !== 'keep-alive') outgoing.setHeader(titled(name), values.map(here));
    if (incoming.headers.connection === undefined) outgoing.removeHeader('Connection');
    outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage);
    answer.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  outgoing.on('close', () => passed.destroy());
  incoming.pipe(passed);
});
answerFirst(server);
server.listen(Number(port), '127.0.0.1');
await once(server, 'listening');
console.log('{}');
process.stdin.resume().on('end', () => process.exit());

/** As the door wrote it: Node makes small letters of it. */
function titled(name: string): string {
  return name.replace(/[a-z]+/g, (word) => (word[0] ?? '').toUpperCase() + word.slice(1));
}

/** A URL of the cloud's, as it is from here. */
function here(value: string): string {
  return value.replace(`${target.origin}/object-store/`, `http://127.0.0.1:${port}/`);
}
