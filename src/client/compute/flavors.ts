/** Flavors: openstack/compute/v2/flavor.py. */
import { ComputeBase, member, pathTo, type ComputeFindOptions, type Kind } from './base';
import type { Flavor, FlavorCreate, FlavorQuery } from './types';

const FLAVOR: Kind = {
  name: 'Flavor',
  path: '/flavors',
  key: 'flavor',
  plural: 'flavors',
  maxMicroversion: '2.61',
};

export class FlavorCalls extends ComputeBase {
  /**
   * Flavors, page after page. `GET /flavors/detail`.
   *
   * @param options `paginated: false` stops after the first page.
   */
  flavors(
    query: FlavorQuery = { is_public: 'None' },
    options: { paginated?: boolean } = {},
  ): AsyncGenerator<Flavor, void, undefined> {
    return this.list<Flavor>(FLAVOR, query, { path: '/flavors/detail', ...options });
  }

  /** One flavor by id. Throws {@link NotFoundException}. */
  getFlavor(id: string): Promise<Flavor> {
    return this.get<Flavor>(FLAVOR, id);
  }

  /** A flavor by id or exact name. Throws {@link ResourceNotFound} with `ignoreMissing: false`. */
  findFlavor(nameOrId: string, options: { ignoreMissing: false }): Promise<Flavor>;
  findFlavor(nameOrId: string, options?: ComputeFindOptions): Promise<Flavor | undefined>;
  findFlavor(nameOrId: string, options: ComputeFindOptions = {}): Promise<Flavor | undefined> {
    return this.find<Flavor>(FLAVOR, nameOrId, options, () => this.flavors());
  }

  /** Makes a flavor (admin only by default). Throws {@link ConflictException} for a name or id that exists. */
  createFlavor(flavor: FlavorCreate): Promise<Flavor> {
    return this.create<Flavor>(FLAVOR, flavor);
  }

  /** Changes the description, which is all that can be changed. */
  updateFlavor(id: string, changes: { description: string }): Promise<Flavor> {
    return this.update<Flavor>(FLAVOR, id, changes);
  }

  deleteFlavor(id: string): Promise<void> {
    return this.remove(FLAVOR, id);
  }

  /** What the flavor asks of hosts beside its size. `GET /flavors/{id}/os-extra_specs`. */
  async flavorExtraSpecs(id: string): Promise<Record<string, string>> {
    return this.fetch({ ...FLAVOR, key: 'extra_specs' }, pathTo(FLAVOR, id, 'os-extra_specs'));
  }

  /** Adds to them, or changes them. */
  createFlavorExtraSpecs(id: string, specs: Record<string, string>): Promise<Record<string, string>> {
    const path = pathTo(FLAVOR, id, 'os-extra_specs');
    return this.send({ ...FLAVOR, key: 'extra_specs' }, 'POST', path, { extra_specs: specs });
  }

  deleteFlavorExtraSpec(id: string, name: string): Promise<void> {
    return this.remove({ ...FLAVOR, path: pathTo(FLAVOR, id, 'os-extra_specs') }, name);
  }

  /** The projects that may use a private flavor. */
  async flavorAccess(id: string): Promise<{ flavor_id: string; tenant_id: string }[]> {
    const response = await this.request(pathTo(FLAVOR, id, 'os-flavor-access'));
    return member(await response.json(), 'flavor_access');
  }

  async addFlavorAccess(id: string, projectId: string): Promise<void> {
    await this.#action(id, { addTenantAccess: { tenant: projectId } });
  }

  async removeFlavorAccess(id: string, projectId: string): Promise<void> {
    await this.#action(id, { removeTenantAccess: { tenant: projectId } });
  }

  async #action(id: string, json: object): Promise<void> {
    await this.request(pathTo(FLAVOR, id, 'action'), { method: 'POST', json, headers: { Accept: '' } });
  }
}
