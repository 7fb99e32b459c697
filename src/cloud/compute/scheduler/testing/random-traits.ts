import traits from '../traits.json';
import { host, aggregates } from './random-hosts';
import { type Json, type Make, image, anyValue } from './random-images';

const SPECS_WITH_TRAITS: [string, string[]][] = [
  ['trait:CUSTOM_A', ['required', 'forbidden', 'optional', 'Required']],
  ['trait:HW_CPU_X86_AVX2', ['required', 'forbidden']],
  ['trait1:CUSTOM_B', ['required', 'forbidden']],
  ['trait_x-Y:CUSTOM_B', ['required']],
  ['trait.1:CUSTOM_B', ['required']],
  ['traits:CUSTOM_B', ['required']],
  ['resources:VCPU', ['2', '0', 'x']],
  ['hw:cpu_policy', ['dedicated', 'shared', 'mixed', 'nosuch', '']],
  ['hw:cpu_thread_policy', ['prefer', 'isolate', 'require', 'nosuch', '']],
  ['hw:emulator_threads_policy', ['share', 'isolate', 'nosuch', '']],
  ['hw:cpu_dedicated_mask', ['0-1', '^0', '0-3', '9', 'x', '']],
  ['hw:cpu_realtime', ['yes', 'no', ' True ']],
  ['hw:cpu_realtime_mask', ['^0', '1', '0-3', '']],
  ['hw:mem_encryption', ['true', 'false', 'x']],
  ['hw:tpm_version', ['1.2', '2.0', '3.0', '']],
  ['hw:tpm_model', ['tpm-tis', 'tpm-crb', 'nosuch', '']],
  ['hw:pci_numa_affinity_policy', ['socket', 'required', 'nosuch', '']],
  ['os:secure_boot', ['required', 'disabled', 'nosuch', '']],
  ['hw:maxphysaddr_mode', ['passthrough', 'emulate', 'nosuch', '']],
  ['hw:virtio_packed_ring', ['true', 'false', 'x']],
  ['hw:ephemeral_encryption', ['true', 'false']],
  ['hw:ephemeral_encryption_format', ['luks', 'plain', 'nosuch', '']],
  ['accel:device_profile', ['gpu', '']],
];
const PROPERTIES_WITH_TRAITS = ['hw_cdrom_bus', 'hw_disk_bus', 'hw_video_model', 'hw_vif_model', 'hw_architecture', 'hw_emulation_architecture', 'hw_viommu_model', 'hw_cpu_policy',
  'hw_cpu_thread_policy', 'hw_mem_encryption', 'hw_firmware_type', 'hw_firmware_stateless', 'hw_machine_type', 'hw_tpm_version', 'hw_tpm_model', 'hw_pci_numa_affinity_policy',
  'os_secure_boot', 'hw_maxphysaddr_mode', 'hw_virtio_packed_ring', 'hw_ephemeral_encryption', 'hw_ephemeral_encryption_format', 'hw_cpu_realtime_mask', 'trait:CUSTOM_A', 'trait:CUSTOM_B']; // prettier-ignore
const PREFILTERS = ['require_tenant_aggregate', 'map_az_to_placement_aggregate', 'require_image_type_support', 'compute_status_filter', 'isolate_aggregates', 'transform_image_metadata',
  'accelerators_filter', 'packed_virtqueue_filter', 'ephemeral_encryption_filter']; // prettier-ignore

const RELEVANT_TRAITS = traits.traits.filter((trait) =>
  /STORAGE_BUS|GRAPHICS|VIF_MODEL_[EV]|HW_ARCH_[AXI]|COMPUTE_ARCH|VIOMMU|TYPE_[QRV]|SECURITY|EPHEMERAL|ADDRESS|HYPERTHR|PACKED|SOCKET|X86_AVX2$/.test(
    trait,
  ),
);

export const prefilters: Make = (random) => {
  const most = random.chance(0.6);
  const wanted = random.some(PROPERTIES_WITH_TRAITS, 3);
  const properties = Object.fromEntries(wanted.map((name) => [name, anyValue(random, name)]));
  const has = RELEVANT_TRAITS.filter(() => random.chance(most ? 0.95 : 0.1));
  const specs = random
    .some(SPECS_WITH_TRAITS, 3)
    .map(([name, values]): [string, Json] => [name, random.pick(values)]);
  return {
    image: image(random, properties),
    host: {
      ...host(random),
      ...(random.chance(0.9)
        ? {
            traits: [
              ...has,
              ...(random.chance(0.1) ? ['COMPUTE_STATUS_DISABLED'] : []),
              ...random.some(['CUSTOM_A', 'CUSTOM_B']),
            ],
          }
        : {}),
    },
    flavor: { vcpus: random.pick([1, 4]), extra_specs: Object.fromEntries(specs) },
    ...(random.chance(0.3) ? { aggregates: aggregates(random) } : {}),
    ...(random.chance(0.3) ? { availability_zone: random.pick<Json>(['az1', 'az2', 'nova', '', null]) } : {}),
    ...(random.chance(0.9) ? { project_id: random.pick(['demo', 'admin']) } : {}),
    ...(random.chance(0.1) ? { is_bfv: true } : {}),
    prefilters: random.chance(0.4) ? PREFILTERS : random.some(PREFILTERS),
    config: Object.fromEntries(
      [
        'enable_isolated_aggregate_filtering',
        'limit_tenants_to_placement_aggregate',
        'placement_aggregate_required_for_tenants',
        'query_placement_for_image_type_support',
        'image_metadata_prefilter',
      ].map((name): [string, Json] => [`scheduler.${name}`, random.chance(0.5)]),
    ),
    filters: random.chance(0.5) ? [] : ['ImagePropertiesFilter'],
  };
};
