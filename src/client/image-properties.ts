// Made by scripts/generate-image-properties.ts from nova's own fields (nova 31.0.0, ImageMetaProps 1.39). Do not edit.

/** A whole number, as text: Glance keeps all properties as text. */
export type IntegerText = `${bigint}`;

/** What nova reads as true or false, in lower case or as Python writes it. */
export type BooleanText =
  'true' | 'false' | 'True' | 'False' | 'yes' | 'no' | 'on' | 'off' | '1' | '0' | 't' | 'f' | 'y' | 'n';

/** Conditions on a version, with commas between them. Only how the first one starts is checked. */
export type VersionPredicate = `${'=' | '!=' | '<' | '>' | number}${string}`;

/** Numbers of CPUs, such as `0-3,^2,6`. Only how it starts is checked. */
export type CpuList = '' | `${'' | '^'}${number}${string}`;

/** nova's `Architecture`. */
export type Architecture =
  | 'alpha'
  | 'armv6'
  | 'armv7l'
  | 'armv7b'
  | 'aarch64'
  | 'cris'
  | 'i686'
  | 'ia64'
  | 'lm32'
  | 'm68k'
  | 'microblaze'
  | 'microblazeel'
  | 'mips'
  | 'mipsel'
  | 'mips64'
  | 'mips64el'
  | 'openrisc'
  | 'parisc'
  | 'parisc64'
  | 'ppc'
  | 'ppcle'
  | 'ppc64'
  | 'ppc64le'
  | 'ppcemb'
  | 's390'
  | 's390x'
  | 'sh4'
  | 'sh4eb'
  | 'sparc'
  | 'sparc64'
  | 'unicore32'
  | 'x86_64'
  | 'xtensa'
  | 'xtensaeb'
  | 'amd64'
  | 'i386'
  | 'i486'
  | 'i586'
  | 'x86_32'
  | 'x86_32p';

/** nova's `DiskBus`. */
export type DiskBus = 'fdc' | 'ide' | 'sata' | 'scsi' | 'usb' | 'virtio' | 'xen' | 'lxc' | 'uml';

/** nova's `CPUAllocationPolicy`. */
export type CPUAllocationPolicy = 'dedicated' | 'shared' | 'mixed';

/** nova's `CPUThreadAllocationPolicy`. */
export type CPUThreadAllocationPolicy = 'prefer' | 'isolate' | 'require';

/** nova's `FirmwareType`. */
export type FirmwareType = 'uefi' | 'bios';

/** nova's `InputBus`. */
export type InputBus = 'usb' | 'virtio';

/** nova's `PCINUMAAffinityPolicy`. */
export type PCINUMAAffinityPolicy = 'required' | 'legacy' | 'preferred' | 'socket';

/** nova's `PointerModelType`. */
export type PointerModelType = 'usbtablet';

/** nova's `BlockDeviceType`. */
export type BlockDeviceType = 'cdrom' | 'disk' | 'floppy' | 'fs' | 'lun';

/** nova's `RNGModel`. */
export type RNGModel = 'virtio';

/** nova's `SCSIModel`. */
export type SCSIModel =
  | 'buslogic'
  | 'ibmvscsi'
  | 'lsilogic'
  | 'lsisas1068'
  | 'lsisas1078'
  | 'virtio-scsi'
  | 'vmpvscsi'
  | 'lsilogicsas'
  | 'paravirtual';

/** nova's `VideoModel`. */
export type VideoModel = 'cirrus' | 'qxl' | 'vga' | 'vmvga' | 'xen' | 'virtio' | 'gop' | 'none' | 'bochs';

/** nova's `VIFModel`. */
export type VIFModel =
  | 'virtio'
  | 'ne2k_pci'
  | 'pcnet'
  | 'rtl8139'
  | 'e1000'
  | 'e1000e'
  | 'netfront'
  | 'spapr-vlan'
  | 'lan9118'
  | 'sriov'
  | 'vmxnet'
  | 'vmxnet3'
  | 'igb'
  | 'virtuale1000'
  | 'virtuale1000e'
  | 'virtualpcnet32'
  | 'virtualsriovethernetcard'
  | 'virtualvmxnet'
  | 'virtualvmxnet3';

/** nova's `VIOMMUModel`. */
export type VIOMMUModel = 'intel' | 'smmuv3' | 'virtio' | 'auto';

/** nova's `VMMode`. */
export type VMMode = 'hvm' | 'xen' | 'uml' | 'exe' | 'baremetal' | 'hv' | 'pv';

