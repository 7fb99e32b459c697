import { SHARE_PATH } from '../paths';
import type { RequestContext } from './policy';
import type { ShareRepository } from './repository';
import type {
  AccessRecord,
  ExportLocationRecord,
  SecurityServiceRecord,
  ShareNetworkRecord,
  ShareNetworkSubnetRecord,
  ShareRecord,
  SnapshotRecord,
} from './state';

/** Records as answers show them, each version with its own fields: manila/api/views. */
export class Views {
  constructor(
    readonly repository: ShareRepository,
    readonly baseUrl: string,
  ) {}

  /** The URL of a collection. */
  url(context: RequestContext, path: string, version = '/v2'): string {
    const project = context.projectInUrl ? `/${context.projectId}` : '';
    return `${this.baseUrl}${SHARE_PATH}${version}${project}/${path}`;
  }

  links(context: RequestContext, collection: string, id: string): object[] {
    return [
      { rel: 'self', href: this.url(context, `${collection}/${id}`) },
      { rel: 'bookmark', href: this.url(context, `${collection}/${id}`, '') },
    ];
  }

  /** The link to the next page, where a page is full. */
  next(
    context: RequestContext,
    query: URLSearchParams,
    collection: string,
    items: readonly { id: string }[],
  ): object[] | undefined {
    const limit = Number(query.get('limit') ?? 0);
    const last = items.at(-1);
    if (!limit || limit !== items.length || last === undefined) return undefined;
    const params = [...query].filter(([name]) => name !== 'marker');
    const text = [...params, ['marker', last.id]].map((pair) => pair.join('=')).join('&');
    return [{ rel: 'next', href: `${this.url(context, collection)}?${text}` }];
  }

  share(context: RequestContext, share: ShareRecord): object {
    const { version, isAdmin } = context;
    const type = this.repository.typeOf(share);
    const typeName = type?.name ?? null;
    const syncing = share.access_rules_status === 'syncing';
    return {
      id: share.id,
      size: share.size,
      availability_zone: share.availability_zone,
      created_at: share.created_at,
      status: share.status === 'creating_from_snapshot' && version < 54 ? 'creating' : share.status,
      name: share.display_name,
      description: share.display_description,
      project_id: share.project_id,
      snapshot_id: share.snapshot_id,
      share_network_id: share.share_network_id,
      share_proto: share.share_proto,
      ...(version < 9 && { export_location: share.export_locations[0]?.path ?? null }),
      metadata: share.metadata,
      share_type: version >= 6 ? share.share_type_id : (typeName ?? share.share_type_id),
      volume_type: typeName ?? share.share_type_id,
      links: this.links(context, 'shares', share.id),
      is_public: share.is_public,
      ...(version < 9 && { export_locations: share.export_locations.map(({ path }) => path) }),
      ...(version >= 2 && { snapshot_support: share.snapshot_support }),
      ...(version >= 5 && { task_state: share.task_state }),
      ...(version >= 6 && { share_type_name: typeName }),
      ...(version >= 10 && {
        access_rules_status: syncing && version <= 27 ? 'out_of_sync' : share.access_rules_status,
      }),
      ...(version >= 11 && { replication_type: null, has_replicas: false }),
      ...(version >= 16 && { user_id: share.user_id }),
      ...(version >= 24 && { create_share_from_snapshot_support: share.create_share_from_snapshot_support }),
      ...(version >= 27 && { revert_to_snapshot_support: share.revert_to_snapshot_support }),
      ...(version >= 31 && { share_group_id: null, source_share_group_snapshot_member_id: null }),
      ...(version >= 32 && { mount_snapshot_support: share.mount_snapshot_support }),
      ...(version >= 54 && { progress: share.progress }),
      ...(version >= 69 && {
        is_soft_deleted: share.is_soft_deleted,
        scheduled_to_be_deleted_at: share.scheduled_to_be_deleted_at,
      }),
      ...(version >= 80 && { source_backup_id: null }),
      ...(isAdmin && { share_server_id: null, host: share.host }),
    };
  }

  summary(context: RequestContext, collection: string, id: string, name: string | null): object {
    return { id, name, links: this.links(context, collection, id) };
  }

  snapshot(context: RequestContext, snapshot: SnapshotRecord): object {
    const { version, isAdmin } = context;
    return {
      id: snapshot.id,
      share_id: snapshot.share_id,
      share_size: snapshot.share_size,
      created_at: snapshot.created_at,
      status: snapshot.status,
      name: snapshot.display_name,
      description: snapshot.display_description,
      size: snapshot.size,
      share_proto: snapshot.share_proto,
      links: this.links(context, 'snapshots', snapshot.id),
      ...(version >= 12 && isAdmin && { provider_location: snapshot.provider_location }),
      ...(version >= 17 && { user_id: snapshot.user_id, project_id: snapshot.project_id }),
      ...(version >= 73 && { metadata: snapshot.metadata }),
    };
  }

  /** A rule. @param withShare whether the share is named. @param hidden whether its caller may not see for whom it is. */
  access(context: RequestContext, rule: AccessRecord, withShare: boolean, hidden = false): object {
    const { version } = context;
    const status = this.repository.state.shares.find(({ id }) => id === rule.share_id)?.access_rules_status;
    const stars = '******';
    return {
      id: rule.id,
      ...(withShare && { share_id: rule.share_id }),
      access_level: rule.access_level,
      access_to: hidden ? stars : rule.access_to,
      access_type: rule.access_type,
      state: version <= 27 ? (status === 'syncing' ? 'new' : status) : rule.state,
      ...((version >= 21 || hidden) && { access_key: hidden ? stars : null }),
      ...(version >= 33 && { created_at: rule.created_at, updated_at: rule.updated_at }),
      ...(version >= 45 && { metadata: rule.metadata }),
    };
  }

