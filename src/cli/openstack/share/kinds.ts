/** The kinds of things that manilaclient's managers are about. */
import type { Value } from '../../python';

/** A manager of manilaclient: how one kind of thing is got and listed. */
export interface Kind {
  /** Its word in errors: the class's name in small letters. */
  word: string;
  /** The member of answers that holds one, and that of many. */
  key: string;
  listKey: string;
  path: string;
  /** The list's path, where it is another one. */
  listPath?: string;
  /** What a list of all of them is asked for, besides. */
  all?: Readonly<Record<string, Value>>;
  /** The field that names one; `name` unless set. */
  nameField?: string;
}

export const SHARES: Kind = {
  word: 'share',
  key: 'share',
  listKey: 'shares',
  path: '/shares',
  listPath: '/shares/detail',
  all: { is_public: true },
};
export const SNAPSHOTS: Kind = {
  word: 'sharesnapshot',
  key: 'snapshot',
  listKey: 'snapshots',
  path: '/snapshots',
  listPath: '/snapshots/detail',
};
export const TYPES: Kind = {
  word: 'sharetype',
  key: 'share_type',
  listKey: 'share_types',
  path: '/types',
  all: { is_public: 'all' },
};
export const NETWORKS: Kind = {
  word: 'sharenetwork',
  key: 'share_network',
  listKey: 'share_networks',
  path: '/share-networks',
  listPath: '/share-networks/detail',
};
export const SECURITY_SERVICES: Kind = {
  word: 'securityservice',
  key: 'security_service',
  listKey: 'security_services',
  path: '/security-services',
  listPath: '/security-services/detail',
};
export const GROUPS: Kind = {
  word: 'sharegroup',
  key: 'share_group',
  listKey: 'share_groups',
  path: '/share-groups',
  listPath: '/share-groups/detail',
};
export const SERVERS: Kind = {
  word: 'shareserver',
  key: 'share_server',
  listKey: 'share_servers',
  path: '/share-servers',
};
export const LOCKS: Kind = {
  word: 'resourcelock',
  key: 'resource_lock',
  listKey: 'resource_locks',
  path: '/resource-locks',
};
export const MESSAGES: Kind = {
  word: 'message',
  key: 'message',
  listKey: 'messages',
  path: '/messages',
  nameField: 'id',
};
export const INSTANCES: Kind = { word: 'shareinstance', key: 'share_instance', listKey: 'share_instances', path: '/share_instances' }; // prettier-ignore

/** A rule has no list to look for a name in. */
export const RULES: Kind = {
  word: 'shareaccessrule',
  key: 'access',
  listKey: 'access_list',
  path: '/share-access-rules',
};