/** nova's `WatchdogAction`. */
export type WatchdogAction = 'none' | 'pause' | 'poweroff' | 'reset' | 'disabled';

/** nova's `TPMModel`. */
export type TPMModel = 'tpm-tis' | 'tpm-crb';

/** nova's `TPMVersion`. */
export type TPMVersion = '1.2' | '2.0';

/** nova's `BlockDeviceEncryptionFormatType`. */
export type BlockDeviceEncryptionFormatType = 'plain' | 'luks' | 'luksv2';

/** nova's `MaxPhyAddrMode`. */
export type MaxPhyAddrMode = 'passthrough' | 'emulate';

/** nova's `HVType`. */
export type HVType =
  | 'baremetal'
  | 'bhyve'
  | 'docker'
  | 'fake'
  | 'hyperv'
  | 'ironic'
  | 'kqemu'
  | 'kvm'
  | 'lxc'
  | 'lxd'
  | 'openvz'
  | 'parallels'
  | 'phyp'
  | 'qemu'
  | 'test'
  | 'uml'
  | 'vbox'
  | 'vz'
  | 'vmware'
  | 'xen'
  | 'zvm'
  | 'prsm'
  | 'xapi';

/** nova's `ConfigDrivePolicy`. */
export type ConfigDrivePolicy = 'optional' | 'mandatory';

/** nova's `ImageSignatureHashType`. */
export type ImageSignatureHashType = 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** nova's `ImageSignatureKeyType`. */
export type ImageSignatureKeyType =
  | 'DSA'
  | 'ECC_SECP384R1'
  | 'ECC_SECP521R1'
  | 'ECC_SECT409K1'
  | 'ECC_SECT409R1'
  | 'ECC_SECT571K1'
  | 'ECC_SECT571R1'
  | 'RSA-PSS';

/** nova's `SecureBoot`. */
export type SecureBoot = 'required' | 'disabled' | 'optional';

/** nova's `OSType`. */
export type OSType = 'linux' | 'windows';

