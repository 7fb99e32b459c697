/** Glance's `[image_format]disk_formats`, as it ships. */
export const DISK_FORMATS = [
  'ami',
  'ari',
  'aki',
  'vhd',
  'vhdx',
  'vmdk',
  'raw',
  'qcow2',
  'vdi',
  'iso',
  'ploop',
] as const;

export type DiskFormat = (typeof DISK_FORMATS)[number];
