/** Key pairs and server groups. */
import { all, pathTo, type ComputeFindOptions, type Kind } from './base';
import { HostCalls } from './hosts';
import type { Keypair, KeypairCreate, Page, ServerGroup, ServerGroupPolicy } from './types';

const KEYPAIR: Kind = {
  name: 'Keypair',
  path: '/os-keypairs',
  key: 'keypair',
  plural: 'keypairs',
  maxMicroversion: '2.10',
};
const GROUP: Kind = {
  name: 'ServerGroup',
  path: '/os-server-groups',
  key: 'server_group',
  plural: 'server_groups',
  maxMicroversion: '2.64',
};

export class GroupCalls extends HostCalls {
  /** Your key pairs, or those of a user. */
  async *keypairs(query: Page & { user_id?: string } = {}): AsyncGenerator<Keypair, void, undefined> {
    // each stands in an object of its own
    for await (const one of this.list<{ keypair: Keypair }>(KEYPAIR, query)) yield one.keypair;
  }

  /** A key pair by name. Throws {@link ResourceNotFound} with `ignoreMissing: false`. */
  async findKeypair(
    name: string,
    options: ComputeFindOptions & { ignoreMissing: false; user_id?: string | undefined },
  ): Promise<Keypair>;
  async findKeypair(
    name: string,
    options?: ComputeFindOptions & { user_id?: string | undefined },
  ): Promise<Keypair | undefined>;
  async findKeypair(
    name: string,
    { user_id, ...options }: ComputeFindOptions & { user_id?: string | undefined } = {},
  ): Promise<Keypair | undefined> {
    const query = user_id === undefined ? {} : { user_id };
    return this.find<Keypair>(
      KEYPAIR,
      name,
      options,
      () => this.keypairs(query),
      (id) => this.fetch<Keypair>(KEYPAIR, pathTo(KEYPAIR, id), query),
    );
  }

  /** Registers a public key. Throws {@link ConflictException} for a name that exists. */
  createKeypair(keypair: KeypairCreate): Promise<Keypair> {
    return this.create<Keypair>(KEYPAIR, keypair);
  }

  async deleteKeypair(name: string, userId?: string): Promise<void> {
    await this.remove(KEYPAIR, name, userId === undefined ? undefined : { user_id: userId });
  }

  serverGroups(
    query: { all_projects?: boolean; limit?: number; offset?: number } = {},
  ): Promise<ServerGroup[]> {
    return all(this.list<ServerGroup>(GROUP, query));
  }

  getServerGroup(id: string): Promise<ServerGroup> {
    return this.get<ServerGroup>(GROUP, id);
  }

  /** A server group by id or exact name. Throws {@link ResourceNotFound} with `ignoreMissing: false`. */
  findServerGroup(nameOrId: string, options: { ignoreMissing: false }): Promise<ServerGroup>;
  findServerGroup(nameOrId: string, options?: ComputeFindOptions): Promise<ServerGroup | undefined>;
  findServerGroup(nameOrId: string, options: ComputeFindOptions = {}): Promise<ServerGroup | undefined> {
    return this.find<ServerGroup>(GROUP, nameOrId, options, () => this.list<ServerGroup>(GROUP));
  }

  /** Makes a group. Before 2.64 its policy stands in a list. */
  async createServerGroup(group: {
    name: string;
    policy: ServerGroupPolicy;
    rules?: Record<string, unknown>;
  }): Promise<ServerGroup> {
    if (await this.supports('2.64')) return this.create<ServerGroup>(GROUP, group);
    return this.create<ServerGroup>(GROUP, { name: group.name, policies: [group.policy] });
  }

  deleteServerGroup(id: string): Promise<void> {
    return this.remove(GROUP, id);
  }
}
