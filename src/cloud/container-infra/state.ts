/** Magnum's records, as plain JSON. Field names are those of its database: magnum/db/sqlalchemy/models.py. */

/** What a cluster looks like. Names of images, networks and flavors stay as they were given. */
export interface ClusterTemplateRecord {
  /** Counts up; what lists are sorted by. */
  id: number;
  uuid: string;
  name: string | null;
  coe: string;
  image_id: string;
  flavor_id: string | null;
  master_flavor_id: string | null;
  /** IPv4 addresses, separated by commas. */
  dns_nameserver: string | null;
  keypair_id: string | null;
  external_network_id: string | null;
  fixed_network: string | null;
  fixed_subnet: string | null;
  network_driver: string | null;
  apiserver_port: number | null;
  /** GiB. */
  docker_volume_size: number | null;
  /** The `os_distro` of the image. */
  cluster_distro: string | null;
  http_proxy: string | null;
  https_proxy: string | null;
  no_proxy: string | null;
  volume_driver: string | null;
  registry_enabled: boolean | null;
  labels: Record<string, string> | null;
  tls_disabled: boolean | null;
  public: boolean | null;
  server_type: string | null;
  insecure_registry: string | null;
  docker_storage_driver: string | null;
  master_lb_enabled: boolean | null;
  floating_ip_enabled: boolean | null;
  project_id: string;
  user_id: string;
  hidden: boolean | null;
  tags: string | null;
  /** The `magnum_driver` of the image. */
  driver: string | null;
  /** Whole seconds, such as `2026-11-22T09:00:00+00:00`. */
  created_at: string;
  updated_at: string | null;
}

/** What Magnum knows. */
export interface ContainerInfraState {
  clusterTemplates: ClusterTemplateRecord[];
  /** The `id` of the newest template there ever was. */
  lastId: number;
}

/** A Magnum that nobody has asked for anything yet. */
export function newContainerInfraState(): ContainerInfraState {
  return { clusterTemplates: [], lastId: 0 };
}
