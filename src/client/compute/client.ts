/** Compute 2.1 and its microversions. Models `openstack/compute/v2/_proxy.py`. */
import { all, pathTo, type Kind } from './base';
import { ServerCalls } from './servers';
import type {
  Limits,
  Migration,
  Page,
  QuotaSet,
  ServerAction,
  ServerInterface,
  Usage,
  VolumeAttachment,
} from './types';

const quotas = (path: string, key = 'quota_set'): Kind => ({
  name: 'QuotaSet',
  path,
  key,
  plural: '',
  maxMicroversion: '2.56',
});
const USAGE: Kind = {
  name: 'Usage',
  path: '/os-simple-tenant-usage',
  key: 'tenant_usage',
  plural: 'tenant_usages',
  maxMicroversion: '2.75',
};
const of = (server: string, path: string, kind: Omit<Kind, 'path'>): Kind => ({
  ...kind,
  path: `/servers/${encodeURIComponent(server)}/${path}`,
});
const attachments = (server: string): Kind =>
  of(server, 'os-volume_attachments', {
    name: 'VolumeAttachment',
    key: 'volumeAttachment',
    plural: 'volumeAttachments',
    maxMicroversion: '2.89',
  });
const interfaces = (server: string): Kind =>
  of(server, 'os-interface', {
    name: 'ServerInterface',
    key: 'interfaceAttachment',
    plural: 'interfaceAttachments',
    maxMicroversion: '2.70',
  });
const actions = (server: string): Kind =>
  of(server, 'os-instance-actions', {
    name: 'ServerAction',
    key: 'instanceAction',
    plural: 'instanceActions',
    maxMicroversion: '2.84',
  });
const migrations = (server: string): Kind =>
  of(server, 'migrations', {
    name: 'ServerMigration',
    key: 'migration',
    plural: 'migrations',
    maxMicroversion: '2.80',
  });

/**
 * Calls the Compute API with a session's token. All calls throw {@link HttpException} and its kinds when Nova refuses.
 * Each asks for the newest microversion that openstacksdk 4.4 knows for its kind of thing and the service offers.
 *
 * @example
 * const flavor = await cloud.compute.findFlavor('m1.tiny', { ignoreMissing: false });
 * const image = await cloud.image.findImage('cirros', { ignoreMissing: false });
 * const server = await cloud.compute.createServer({ name: 'web', flavorRef: flavor.id, imageRef: image.id, networks: 'none' });
 * console.log(server.id);
 */
export class ComputeClient extends ServerCalls {
  volumeAttachments(serverId: string): Promise<VolumeAttachment[]> {
    return all(this.list<VolumeAttachment>(attachments(serverId)));
  }

  /** Gives a volume to a server. Throws {@link ConflictException} when either is in no state for that. */
  createVolumeAttachment(
    serverId: string,
    attachment: { volumeId: string; device?: string; tag?: string; delete_on_termination?: boolean },
  ): Promise<VolumeAttachment> {
    return this.create<VolumeAttachment>(attachments(serverId), attachment);
  }

  /** Says whether the volume goes with the server. Since 2.85. */
  async updateVolumeAttachment(
    serverId: string,
    volumeId: string,
    changes: { delete_on_termination: boolean },
  ): Promise<void> {
    const kind = attachments(serverId);
    const microversion = await this.microversion(kind.maxMicroversion);
    const json = { [kind.key]: { volumeId, ...changes } };
    await this.request(pathTo(kind, volumeId), { method: 'PUT', json, microversion });
  }

  deleteVolumeAttachment(serverId: string, volumeId: string): Promise<void> {
    return this.remove(attachments(serverId), volumeId);
  }

  serverInterfaces(serverId: string): Promise<ServerInterface[]> {
    return all(this.list<ServerInterface>(interfaces(serverId)));
  }

  createServerInterface(
    serverId: string,
    value: { net_id?: string; port_id?: string; fixed_ips?: { ip_address: string }[]; tag?: string },
  ): Promise<ServerInterface> {
    return this.create<ServerInterface>(interfaces(serverId), value);
  }

  deleteServerInterface(serverId: string, portId: string): Promise<void> {
    return this.remove(interfaces(serverId), portId);
  }

  /** What was done to a server, newest first. */
  serverActions(
    serverId: string,
    query: Page & { 'changes-since'?: string; 'changes-before'?: string } = {},
    options: { paginated?: boolean } = {},
  ): Promise<ServerAction[]> {
    return all(this.list<ServerAction>(actions(serverId), query, options));
  }

  getServerAction(serverId: string, requestId: string): Promise<ServerAction> {
    const kind = actions(serverId);
    return this.fetch<ServerAction>(
      kind,
      pathTo(kind, requestId),
      undefined,
      `No ServerAction found for None`,
    );
  }

  /** Migrations of all servers (admin only by default). */
  migrations(
    query: Record<string, string | number> = {},
    options: { paginated?: boolean } = {},
  ): Promise<Migration[]> {
    const kind: Kind = {
      name: 'Migration',
      path: '/os-migrations',
      key: '',
      plural: 'migrations',
      maxMicroversion: '2.80',
    };
    return all(this.list<Migration>(kind, query, options));
  }

  /** Live migrations of a server that are under way. */
  serverMigrations(serverId: string): Promise<Migration[]> {
    return all(this.list<Migration>(migrations(serverId)));
  }

  getServerMigration(serverId: string, id: string): Promise<Migration> {
    return this.get<Migration>(migrations(serverId), id);
  }

  abortServerMigration(serverId: string, id: string): Promise<void> {
    return this.remove(migrations(serverId), id);
  }

  async forceCompleteServerMigration(serverId: string, id: string): Promise<void> {
    const kind = migrations(serverId);
    const microversion = await this.microversion(kind.maxMicroversion);
    const json = { force_complete: null };
    await this.request(pathTo(kind, id, 'action'), { method: 'POST', json, microversion });
  }

  async limits(query: { reserved?: boolean; tenant_id?: string | null } = {}): Promise<Limits> {
    const kind: Kind = { name: 'Limits', path: '/limits', key: 'limits', plural: '' };
    return this.fetch<Limits>(kind, kind.path, query);
  }

  /** @param which `defaults` for what new projects get, `detail` for what is used as well. */
  quotaSet(projectId: string, which?: 'defaults' | 'detail'): Promise<QuotaSet> {
    const kind = quotas('/os-quota-sets');
    return this.fetch<QuotaSet>(kind, pathTo(kind, projectId, ...(which === undefined ? [] : [which])));
  }

  updateQuotaSet(projectId: string, changes: Record<string, number | boolean>): Promise<QuotaSet> {
    return this.update<QuotaSet>(quotas('/os-quota-sets'), projectId, changes);
  }

  updateQuotaClassSet(name: string, changes: Record<string, number>): Promise<QuotaSet> {
    return this.update<QuotaSet>(quotas('/os-quota-class-sets', 'quota_class_set'), name, changes);
  }

  /** Back to the defaults. */
  revertQuotaSet(projectId: string): Promise<void> {
    return this.remove(quotas('/os-quota-sets'), projectId);
  }

  /** What projects used between two times (ISO 8601, UTC). */
  usages(query: { start: string; end: string; detailed?: boolean }): Promise<Usage[]> {
    return all(this.list<Usage>(USAGE, query));
  }

  usage(projectId: string, query: { start: string; end: string }): Promise<Usage> {
    return this.fetch<Usage>(USAGE, pathTo(USAGE, projectId), query);
  }
}
