/** Who is who in every start state, embedded or real; all have the password {@link PASSWORD}. */
export const USERS = [
  { name: 'admin', project: 'admin', role: 'admin' },
  { name: 'demo', project: 'demo', role: 'member' },
  { name: 'partner', project: 'partner', role: 'member' },
  { name: 'viewer', project: 'demo', role: 'reader' },
] as const;

export const PASSWORD = 'secret';

/** The image that everybody may use: its record, without the data. */
export const CIRROS = {
  name: 'cirros',
  disk_format: 'qcow2',
  container_format: 'bare',
  visibility: 'public',
  min_ram: 64,
  os_distro: 'cirros',
} as const;
