/** Users and groups. */
import { pathTo, type FindOptions } from './base';
import { ProjectCalls } from './projects';
import type { Group, User, UserCreate, UserUpdate } from './types';

/** Filters of a list of users or groups. */
export interface PeopleQuery {
  domain_id?: string | undefined;
  name?: string | undefined;
}

export class UserCalls extends ProjectCalls {
  /** All users (admin only by default). `GET /v3/users`. */
  users(query: PeopleQuery & { enabled?: boolean | undefined } = {}): Promise<User[]> {
    return this.list('users', '/users', { ...query });
  }

  getUser(id: string): Promise<User> {
    return this.get('User', 'user', pathTo('users', id), id);
  }

  /**
   * A user by id or exact name; undefined when there is none you may see.
   *
   * @throws {@link DuplicateResource}; {@link ResourceNotFound} with `ignoreMissing: false`.
   */
  findUser(nameOrId: string, options: FindOptions & { ignoreMissing: false }): Promise<User>;
  findUser(nameOrId: string, options?: FindOptions): Promise<User | undefined>;
  findUser(nameOrId: string, options: FindOptions = {}): Promise<User | undefined> {
    return this.find(
      'User',
      nameOrId,
      options,
      (id, query) => this.fetchOne('user', pathTo('users', id), query),
      (query) => this.users(query),
    );
  }

  createUser(user: UserCreate): Promise<User> {
    return this.create('user', '/users', user);
  }

  updateUser(id: string, changes: UserUpdate): Promise<User> {
    return this.update('user', pathTo('users', id), changes);
  }

  deleteUser(id: string): Promise<void> {
    return this.remove(pathTo('users', id));
  }

  /** Changes your own password; every token of yours ends. `POST /v3/users/{id}/password`. */
  async changePassword(id: string, original_password: string, password: string): Promise<void> {
    await this.request(pathTo('users', id, 'password'), {
      method: 'POST',
      json: { user: { original_password, password } },
    });
  }

  /** All groups (admin only by default). `GET /v3/groups`. */
  groups(query: PeopleQuery = {}): Promise<Group[]> {
    return this.list('groups', '/groups', { ...query });
  }

  /** The groups a user is in. `GET /v3/users/{id}/groups`. */
  userGroups(userId: string, query: PeopleQuery = {}): Promise<Group[]> {
    return this.list('groups', pathTo('users', userId, 'groups'), { ...query });
  }

  /** The users in a group. `GET /v3/groups/{id}/users`. */
  groupUsers(groupId: string, query: PeopleQuery = {}): Promise<User[]> {
    return this.list('users', pathTo('groups', groupId, 'users'), { ...query });
  }

  getGroup(id: string): Promise<Group> {
    return this.get('Group', 'group', pathTo('groups', id), id);
  }

  /** A group by id or exact name. Throws {@link ResourceNotFound} with `ignoreMissing: false`. */
  findGroup(nameOrId: string, options: FindOptions & { ignoreMissing: false }): Promise<Group>;
  findGroup(nameOrId: string, options?: FindOptions): Promise<Group | undefined>;
  findGroup(nameOrId: string, options: FindOptions = {}): Promise<Group | undefined> {
    return this.find(
      'Group',
      nameOrId,
      options,
      (id, query) => this.fetchOne('group', pathTo('groups', id), query),
      (query) => this.groups(query),
    );
  }

  createGroup(group: { name: string; domain_id?: string; description?: string }): Promise<Group> {
    return this.create('group', '/groups', group);
  }

  updateGroup(id: string, changes: { name?: string; description?: string }): Promise<Group> {
    return this.update('group', pathTo('groups', id), changes);
  }

  deleteGroup(id: string): Promise<void> {
    return this.remove(pathTo('groups', id));
  }

  addUserToGroup(userId: string, groupId: string): Promise<void> {
    return this.put(pathTo('groups', groupId, 'users', userId));
  }

  removeUserFromGroup(userId: string, groupId: string): Promise<void> {
    return this.remove(pathTo('groups', groupId, 'users', userId));
  }

  /** Throws {@link NotFoundException} when the user is not in the group. */
  async checkUserInGroup(userId: string, groupId: string): Promise<void> {
    await this.request(pathTo('groups', groupId, 'users', userId), { method: 'HEAD' });
  }
}
