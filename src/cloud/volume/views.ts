import type { RequestContext } from './policy';
import type { VolumeRepository } from './repository';
import type { AttachmentRecord, SnapshotRecord, VolumeRecord, VolumeTypeRecord } from './state';
import { VOLUME_PATH } from '../paths';

/** The one volume service there is, as `shared_targets` and `service_uuid` show it. */
const SERVICE_UUID = '5a2f0e52-6f3c-4f6b-9d0c-1d2a8c7c9b11';

/** Names of extra specs that everybody may see: `USER_VISIBLE_EXTRA_SPECS`. */
const VISIBLE_SPECS = ['RESKEY:availability_zones', 'multiattach', 'replication_enabled'];

/** Records as answers show them. Modelled on cinder/api/v3/views and the extensions of cinder/api/contrib. */
export class Views {
  constructor(
    readonly repository: VolumeRepository,
    readonly baseUrl: string,
  ) {}

  /** The URL of a collection or of one thing in it. */
  url(context: RequestContext, path: string, version = '/v3'): string {
    const project = context.projectInUrl ? `/${context.projectId}` : '';
    return `${this.baseUrl}${VOLUME_PATH}${version}${project}/${path}`;
  }

  #links(context: RequestContext, collection: string, id: string): object[] {
    return [
      { rel: 'self', href: this.url(context, `${collection}/${id}`) },
      { rel: 'bookmark', href: this.url(context, `${collection}/${id}`, '') },
    ];
  }

  volumeSummary(context: RequestContext, volume: VolumeRecord): object {
    return {
      id: volume.id,
      name: volume.display_name,
      links: this.#links(context, 'volumes', volume.id),
    };
  }

  /** @param extended with what the extensions add to `show` and `detail`. */
  volume(context: RequestContext, volume: VolumeRecord, extended: boolean): object {
    const { version, isAdmin } = context;
    const { readonly, attached_mode } = volume.admin_metadata;
    const placed = volume.host !== null;
    return {
      id: volume.id,
      status: volume.status,
      size: volume.size,
      availability_zone: volume.availability_zone,
      created_at: volume.created_at,
      updated_at: volume.updated_at,
      name: volume.display_name,
      description: volume.display_description,
      volume_type: this.repository.typeName(volume.volume_type_id),
      snapshot_id: volume.snapshot_id,
      source_volid: volume.source_volid,
      metadata: {
        ...volume.metadata,
        ...(extended && readonly !== undefined && { readonly }),
        ...(extended && attached_mode !== undefined && { attached_mode }),
      },
      links: this.#links(context, 'volumes', volume.id),
      user_id: volume.user_id,
      bootable: String(volume.bootable),
      encrypted: false,
      replication_status: null,
      consistencygroup_id: null,
      multiattach: volume.multiattach,
      attachments: this.repository
        .attachmentsOf(volume.id)
        .filter(({ attach_status }) => attach_status === 'attached')
        .map((attachment) => attachedTo(attachment, isAdmin)),
      ...(isAdmin && { migration_status: volume.migration_status }),
      ...(version >= 13 && { group_id: null }),
      ...(isAdmin && version >= 21 && { provider_id: null }),
      ...(version >= 48 && { shared_targets: !placed, service_uuid: placed ? SERVICE_UUID : null }),
      ...(isAdmin && version >= 61 && { cluster_name: null }),
      ...(version >= 63 && { volume_type_id: volume.volume_type_id }),
      ...(version >= 65 && { consumes_quota: true }),
      ...(extended && {
        'os-vol-tenant-attr:tenant_id': volume.project_id,
        ...(isAdmin && {
          'os-vol-mig-status-attr:migstat': volume.migration_status,
          'os-vol-mig-status-attr:name_id': null,
          'os-vol-host-attr:host': volume.host,
        }),
        ...(Object.keys(volume.glance_metadata).length > 0 && {
          volume_image_metadata: volume.glance_metadata,
        }),
      }),
    };
  }

  snapshot(context: RequestContext, snapshot: SnapshotRecord, extended: boolean): object {
    const { version } = context;
    return {
      id: snapshot.id,
      created_at: snapshot.created_at,
      updated_at: snapshot.updated_at,
      name: snapshot.display_name,
      description: snapshot.display_description,
      volume_id: snapshot.volume_id,
      status: snapshot.status,
      size: snapshot.volume_size,
      metadata: snapshot.metadata,
      ...(version >= 14 && { group_snapshot_id: null }),
      ...(version >= 41 && { user_id: snapshot.user_id }),
      ...(version >= 65 && { consumes_quota: true }),
      ...(extended && {
        'os-extended-snapshot-attributes:project_id': snapshot.project_id,
        'os-extended-snapshot-attributes:progress': snapshot.progress,
      }),
    };
  }

  /** @param extended with what the extension for the access adds. */
  type(context: RequestContext, type: VolumeTypeRecord, extended: boolean): object {
    const { extra_specs } = type;
    return {
      id: type.id,
      name: type.name,
      is_public: type.is_public,
      description: type.description,
      extra_specs: context.isAdmin ? extra_specs : visibleSpecs(extra_specs),
      ...(context.isAdmin && { qos_specs_id: null }),
      ...(extended && { 'os-volume-type-access:is_public': type.is_public }),
    };
  }
}

export function visibleSpecs(specs: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(specs).filter(([name]) => VISIBLE_SPECS.includes(name)));
}

function attachedTo(attachment: AttachmentRecord, isAdmin: boolean): object {
  return {
    id: attachment.volume_id,
    attachment_id: attachment.id,
    volume_id: attachment.volume_id,
    server_id: attachment.instance_uuid,
    host_name: isAdmin ? attachment.attached_host : null,
    device: attachment.mountpoint,
    attached_at: attachment.attach_time,
  };
}
