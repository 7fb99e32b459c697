/** Servers and what can be done to them: openstack/compute/v2/server.py. */
import { member, pathTo, type ComputeFindOptions, type Kind } from './base';
import { waitForStatus, type WaitOptions } from '../wait';
import { GroupCalls } from './groups';
import type {
  PlainServerAction,
  RemoteConsole,
  SchedulerHints,
  Server,
  ServerCreate,
  ServerQuery,
  ServerRebuild,
  ServerUpdate,
} from './types';

const SERVER: Kind = {
  name: 'Server',
  path: '/servers',
  key: 'server',
  plural: 'servers',
  maxMicroversion: '2.96',
};

export class ServerCalls extends GroupCalls {
  /** Servers with their details, page after page. `GET /servers/detail`. */
  servers(
    query: ServerQuery = {},
    options: { details?: boolean; paginated?: boolean } = {},
  ): AsyncGenerator<Server, void, undefined> {
    const { details = true, ...paging } = options;
    return this.list<Server>(SERVER, query, { ...(details && { path: '/servers/detail' }), ...paging });
  }

  /** One server by id. Throws {@link NotFoundException}. */
  getServer(id: string): Promise<Server> {
    return this.get<Server>(SERVER, id);
  }

  /**
   * A server by id or exact name. What is found by name comes from a list, which on some clouds has no
   * {@link Server.fault} in it: it depends on how their databases are set up. Ask by id for that.
   *
   * @throws {@link DuplicateResource}; {@link ResourceNotFound} with `ignoreMissing: false`.
   */
  findServer(nameOrId: string, options: ServerFindOptions & { ignoreMissing: false }): Promise<Server>;
  findServer(nameOrId: string, options?: ServerFindOptions): Promise<Server | undefined>;
  findServer(nameOrId: string, options: ServerFindOptions = {}): Promise<Server | undefined> {
    const { details = true, allProjects } = options;
    const query = { name: nameOrId, ...(allProjects && { all_tenants: true }) };
    return this.find<Server>(SERVER, nameOrId, options, () => this.servers(query, { details }));
  }

  /**
   * Asks for a server; its status is `BUILD` until it runs, or `ERROR` when no host fits. `POST /servers`.
   *
   * @throws {@link BadRequestException} for what Nova sees to be wrong before it looks for a host: an image bigger
   * than the flavor, an image whose properties make no sense.
   */
  createServer(server: ServerCreate, hints?: SchedulerHints): Promise<Server> {
    return this.create<Server>(SERVER, server, hints && { 'OS-SCH-HNT:scheduler_hints': hints });
  }

  /**
   * Waits until a server runs, or has another status asked for. Models `wait_for_server` of openstack/compute/v2/_proxy.py.
   *
   * @throws {@link ResourceFailure} when it ends in `ERROR`: {@link Server.fault} says why; {@link ResourceTimeout}.
   */
  waitForServer(id: string, options: WaitOptions = {}): Promise<Server> {
    return waitForStatus(
      `Server:${id}`,
      () => this.getServer(id),
      (ms) => this.session.sleep(ms),
      options,
    );
  }

  updateServer(id: string, changes: ServerUpdate): Promise<Server> {
    return this.update<Server>(SERVER, id, changes);
  }

  deleteServer(id: string): Promise<void> {
    return this.remove(SERVER, id);
  }

  /** Does one of the actions that need no more than their name. `POST /servers/{id}/action`. */
  async serverAction(id: string, action: PlainServerAction): Promise<void> {
    await this.act(id, { [action]: null });
  }

  /** Any action, as the API has it: `{ reboot: { type: 'SOFT' } }`. */
  async act(id: string, json: Readonly<Record<string, unknown>>, version?: string): Promise<Response> {
    const microversion = version ?? (await this.microversion(SERVER.maxMicroversion));
    const path = pathTo(SERVER, id, 'action');
    return this.request(path, { method: 'POST', json, microversion, headers: { Accept: '' } });
  }

  async rebootServer(id: string, type: 'SOFT' | 'HARD'): Promise<void> {
    await this.act(id, { reboot: { type } });
  }