  exportLocation(
    context: RequestContext,
    location: ExportLocationRecord,
    instanceId: string,
    detail: boolean,
  ): object {
    const { version, isAdmin } = context;
    return {
      id: location.id,
      path: location.path,
      ...(version >= 14 && { preferred: location.preferred }),
      ...(version >= 87 && { metadata: location.metadata }),
      ...(isAdmin && { share_instance_id: instanceId, is_admin_only: location.is_admin_only }),
      ...(detail && { created_at: location.created_at, updated_at: location.updated_at }),
    };
  }

  snapshotExportLocation(
    context: RequestContext,
    location: ExportLocationRecord,
    instanceId: string,
    detail: boolean,
  ): object {
    return {
      id: location.id,
      path: location.path,
      links: this.links(context, 'share_snapshot_export_locations', location.id),
      ...(context.isAdmin && {
        share_snapshot_instance_id: instanceId,
        is_admin_only: location.is_admin_only,
      }),
      ...(detail && { created_at: location.created_at, updated_at: location.updated_at }),
    };
  }

  instance({ version }: RequestContext, share: ShareRecord): object {
    return {
      id: share.instance_id,
      share_id: share.id,
      availability_zone: share.availability_zone,
      created_at: share.created_at,
      host: share.host,
      status: share.status,
      share_network_id: share.share_network_id,
      share_server_id: null,
      ...(version < 9 && {
        export_location: share.export_locations[0]?.path ?? null,
        export_locations: share.export_locations.map(({ path }) => path),
      }),
      ...(version >= 10 && { access_rules_status: share.access_rules_status }),
      ...(version >= 11 && { replica_state: null }),
      ...(version >= 22 && { share_type_id: share.share_type_id }),
      ...(version >= 30 && { cast_rules_to_readonly: false }),
      ...(version >= 54 && { progress: share.progress }),
      ...(version >= 71 && { updated_at: share.updated_at }),
    };
  }

  network(context: RequestContext, network: ShareNetworkRecord, detail: boolean): object {
    const { version } = context;
    const summary = { id: network.id, name: network.name };
    if (!detail) return summary;
    const subnet = network.subnets.find(({ availability_zone }) => availability_zone === null);
    return {
      ...summary,
      project_id: network.project_id,
      created_at: network.created_at,
      updated_at: network.updated_at,
      ...(version < 51 && {
        neutron_net_id: subnet?.neutron_net_id ?? null,
        neutron_subnet_id: subnet?.neutron_subnet_id ?? null,
        network_type: subnet?.network_type ?? null,
        segmentation_id: subnet?.segmentation_id ?? null,
        cidr: subnet?.cidr ?? null,
        ip_version: subnet?.ip_version ?? null,
      }),
      description: network.description,
      ...(version >= 18 && version < 51 && { gateway: subnet?.gateway ?? null }),
      ...(version >= 20 && version < 51 && { mtu: subnet?.mtu ?? null }),
      ...(version <= 25 && { nova_net_id: null }),
      ...(version >= 51 &&
        version < 78 && { share_network_subnets: network.subnets.map((one) => subnetInside(one, false)) }),
      ...(version >= 63 && { status: network.status, security_service_update_support: true }),
      ...(version >= 70 && { network_allocation_update_support: true }),
      ...(version >= 78 && { share_network_subnets: network.subnets.map((one) => subnetInside(one, true)) }),
    };
  }

  subnet({ version }: RequestContext, network: ShareNetworkRecord, subnet: ShareNetworkSubnetRecord): object {
    return {
      id: subnet.id,
      availability_zone: subnet.availability_zone,
      share_network_id: network.id,
      share_network_name: network.name,
      created_at: subnet.created_at,
      segmentation_id: subnet.segmentation_id ?? null,
      neutron_subnet_id: subnet.neutron_subnet_id,
      updated_at: subnet.updated_at,
      neutron_net_id: subnet.neutron_net_id,
      ip_version: subnet.ip_version ?? null,
      cidr: subnet.cidr ?? null,
      network_type: subnet.network_type ?? null,
      mtu: subnet.mtu ?? null,
      gateway: subnet.gateway ?? null,
      ...(version >= 78 && { metadata: subnet.metadata }),
    };
  }

  securityService({ version }: RequestContext, service: SecurityServiceRecord, detail: boolean): object {
    const { id, name, type } = service;
    // the model lost its status; the view did not
    const summary = { id, name, type, status: 'new' };
    if (!detail) return summary;
    return {
      ...summary,
      created_at: service.created_at,
      updated_at: service.updated_at,
      description: service.description,
      dns_ip: service.dns_ip,
      server: service.server,
      domain: service.domain,
      user: service.user,
      password: service.password,
      project_id: service.project_id,
      ...(version >= 44 && { ou: service.ou }),
      ...(version >= 76 && { default_ad_site: service.default_ad_site }),
    };
  }
}

/** A subnet as it stands in its network. */
function subnetInside(subnet: ShareNetworkSubnetRecord, withMetadata: boolean): object {
  return {
    id: subnet.id,
    availability_zone: subnet.availability_zone,
    created_at: subnet.created_at,
    updated_at: subnet.updated_at,
    segmentation_id: subnet.segmentation_id ?? null,
    neutron_net_id: subnet.neutron_net_id,
    neutron_subnet_id: subnet.neutron_subnet_id,
    ip_version: subnet.ip_version ?? null,
    cidr: subnet.cidr ?? null,
    network_type: subnet.network_type ?? null,
    mtu: subnet.mtu ?? null,
    gateway: subnet.gateway ?? null,
    ...(withMetadata && { metadata: subnet.metadata }),
  };
}
