/** Where servers run: hypervisors, services, aggregates, availability zones. */
import { all, pathTo, type ComputeFindOptions, type Kind } from './base';
import { FlavorCalls } from './flavors';
import type { Aggregate, AvailabilityZone, ComputeService, Hypervisor, Page } from './types';

const HYPERVISOR: Kind = {
  name: 'Hypervisor',
  path: '/os-hypervisors',
  key: 'hypervisor',
  plural: 'hypervisors',
  maxMicroversion: '2.88',
};
const SERVICE: Kind = {
  name: 'Service',
  path: '/os-services',
  key: 'service',
  plural: 'services',
  maxMicroversion: '2.69',
};
const AGGREGATE: Kind = {
  name: 'Aggregate',
  path: '/os-aggregates',
  key: 'aggregate',
  plural: 'aggregates',
  maxMicroversion: '2.81',
};
const ZONE: Kind = {
  name: 'AvailabilityZone',
  path: '/os-availability-zone',
  key: '',
  plural: 'availabilityZoneInfo',
};

export class HostCalls extends FlavorCalls {
  /**
   * Hypervisors (admin only by default).
   *
   * @param query `hypervisor_hostname_pattern` is part of the name.
   */
  async *hypervisors({
    details = true,
    ...query
  }: Page & { details?: boolean; hypervisor_hostname_pattern?: string } = {}): AsyncGenerator<
    Hypervisor,
    void,
    undefined
  > {
    const { hypervisor_hostname_pattern: pattern, ...page } = query;
    const path = details ? '/os-hypervisors/detail' : HYPERVISOR.path;
    if (pattern === undefined || (await this.supports('2.53')))
      yield* this.list<Hypervisor>(HYPERVISOR, query, { path });
    else yield* this.list<Hypervisor>(HYPERVISOR, page, { path: pathTo(HYPERVISOR, pattern, 'search') });
  }

  getHypervisor(id: string): Promise<Hypervisor> {
    return this.get<Hypervisor>(HYPERVISOR, id);
  }

  /** A hypervisor by id or host name. Throws {@link ResourceNotFound} with `ignoreMissing: false`. */
  async findHypervisor(nameOrId: string, options: { ignoreMissing: false }): Promise<Hypervisor>;
  async findHypervisor(nameOrId: string, options?: ComputeFindOptions): Promise<Hypervisor | undefined>;
  async findHypervisor(nameOrId: string, options: ComputeFindOptions = {}): Promise<Hypervisor | undefined> {
    return this.find(
      HYPERVISOR,
      nameOrId,
      options,
      () => named(this.hypervisors({ details: false })),
      async (id) => this.fetch(HYPERVISOR, pathTo(HYPERVISOR, id)),
    );
  }

  /** The uptime of a hypervisor, before 2.88. */
  async hypervisorUptime(id: string): Promise<Hypervisor> {
    return this.fetch(HYPERVISOR, pathTo(HYPERVISOR, id, 'uptime'));
  }

  /** The processes that make up the service, on every host. */
  services(
    query: { host?: string | undefined; binary?: string | undefined } = {},
  ): Promise<ComputeService[]> {
    return all(this.list<ComputeService>(SERVICE, query));
  }

  /** Switches a service on or off, or says that it is down. Since 2.53. */
  async updateService(
    id: string,
    changes: { status?: 'enabled' | 'disabled'; disabled_reason?: string; forced_down?: boolean },
  ): Promise<ComputeService> {
    return this.send(SERVICE, 'PUT', pathTo(SERVICE, id), changes);
  }

  /** {@link updateService} before 2.53, by host and binary. */
  async changeService(
    action: 'enable' | 'disable' | 'disable-log-reason' | 'force-down',
    service: { host: string; binary: string; disabled_reason?: string; forced_down?: boolean },
  ): Promise<void> {
    const microversion = action === 'force-down' ? '2.11' : undefined;
    await this.request(pathTo(SERVICE, action), { method: 'PUT', json: service, microversion });
  }

  deleteService(id: string): Promise<void> {
    return this.remove(SERVICE, id);
  }

  aggregates(): Promise<Aggregate[]> {
    return all(this.list<Aggregate>(AGGREGATE));
  }

  /** An aggregate by id or exact name. Throws {@link ResourceNotFound} with `ignoreMissing: false`. */
  findAggregate(nameOrId: string, options: { ignoreMissing: false }): Promise<Aggregate>;
  findAggregate(nameOrId: string, options?: ComputeFindOptions): Promise<Aggregate | undefined>;
  findAggregate(nameOrId: string, options: ComputeFindOptions = {}): Promise<Aggregate | undefined> {
    return this.find<Aggregate>(AGGREGATE, nameOrId, options, () => this.list<Aggregate>(AGGREGATE));
  }

  createAggregate(aggregate: { name: string; availability_zone?: string | undefined }): Promise<Aggregate> {
    return this.create<Aggregate>(AGGREGATE, aggregate);
  }

  updateAggregate(id: number, changes: { name?: string; availability_zone?: string }): Promise<Aggregate> {
    return this.update<Aggregate>(AGGREGATE, String(id), changes);
  }

  deleteAggregate(id: number): Promise<void> {
    return this.remove(AGGREGATE, String(id));
  }

  addHostToAggregate(id: number, host: string): Promise<Aggregate> {
    return this.#action(id, { add_host: { host } });
  }

  removeHostFromAggregate(id: number, host: string): Promise<Aggregate> {
    return this.#action(id, { remove_host: { host } });
  }

  /** Sets properties; null takes one away. */
  setAggregateMetadata(id: number, metadata: Record<string, string | null>): Promise<Aggregate> {
    return this.#action(id, { set_metadata: { metadata } });
  }

  /** Asks the hosts of an aggregate to fetch images before they are needed. Since 2.81. */
  async cacheImages(id: number, images: readonly string[]): Promise<void> {
    const json = { cache: images.map((image) => ({ id: image })) };
    const path = pathTo(AGGREGATE, String(id), 'images');
    await this.request(path, { method: 'POST', json, microversion: '2.81' });
  }

  /** @param details whether to tell the hosts of each zone (admin only by default). */
  availabilityZones(details = false): Promise<AvailabilityZone[]> {
    return all(this.list<AvailabilityZone>(ZONE, {}, details ? { path: `${ZONE.path}/detail` } : {}));
  }

  async #action(id: number, json: object): Promise<Aggregate> {
    // the SDK asks for no microversion here
    const path = pathTo(AGGREGATE, String(id), 'action');
    const response = await this.request(path, { method: 'POST', json });
    return ((await response.json()) as { aggregate: Aggregate }).aggregate; // the API's contract
  }
}

/** Under `name` what the API calls otherwise, for {@link HostCalls.find}. */
async function* named(hypervisors: AsyncIterable<Hypervisor>): AsyncGenerator<Hypervisor & { name: string }> {
  for await (const one of hypervisors) yield { ...one, name: one.hypervisor_hostname };
}