  /** Puts a fresh disk of an image under the server. */
  async rebuildServer(id: string, rebuild: ServerRebuild): Promise<Server> {
    return member<Server>(await (await this.act(id, { rebuild })).json(), 'server');
  }

  async resizeServer(id: string, flavorId: string): Promise<void> {
    await this.act(id, { resize: { flavorRef: flavorId } });
  }

  /** Makes an image of the server's disk; returns the image's id. */
  async createServerImage(id: string, name: string, metadata?: Record<string, string>): Promise<string> {
    const json = { createImage: { name, ...(metadata && { metadata }) } };
    const version = (await this.supports('2.45')) ? '2.45' : undefined;
    const response = await this.act(id, json, version);
    const location = response.headers.get('location')?.split('/').at(-1);
    return location ?? ((await response.json()) as { image_id: string }).image_id; // the API's contract
  }

  async setServerMetadata(id: string, metadata: Record<string, string>): Promise<void> {
    await this.request(pathTo(SERVER, id, 'metadata'), { method: 'POST', json: { metadata } });
  }

  /** Takes some of a server's properties away, or all. */
  async deleteServerMetadata(id: string, keys?: readonly string[]): Promise<void> {
    if (keys === undefined) {
      await this.request(pathTo(SERVER, id, 'metadata'), { method: 'PUT', json: { metadata: {} } });
      return;
    }
    for (const key of new Set(keys))
      await this.request(pathTo(SERVER, id, 'metadata', key), { method: 'DELETE' });
  }

  async addServerTag(id: string, tag: string): Promise<void> {
    await this.request(pathTo(SERVER, id, 'tags', tag), { method: 'PUT' });
  }

  /** Takes a tag away, or all of them. */
  async removeServerTag(id: string, tag?: string): Promise<void> {
    await this.request(pathTo(SERVER, id, 'tags', ...(tag === undefined ? [] : [tag])), { method: 'DELETE' });
  }

  async clearServerPassword(id: string): Promise<void> {
    const microversion = await this.microversion(SERVER.maxMicroversion);
    await this.request(pathTo(SERVER, id, 'os-server-password'), { method: 'DELETE', microversion });
  }

  /** What the server wrote to its serial console. */
  async serverConsoleOutput(id: string, length?: number): Promise<string | null> {
    const response = await this.act(id, { 'os-getConsoleOutput': length === undefined ? {} : { length } });
    return ((await response.json()) as { output: string | null }).output; // the API's contract
  }

  /** A URL under which a browser shows the server's screen. */
  async createRemoteConsole(id: string, type: string): Promise<RemoteConsole> {
    const kind: Kind = {
      name: 'ServerRemoteConsole',
      path: pathTo(SERVER, id, 'remote-consoles'),
      key: 'remote_console',
      plural: '',
      maxMicroversion: '2.8',
    };
    const protocols: Record<string, string> = { novnc: 'vnc', xvpvnc: 'vnc', 'spice-html5': 'spice' };
    const protocol = protocols[type] ?? type.split('-')[0] ?? type;
    return this.create<RemoteConsole>(kind, { type, protocol: type === 'webmks' ? 'mks' : protocol });
  }

  /** How the server's processors and memory lie on the host. Since 2.78. */
  async serverTopology(id: string): Promise<Record<string, unknown>> {
    return member(await (await this.request(pathTo(SERVER, id, 'topology'))).json(), '');
  }

  async serverDiagnostics(id: string): Promise<Record<string, unknown>> {
    const kind = { ...SERVER, name: 'ServerDiagnostics', key: 'diagnostics', maxMicroversion: '2.48' };
    return this.fetch(
      kind,
      pathTo(SERVER, id, 'diagnostics'),
      undefined,
      'No ServerDiagnostics found for None',
    );
  }
}

/** How to look a server up. */
export interface ServerFindOptions extends ComputeFindOptions {
  /** Whether a server found by name comes with its details. Default true. */
  details?: boolean;
  /** Whether to look in all projects (admin only by default). */
  allProjects?: boolean;
}
