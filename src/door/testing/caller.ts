import { once } from 'node:events';
import type { EventEmitter } from 'node:events';
import { connect } from 'node:net';

interface Image {
  id: string;
  status: string;
  size: number | null;
  checksum: string | null;
}

interface CatalogEntry {
  type: string;
  endpoints: { url: string }[];
}

/** A user of a cloud behind a door, who speaks HTTP herself. */
export class Caller {
  private constructor(
    public url: string,
    readonly token: string,
    readonly catalog: readonly CatalogEntry[],
  ) {}

  static async login(url: string, name: string): Promise<Caller> {
    const domain = { id: 'default' };
    const response = await fetch(`${url}/identity/v3/auth/tokens`, {
      method: 'POST',
      body: JSON.stringify({
        auth: {
          identity: { methods: ['password'], password: { user: { name, domain, password: 'secret' } } },
          scope: { project: { name, domain } },
        },
      }),
      headers: { 'Content-Type': 'application/json' },
    });
    const { token } = (await response.json()) as { token: { catalog: CatalogEntry[] } }; // Keystone's answer
    return new Caller(url, response.headers.get('X-Subject-Token') ?? '', token.catalog);
  }

  fetch(path: string, init: RequestInit & { duplex?: 'half' } = {}): Promise<Response> {
    return fetch(this.url + path, { ...init, headers: { 'X-Auth-Token': this.token, ...init.headers } });
  }

  /** @returns the id of a new image without data. */
  async createImage(): Promise<string> {
    const response = await this.fetch('/image/v2/images', {
      method: 'POST',
      body: JSON.stringify({ disk_format: 'raw', container_format: 'bare' }),
      headers: { 'Content-Type': 'application/json' },
    });
    const { id } = (await response.json()) as Image; // Glance's answer
    return id;
  }

  upload(id: string, body: NonNullable<RequestInit['body']>): Promise<Response> {
    return this.fetch(`/image/v2/images/${id}/file`, {
      method: 'PUT',
      body,
      duplex: 'half',
      headers: { 'Content-Type': 'application/octet-stream' },
    });
  }

  async image(id: string): Promise<Image> {
    return (await (await this.fetch(`/image/v2/images/${id}`)).json()) as Image; // Glance's answer
  }

  async findImage(name: string): Promise<Image> {
    const response = await this.fetch(`/image/v2/images?name=${name}`);
    const [image] = ((await response.json()) as { images: Image[] }).images; // Glance's answer
    if (!image) throw new Error(`no image ${name}`);
    return image;
  }

  /** Asks again and again until the image has this status; the test's time limit ends it. */
  async until(id: string, status: string): Promise<Image> {
    for (;;) {
      const image = await this.image(id);
      if (image.status === status) return image;
    }
  }
}

/** Sends these characters and returns everything that comes back until the server hangs up. */
export async function raw(url: string, text: string, { half = false } = {}): Promise<string> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: half });
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
  // being hung up on is an answer as well
  socket.on('error', () => undefined);
  if (half) socket.end(text);
  else socket.write(text);
  await new Promise((resolve) => socket.once('close', resolve).once('end', resolve));
  socket.destroy();
  return answer;
}

export async function hears(emitter: EventEmitter, event: string): Promise<unknown> {
  return (await once(emitter, event))[0];
}
