/**
 * What image properties do and who reads them, in our words; a test holds the names against nova's export
 * (src/cloud/compute/objects/image-meta-props.json), which has their types and values. Who reads them was looked up in
 * nova 31, cinder 26 and glance 30.
 */

/** Who reads a property. `nobody`: the name is kept, and nothing in this release looks at it. */
export const readers = {
  scheduler: 'the scheduler',
  api: "nova's API, when a server is asked for",
  compute: 'nova-compute, with every driver',
  libvirt: 'the libvirt driver',
  vmware: 'the VMware driver',
  ironic: 'the Ironic driver',
  glance: 'Glance',
  cinder: 'Cinder',
  client: 'the openstack client',
  nobody: 'nobody',
} as const;

export type Reader = keyof typeof readers;

export interface PropertyNote {
  /** What it does, in a sentence or two. */
  does: string;
  read: readonly Reader[];
  /** A value that nova takes. Without one there is nothing to set by hand. */
  example?: string;
  /** What one writes, where that is not the field's own name. */
  written?: string;
}

function note(does: string, read: string, example?: string, written?: string): PropertyNote {
  return {
    does,
    // the names are checked by properties.test.ts
    read: read.split(' ') as Reader[],
    ...(example === undefined ? {} : { example }),
    ...(written === undefined ? {} : { written }),
  };
}

const xen = 'Was for the XenServer driver, which nova no longer has. Nova still checks its type.';