/** The image properties that nova gives a meaning to, with the values it accepts. */
export interface KnownImageProperties {
  hw_architecture?: Architecture;
  /** @deprecated Old name of {@link hw_architecture}; nova still reads it. */
  architecture?: Architecture;
  hw_emulation_architecture?: Architecture;
  hw_auto_disk_config?: string;
  /** @deprecated Old name of {@link hw_auto_disk_config}; nova still reads it. */
  auto_disk_config?: string;
  hw_boot_menu?: BooleanText;
  hw_cdrom_bus?: DiskBus;
  hw_cpu_cores?: IntegerText;
  hw_cpu_sockets?: IntegerText;
  hw_cpu_max_cores?: IntegerText;
  hw_cpu_max_sockets?: IntegerText;
  hw_cpu_max_threads?: IntegerText;
  hw_cpu_policy?: CPUAllocationPolicy;
  hw_cpu_thread_policy?: CPUThreadAllocationPolicy;
  hw_cpu_realtime_mask?: string;
  hw_cpu_threads?: IntegerText;
  hw_device_id?: IntegerText;
  /** @deprecated Old name of {@link hw_device_id}; nova still reads it. */
  xenapi_device_id?: IntegerText;
  hw_disk_bus?: DiskBus;
  hw_disk_type?: string;
  /** @deprecated Old name of {@link hw_disk_type}; nova still reads it. */
  vmware_disktype?: string;
  hw_floppy_bus?: DiskBus;
  hw_firmware_type?: FirmwareType;
  hw_firmware_stateless?: BooleanText;
  hw_input_bus?: InputBus;
  hw_ipxe_boot?: BooleanText;
  /** @deprecated Old name of {@link hw_ipxe_boot}; nova still reads it. */
  ipxe_boot?: BooleanText;
  hw_locked_memory?: BooleanText;
  hw_machine_type?: string;
  hw_mem_encryption?: BooleanText;
  hw_mem_page_size?: string;
  hw_numa_nodes?: IntegerText;
  /** Fills nova's `hw_numa_cpus`. */
  [node: `hw_numa_cpus.${number}`]: CpuList | undefined;
  /** Fills nova's `hw_numa_mem`. */
  [node: `hw_numa_mem.${number}`]: IntegerText | undefined;
  hw_pci_numa_affinity_policy?: PCINUMAAffinityPolicy;
  hw_pointer_model?: PointerModelType;
  hw_pmu?: BooleanText;
  hw_qemu_guest_agent?: BooleanText;
  hw_rescue_bus?: DiskBus;
  hw_rescue_device?: BlockDeviceType;
  hw_rng_model?: RNGModel;
  hw_time_hpet?: BooleanText;
  hw_serial_port_count?: IntegerText;
  hw_scsi_model?: SCSIModel;
  hw_video_model?: VideoModel;
  hw_video_ram?: IntegerText;
  hw_vif_model?: VIFModel;
  hw_viommu_model?: VIOMMUModel;
  hw_vm_mode?: VMMode;
  /** @deprecated Old name of {@link hw_vm_mode}; nova still reads it. */
  vm_mode?: VMMode;
  hw_watchdog_action?: WatchdogAction;
  hw_vif_multiqueue_enabled?: BooleanText;
  hw_tpm_model?: TPMModel;
  hw_tpm_version?: TPMVersion;
  hw_ephemeral_encryption?: BooleanText;
  hw_ephemeral_encryption_format?: BlockDeviceEncryptionFormatType;
  hw_ephemeral_encryption_secret_uuid?: string;
  hw_virtio_packed_ring?: BooleanText;
  hw_maxphysaddr_mode?: MaxPhyAddrMode;
  hw_maxphysaddr_bits?: IntegerText;
  img_bittorrent?: BooleanText;
  /** @deprecated Old name of {@link img_bittorrent}; nova still reads it. */
  bittorrent?: BooleanText;
  img_bdm_v2?: BooleanText;
  /** @deprecated Old name of {@link img_bdm_v2}; nova still reads it. */
  bdm_v2?: BooleanText;
  img_block_device_mapping?: never;
  /** @deprecated Old name of {@link img_block_device_mapping}; nova still reads it. */
  block_device_mapping?: string;
  img_cache_in_nova?: BooleanText;
  /** @deprecated Old name of {@link img_cache_in_nova}; nova still reads it. */
  cache_in_nova?: BooleanText;
  img_compression_level?: IntegerText;
  /** @deprecated Old name of {@link img_compression_level}; nova still reads it. */
  xenapi_image_compression_level?: IntegerText;
  img_hv_requested_version?: VersionPredicate;
  /** @deprecated Old name of {@link img_hv_requested_version}; nova still reads it. */
  hypervisor_version_requires?: VersionPredicate;
  img_hv_type?: HVType;
  /** @deprecated Old name of {@link img_hv_type}; nova still reads it. */
  hypervisor_type?: HVType;
  img_config_drive?: ConfigDrivePolicy;
  img_linked_clone?: BooleanText;
  /** @deprecated Old name of {@link img_linked_clone}; nova still reads it. */
  vmware_linked_clone?: BooleanText;
  img_mappings?: never;
  /** @deprecated Old name of {@link img_mappings}; nova still reads it. */
  mappings?: string;
  img_owner_id?: string;
  /** @deprecated Old name of {@link img_owner_id}; nova still reads it. */
  owner_id?: string;
  img_root_device_name?: string;
  /** @deprecated Old name of {@link img_root_device_name}; nova still reads it. */
  root_device_name?: string;
  img_use_agent?: BooleanText;
  /** @deprecated Old name of {@link img_use_agent}; nova still reads it. */
  xenapi_use_agent?: BooleanText;
  img_version?: IntegerText;
  /** @deprecated Old name of {@link img_version}; nova still reads it. */
  vmware_image_version?: IntegerText;
  img_signature?: string;
  img_signature_hash_method?: ImageSignatureHashType;
  img_signature_certificate_uuid?: string;
  img_signature_key_type?: ImageSignatureKeyType;
  img_hide_hypervisor_id?: BooleanText;
  os_admin_user?: string;
  os_command_line?: string;
  os_distro?: string;
  /** @deprecated Old name of {@link os_distro}; nova still reads it. */
  vmware_ostype?: string;
  os_require_quiesce?: BooleanText;
  os_secure_boot?: SecureBoot;
  os_skip_agent_inject_files_at_boot?: BooleanText;
  /** @deprecated Old name of {@link os_skip_agent_inject_files_at_boot}; nova still reads it. */
  xenapi_skip_agent_inject_files_at_boot?: BooleanText;
  os_skip_agent_inject_ssh?: BooleanText;
  /** @deprecated Old name of {@link os_skip_agent_inject_ssh}; nova still reads it. */
  xenapi_skip_agent_inject_ssh?: BooleanText;
  os_type?: OSType;
  /** Fills nova's `traits_required`. */
  [trait: `trait:${string}`]: 'required' | undefined;
}
