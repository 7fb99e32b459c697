/** An advisory about files that were made to harm whoever opens them. */
export interface Advisory {
  id: string;
  cve: string;
  title: string;
  url: string;
}

// OSSA: https://opendev.org/openstack/ossa, folder ossa/, one file an advisory
const ossa = (id: string, cve: string, title: string): Advisory => ({
  id,
  cve,
  title,
  url: `https://security.openstack.org/ossa/${id}.html`,
});

/** A backing file in a qcow2 image that a volume or an import was made of. */
export const CINDER_BACKING_FILE = ossa(
  'OSSA-2015-011',
  'CVE-2015-1851',
  'Cinder host file disclosure through qcow2 backing file',
);
export const GLANCE_BACKING_FILE = ossa(
  'OSSA-2015-014',
  'CVE-2015-5163',
  'Glance v2 API host file disclosure through qcow2 backing file',
);
/** `monolithicFlat` and its like: the extent names any file of the host. */
export const VMDK_FLAT = ossa(
  'OSSA-2023-002',
  'CVE-2022-47951',
  'Arbitrary file access through custom VMDK flat descriptor',
);
export const QCOW2_DATA_FILE = ossa(
  'OSSA-2024-001',
  'CVE-2024-32498',
  'Arbitrary file access through custom QCOW2 external data',
);
/** The same two, hidden in an image that is declared raw. */
export const DECLARED_RAW = ossa(
  'OSSA-2024-002',
  'CVE-2024-40767',
  'Incomplete file access fix and regression for QCOW2 backing files and VMDK flat descriptors',
);
/** https://nvd.nist.gov/vuln/detail/CVE-2014-0144: QEMU before 2.0 did not check what the headers of image formats say. */
export const QEMU_HEADERS: Advisory = {
  id: 'CVE-2014-0144',
  cve: 'CVE-2014-0144',
  title: 'QEMU: missing validation of the headers of image formats',
  url: 'https://nvd.nist.gov/vuln/detail/CVE-2014-0144',
};

/** All that a backing file has done. */
export const BACKING_FILE: readonly Advisory[] = [CINDER_BACKING_FILE, GLANCE_BACKING_FILE, DECLARED_RAW];