/** nova's own fields, by name. */
export const novaProperties: Readonly<Record<string, PropertyNote>> = {
  hw_architecture: note(
    'The processor that the image is made for. Only hosts that offer it are left. The libvirt driver builds the machine for it.',
    'scheduler api libvirt',
    'x86_64',
  ),
  hw_emulation_architecture: note(
    'Runs the image on a processor that the host does not have: QEMU emulates it, slowly. The scheduler looks at it only with [scheduler] image_metadata_prefilter.',
    'scheduler libvirt',
    'aarch64',
  ),
  hw_auto_disk_config: note(
    'Whether the disk is grown to the flavor’s size. Nova reads it by its old name only; the driver that did it is gone.',
    'api',
    'True',
  ),
  hw_boot_menu: note(
    'Shows the BIOS’s boot menu at the start, so that somebody at the console can choose a device.',
    'libvirt',
    'true',
  ),
  hw_cdrom_bus: note('The bus that CD-ROM drives hang on.', 'scheduler libvirt', 'sata'),
  hw_cpu_cores: note('How many cores a socket shows to the guest.', 'api libvirt', '2'),
  hw_cpu_sockets: note(
    'How many sockets the guest sees. Some systems are licensed by socket.',
    'api libvirt',
    '1',
  ),
  hw_cpu_max_cores: note('The most cores a socket may have when nova chooses.', 'api libvirt', '8'),
  hw_cpu_max_sockets: note('The most sockets when nova chooses.', 'api libvirt', '2'),
  hw_cpu_max_threads: note('The most threads a core may have when nova chooses.', 'api libvirt', '1'),
  hw_cpu_policy: note(
    'Whether each virtual CPU has a host CPU of its own. The flavor has the last word.',
    'scheduler api libvirt',
    'dedicated',
  ),
  hw_cpu_thread_policy: note(
    'Whether dedicated CPUs may, must or must not be threads of one core.',
    'scheduler api libvirt',
    'isolate',
  ),
  hw_cpu_realtime_mask: note(
    'Which virtual CPUs are not run in real time. Counts only when the flavor asks for real time.',
    'api libvirt',
    '^0-1',
  ),
  hw_cpu_threads: note('How many threads a core shows to the guest.', 'api libvirt', '1'),
  hw_device_id: note(xen, 'nobody', '1'),
  hw_disk_bus: note(
    'The bus that disks hang on. With scsi, set hw_scsi_model too. Windows needs a driver for virtio.',
    'scheduler libvirt vmware',
    'virtio',
  ),
  hw_disk_type: note(
    'How VMware stores the disk: sparse, preallocated, thin or streamOptimized.',
    'vmware',
    'sparse',
  ),
  hw_floppy_bus: note('The bus of a floppy drive. No driver attaches one.', 'nobody', 'fdc'),
  hw_firmware_type: note('How the machine boots: by BIOS or by UEFI.', 'api libvirt vmware', 'uefi'),
  hw_firmware_stateless: note(
    'Gives the guest a firmware that keeps nothing between boots. Needs hw_firmware_type=uefi.',
    'scheduler api libvirt',
    'true',
  ),
  hw_input_bus: note(
    'The bus of keyboard and mouse. usb brings a tablet, so that the pointer is where it should be.',
    'libvirt',
    'usb',
  ),
  hw_ipxe_boot: note(
    'Was for booting XenServer guests over the network. Nova still checks its type.',
    'nobody',
    'false',
  ),
  hw_locked_memory: note(
    'Keeps the guest’s memory in the host’s RAM: it is never swapped out. Needs hw_mem_page_size.',
    'api libvirt',
    'true',
  ),
  hw_machine_type: note(
    'The chipset that QEMU shows, such as pc or q35; virt on aarch64.',
    'api libvirt',
    'q35',
  ),
  hw_mem_encryption: note(
    'Encrypts the guest’s memory with AMD SEV. Needs hw_firmware_type=uefi and machine type q35.',
    'scheduler api libvirt',
    'true',
  ),
  hw_mem_page_size: note(
    'The size of memory pages: small, large, any, or a size such as 2MB. The flavor must allow it.',
    'scheduler api libvirt',
    'large',
  ),
  hw_numa_nodes: note('Over how many NUMA nodes the guest is spread.', 'scheduler api libvirt', '2'),
  hw_numa_cpus: note(
    'Which of the guest’s CPUs belong to NUMA node N, counted from 0. A list such as 0-1,3. Nova stops at the first number that is missing.',
    'scheduler api libvirt',
    '0-1',
    'hw_numa_cpus.0',
  ),
  hw_numa_mem: note(
    'How many MiB of memory belong to NUMA node N, counted from 0. Nova stops at the first number that is missing.',
    'scheduler api libvirt',
    '1024',
    'hw_numa_mem.0',
  ),
  hw_pci_numa_affinity_policy: note(
    'How near a PCI device must be to the guest’s CPUs and memory.',
    'scheduler api libvirt',
    'preferred',
  ),
  hw_pointer_model: note(
    'The pointing device. hw_input_bus is the newer way to say it.',
    'libvirt',
    'usbtablet',
  ),
  hw_pmu: note(
    'Gives the guest the processor’s performance counters, or takes them away.',
    'api libvirt',
    'false',
  ),
  hw_qemu_guest_agent: note(
    'Adds the channel over which nova talks to the agent in the guest. The agent itself must be in the image.',
    'libvirt',
    'yes',
  ),
  hw_rescue_bus: note(
    'The bus of the rescue disk in a stable rescue. Set it on the rescue image.',
    'api libvirt',
    'virtio',
  ),
  hw_rescue_device: note(
    'What the rescue image is attached as. Set it on the rescue image.',
    'api libvirt',
    'disk',
  ),
  hw_rng_model: note(
    'Gives the guest a source of random numbers from the host. A flavor may forbid it.',
    'libvirt',
    'virtio',
  ),
  hw_time_hpet: note('Gives the guest the HPET timer. Off by default.', 'libvirt', 'false'),
  hw_serial_port_count: note('How many serial ports. No more than the flavor allows.', 'libvirt', '1'),
  hw_scsi_model: note('The SCSI controller. Goes with hw_disk_bus=scsi.', 'libvirt vmware', 'virtio-scsi'),
  hw_video_model: note('The graphics card that the guest sees.', 'scheduler libvirt', 'virtio'),
  hw_video_ram: note(
    'Video memory in MiB. No more than the flavor’s hw_video:ram_max_mb, and without that none.',
    'libvirt vmware',
    '64',
  ),
  hw_vif_model: note('The network card that the guest sees.', 'scheduler libvirt vmware', 'virtio'),
  hw_viommu_model: note('Gives the guest an IOMMU.', 'scheduler libvirt', 'auto'),
  hw_vm_mode: note(
    'How the guest is run: hvm is a whole machine, exe a container. Only hosts that offer it are left.',
    'scheduler libvirt',
    'hvm',
  ),
  hw_watchdog_action: note('What happens when the guest’s watchdog is no longer fed.', 'libvirt', 'reset'),
  hw_vif_multiqueue_enabled: note(
    'One queue of packets for each virtual CPU, for a faster network.',
    'libvirt',
    'true',
  ),
  hw_tpm_model: note(
    'The TPM’s interface. Needs hw_tpm_version; tpm-crb needs version 2.0.',
    'scheduler api libvirt',
    'tpm-crb',
  ),
  hw_tpm_version: note(
    'Gives the guest an emulated TPM of this version. Its secrets are kept in Barbican.',
    'scheduler api libvirt',
    '2.0',
  ),
  hw_ephemeral_encryption: note(
    'Asks for encrypted disks on the host. The libvirt driver does not offer it in this release.',
    'scheduler api',
    'false',
  ),
  hw_ephemeral_encryption_format: note('The format of encrypted disks on the host.', 'scheduler api', 'luks'),
  hw_ephemeral_encryption_secret_uuid: note(
    'The id of the secret that opens an encrypted disk.',
    'nobody',
    '4f2b7c3e-8a51-4c0e-9d5a-1f6e0b7c2d38',
  ),
  hw_virtio_packed_ring: note(
    'A newer layout of virtio’s queues. Only hosts that know it are left.',
    'scheduler libvirt',
    'true',
  ),
  hw_maxphysaddr_mode: note(
    'How many bits a physical address has: the host’s number, or one of your own.',
    'scheduler libvirt',
    'emulate',
  ),
  hw_maxphysaddr_bits: note(
    'The number of bits, with hw_maxphysaddr_mode=emulate.',
    'scheduler libvirt',
    '42',
  ),
  img_bittorrent: note(xen, 'nobody', 'false'),
  img_bdm_v2: note(
    'Says that the image’s block device mapping is of the newer kind. Nova writes it, and reads it by its old name only.',
    'api',
    'true',
  ),
  img_block_device_mapping: note(
    'The volumes and snapshots that a server of this image starts with. Nova writes it on the image of a server that boots from a volume, and reads it by its old name only, as JSON. Under the new name it refuses every text.',
    'api cinder',
  ),
  img_cache_in_nova: note(xen, 'nobody', 'true'),
  img_compression_level: note(xen, 'nobody', '6'),
  img_hv_requested_version: note(
    'The versions of the hypervisor that the image can live with. Ignored for a host that says no version, and it says nothing about which hypervisor: set img_hv_type too.',
    'scheduler',
    '>=8.0',
  ),
  img_hv_type: note(
    'The hypervisor that the image is made for, such as kvm, qemu or lxc. Only hosts that offer it are left.',
    'scheduler',
    'kvm',
  ),
  img_config_drive: note(
    'With mandatory, every server of this image has a config drive.',
    'api compute',
    'mandatory',
  ),
  img_linked_clone: note(
    'Whether VMware makes disks as linked clones of the cached image.',
    'vmware',
    'true',
  ),
  img_mappings: note(
    'Old Amazon-style device names. Nova reads it by its old name only, as JSON; under the new name it refuses every text.',
    'api',
  ),
  img_owner_id: note(
    "A project's id: another project's members cannot use the image. Nova reads it by its old name only; sharing an image is Glance's business.",
    'api',
    'a1b2c3',
  ),
  img_root_device_name: note(
    'The name of the root disk, such as vda. Nova reads it by its old name only.',
    'api',
    '/dev/vda',
  ),
  img_use_agent: note(xen, 'nobody', 'false'),
  img_version: note('The image’s version, for VMware. Nova still checks its type.', 'nobody', '1'),
  img_signature: note(
    'The signature of the image’s data, in base64. Glance checks it when data comes in; nova and cinder when [glance] verify_glance_signatures says so.',
    'glance compute cinder',
    'c2lnbmF0dXJl',
  ),
  img_signature_hash_method: note('The hash that was signed.', 'glance compute cinder', 'SHA-256'),
  img_signature_certificate_uuid: note(
    'The id of the certificate in the key manager.',
    'glance compute cinder',
    '0b6d9d3e-5f0f-4b43-8f3d-2f0f0a6f1f3c',
  ),
  img_signature_key_type: note('The kind of key that signed.', 'glance compute cinder', 'RSA-PSS'),
  img_hide_hypervisor_id: note(
    'Hides from the guest that it runs on KVM, which some graphics drivers ask for.',
    'api libvirt',
    'true',
  ),
  os_admin_user: note(
    'Whose password “server set --password” changes. Without it root, or Administrator for Windows. Needs the guest agent.',
    'libvirt',
    'cirros',
  ),
  os_command_line: note(
    'What is handed to the kernel. Counts only with kernel_id.',
    'libvirt',
    'console=ttyS0',
  ),
  os_distro: note(
    'The distribution, in libosinfo’s short names. libvirt takes fitting defaults from libosinfo when it is installed; most clouds only show it.',
    'libvirt vmware',
    'debian',
  ),
  os_require_quiesce: note(
    'Freezes the guest’s file systems for a snapshot; if that fails, so does the snapshot. Needs the guest agent.',
    'libvirt',
    'true',
  ),
  os_secure_boot: note(
    'Whether the guest boots with UEFI Secure Boot. Needs hw_firmware_type=uefi.',
    'scheduler api libvirt',
    'required',
  ),
  os_skip_agent_inject_files_at_boot: note(xen, 'nobody', 'false'),
  os_skip_agent_inject_ssh: note(xen, 'nobody', 'false'),
  os_type: note(
    'linux or windows. For windows the clock and the disks get other defaults.',
    'api libvirt vmware ironic',
    'linux',
  ),
  traits_required: note(
    'Only hosts that have the trait are left. Its only value is required: everything else, forbidden too, is dropped without a word. That a host must not have a trait is said by the flavor.',
    'scheduler ironic',
    'required',
    'trait:HW_CPU_X86_AVX2',
  ),
};

/** Names that are not fields of nova's ImageMetaProps. Glance takes any name; these mean something to somebody, or are thought to. */
export const otherProperties: Readonly<Record<string, PropertyNote>> = {
  kernel_id: note(
    'The image that has the kernel, where the disk has none: an image of disk format ami. Such a server boots that kernel.',
    'api libvirt',
    '9f1b3a52-6c1e-4f0e-8e0f-4a7d1f2b3c4d',
  ),
  ramdisk_id: note(
    'The image that has the initial RAM disk. Goes with kernel_id.',
    'api libvirt',
    '5d2c8b14-3e7f-4a6d-9b1c-8f0e2d3c4b5a',
  ),
  os_version: note(
    'The release, as its distribution counts it. For people, and for scripts that look for the newest.',
    'nobody',
    '12',
  ),
  os_shutdown_timeout: note(
    'How many seconds a guest has to shut down before it is switched off. Without it [DEFAULT] shutdown_timeout, 60.',
    'compute',
    '300',
  ),
  cinder_img_volume_type: note(
    'The volume type that a volume of this image gets when nobody names one.',
    'cinder',
    'lvmdriver-1',
  ),
  vmware_adaptertype: note(
    'The disk controller of an image for VMware. Nova makes hw_disk_bus and hw_scsi_model of it, for every driver.',
    'vmware libvirt',
    'lsiLogic',
  ),
  cinder_encryption_key_id: note(
    'The key of an encrypted volume that was uploaded as an image. Cinder writes it and reads it.',
    'cinder glance',
  ),
  cinder_encryption_key_deletion_policy: note(
    'Whether Glance deletes that key with the image: on_image_deletion. Cinder writes it.',
    'glance',
  ),
  'owner_specified.openstack.md5': note(
    'Three properties, …md5, …sha256 and …object, that older clients write on upload. Nobody checks them; os_hash_value is what counts.',
    'client',
  ),
  os_glance_importing_to_stores: note(
    'Names that begin with os_glance are Glance’s own. You cannot set them, and a copy of an image does not have them.',
    'glance',
  ),
  image_type: note(
    '“snapshot” on an image that nova made of a server, beside base_image_ref and instance_uuid. Dashboards use it to tell snapshots apart.',
    'nobody',
  ),
  base_image_ref: note('The image that a snapshot’s server was made of.', 'nobody'),
  hw_cpu_mode: note(
    'A name that Glance’s metadata catalog offers (OS::Compute::CPUMode). Nova has no such field and never reads it.',
    'nobody',
    'host-passthrough',
  ),
  'traits:COMPUTE_SECURITY_TPM_2_0': note(
    'A name that Glance’s metadata catalog offers, with an s too many. Nova reads trait:… only, so this one does nothing.',
    'nobody',
    'required',
  ),
};
