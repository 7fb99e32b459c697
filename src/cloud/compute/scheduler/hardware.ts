import { ImageMeta, ImageMetaProps } from '../objects/image-meta';
import { parseCpuSpec } from '../objects/cpu-spec';
import exported from '../objects/image-meta-props.json';
import { boolFromString, repr, str, strip } from '../python/text';
import { PythonError } from '../python/values';
import type { RequestSpec } from './request-spec';

// What nova/virt/hardware.py finds out from flavor and image together, as far as traits come of it.

const { types } = exported;

/** An image for a server that is booted without one. */
export function imageOf(spec: RequestSpec): ImageMeta {
  return spec.image ?? new ImageMeta(ImageMetaProps.fromDict({}));
}

/** A property that must not differ between flavor and image. `_get_unique_flavor_image_meta` */
function unique(spec: RequestSpec, image: ImageMeta, key: string, prefix = 'hw'): string | null {
  const flavor = spec.extraSpec(`${prefix}:${key}`);
  const given = image.properties.get(`${prefix}_${key}`);
  const value = given === undefined ? '' : str(given);
  if (value !== '' && flavor !== undefined && flavor !== '' && value !== flavor)
    throw new PythonError(
      'FlavorImageConflict',
      `Flavor ${spec.flavor.name} has ${prefix}:${key} extra spec explicitly set to ${flavor}, conflicting with ` +
        `image ${image.text('name')} which has ${prefix}_${key} explicitly set to ${value}.`,
    );
  // Python's `or`: an empty extra spec stays, unless the image has something
  return flavor !== undefined && flavor !== '' ? flavor : (image.properties.text(`${prefix}_${key}`) ?? null);
}

/** A switch that must not differ between flavor and image. */
function uniqueSwitch(
  spec: RequestSpec,
  image: ImageMeta,
  key: string,
  name: (image: ImageMeta) => string,
): boolean {
  const text = spec.extraSpec(`hw:${key}`);
  const flavor = text === undefined ? undefined : boolFromString(text);
  const given = image.properties.get(`hw_${key}`);
  if (flavor !== undefined && given !== undefined && given !== flavor)
    throw new PythonError(
      'FlavorImageConflict',
      `Flavor ${spec.flavor.name} has hw:${key} extra spec explicitly set to ${text}, conflicting with ` +
        `image ${name(image)} which has hw_${key} property explicitly set to ${repr(given)}`,
    );
  return flavor === true || given === true;
}

function invalid(message: string): PythonError {
  return new PythonError('Invalid', message);
}

export function getPackedVirtqueueConstraint(spec: RequestSpec, image: ImageMeta): boolean {
  return uniqueSwitch(spec, image, 'virtio_packed_ring', () => '');
}

export function getEphemeralEncryptionConstraint(spec: RequestSpec, image: ImageMeta): boolean {
  return uniqueSwitch(spec, image, 'ephemeral_encryption', (meta) => meta.text('name'));
}

export function getEphemeralEncryptionFormat(spec: RequestSpec, image: ImageMeta): string | null {
  const format = unique(spec, image, 'ephemeral_encryption_format');
  const allowed = types.BlockDeviceEncryptionFormatType.values;
  if (format === null || format === '') return null;
  if (!allowed.includes(format))
    throw invalid(`Invalid ephemeral encryption format ${format}. Allowed values: ${allowed.join(', ')}`);
  return format;
}

/** Checks only: memory encryption is a resource, and no resource of that kind is modelled. */
export function getMemEncryptionConstraint(spec: RequestSpec, image: ImageMeta): boolean {
  const wanted = uniqueSwitch(spec, image, 'mem_encryption', (meta) =>
    meta.has('name') ? meta.text('name') : 'None',
  );
  if (!wanted) return false;
  if (image.properties.text('hw_firmware_type') !== 'uefi')
    throw new PythonError(
      'FlavorImageConflict',
      "Memory encryption needs an image with the property 'hw_firmware_type' set to 'uefi'",
    );
  const machine = image.properties.text('hw_machine_type');
  if (machine !== undefined && !machine.includes('q35'))
    throw new PythonError('InvalidMachineType', 'q35 type is required for SEV to work');
  return true;
}

export function getSecureBootConstraint(spec: RequestSpec, image: ImageMeta): string | null {
  const policy = unique(spec, image, 'secure_boot', 'os');
  const allowed = types.SecureBoot.values;
  if (policy !== null && !allowed.includes(policy))
    throw invalid(`Invalid secure boot policy ${repr(policy)}. Allowed values: ${allowed.join(', ')}.`);
  return policy;
}

export function getMaxphysaddrMode(spec: RequestSpec, image: ImageMeta): string | null {
  const mode = unique(spec, image, 'maxphysaddr_mode');
  const allowed = types.MaxPhyAddrMode.values;
  if (mode !== null && !allowed.includes(mode))
    throw invalid(`Invalid Maxphyaddr mode ${repr(mode)}. Allowed values: ${allowed.join(', ')}.`);
  return mode;
}

export function getStatelessFirmwareConstraint(image: ImageMeta): boolean {
  if (image.properties.get('hw_firmware_stateless') !== true) return false;
  if (image.properties.text('hw_firmware_type') !== 'uefi')
    throw invalid('Stateless firmware is supported only when UEFI firmware type is used.');
  return true;
}

export function getVtpmConstraint(
  spec: RequestSpec,
  image: ImageMeta,
): { version: string; model: string } | null {
  const version = unique(spec, image, 'tpm_version');
  if (version === null) return null;
  const { TPMVersion, TPMModel } = types;
  if (!TPMVersion.values.includes(version))
    throw invalid(`Invalid TPM version ${repr(version)}. Allowed values: ${TPMVersion.values.join(', ')}.`);
  const model = unique(spec, image, 'tpm_model') ?? 'tpm-tis';
  if (!TPMModel.values.includes(model))
    throw invalid(`Invalid TPM model ${repr(model)}. Allowed values: ${TPMModel.values.join(', ')}.`);
  if (model === 'tpm-crb' && version !== '2.0')
    throw invalid('TPM model CRB is only valid with TPM version 2.0.');
  return { version, model };
}

export function getPciNumaPolicyConstraint(spec: RequestSpec, image: ImageMeta): string | null {
  const flavor = spec.extraSpec('hw:pci_numa_affinity_policy') ?? '';
  const given = image.properties.text('hw_pci_numa_affinity_policy');
  if (flavor !== '' && given !== undefined && flavor !== given)
    throw new PythonError(
      'ImagePCINUMAPolicyForbidden',
      'Image and flavor disagree on the PCI NUMA affinity policy.',
    );
  const policy = flavor === '' ? (given ?? null) : flavor;
  if (policy !== null && !types.PCINUMAAffinityPolicy.values.includes(policy))
    throw new PythonError('InvalidPCINUMAAffinity', `Invalid PCI NUMA affinity policy ${policy}.`);
  return policy;
}

/** @param what names the setting, as nova's message begins with it. */
function checkPolicy(exception: string, what: string, policy: string, allowed: readonly string[]): void {
  if (policy === '' || allowed.includes(policy)) return;
  const available = `(${allowed.map((each) => `'${each}'`).join(', ')})`;
  throw new PythonError(
    exception,
    `${what} requested${exception === 'InvalidEmulatorThreadsPolicy' ? '' : " from 'flavor extra specs'"} is invalid, ` +
      `given: '${policy}', available: '${available}'.`,
  );
}

export function getCpuPolicyConstraint(spec: RequestSpec, image: ImageMeta): string | null {
  const flavor = spec.extraSpec('hw:cpu_policy') ?? '';
  const given = image.properties.text('hw_cpu_policy');
  checkPolicy('InvalidCPUAllocationPolicy', 'CPU policy', flavor, types.CPUAllocationPolicy.values);
  if (
    (flavor === 'mixed' && given === 'dedicated') ||
    (flavor === 'shared' && (given === 'mixed' || given === 'dedicated'))
  )
    throw new PythonError(
      'ImageCPUPinningForbidden',
      'The image asks for another CPU policy than the flavor.',
    );
  return flavor === '' ? (given ?? null) : flavor;
}

export function getCpuThreadPolicyConstraint(spec: RequestSpec, image: ImageMeta): string | null {
  const flavor = spec.extraSpec('hw:cpu_thread_policy') ?? null;
  const given = image.properties.text('hw_cpu_thread_policy') ?? null;
  checkPolicy(
    'InvalidCPUThreadAllocationPolicy',
    'CPU thread policy',
    flavor ?? '',
    types.CPUThreadAllocationPolicy.values,
  );
  if (flavor === null || flavor === 'prefer') return flavor ?? given;
  if (given !== null && given !== flavor)
    throw new PythonError(
      'ImageCPUThreadPolicyForbidden',
      'The image asks for another CPU thread policy than the flavor.',
    );
  return flavor;
}

export function getEmulatorThreadPolicyConstraint(spec: RequestSpec): string | null {
  const policy = spec.extraSpec('hw:emulator_threads_policy') ?? '';
  checkPolicy('InvalidEmulatorThreadsPolicy', 'CPU emulator threads option', policy, ['share', 'isolate']);
  return policy === '' ? null : policy;
}

/** The CPUs that a mask names, among those that the flavor has. */
function cpusOf(mask: string, vcpus: number): Set<number> {
  return parseCpuSpec(strip(mask).startsWith('^') ? `0-${vcpus - 1},${mask}` : mask);
}

/** Checks only: pinned CPUs are a resource, and no resource of that kind is modelled. */
export function checkMixedCpus(spec: RequestSpec, image: ImageMeta): void {
  const { vcpus } = spec.flavor;
  const dedicated = spec.extraSpec('hw:cpu_dedicated_mask') ?? '';
  if (dedicated !== '') {
    const cpus = cpusOf(dedicated, vcpus);
    const inside = [...cpus].filter((cpu) => cpu >= 0 && cpu < vcpus).length;
    if (cpus.size === 0 || inside === vcpus || inside < cpus.size)
      throw new PythonError(
        'InvalidMixedInstanceDedicatedMask',
        'The mask has to name some of the CPUs, not all.',
      );
  }
  if (!boolFromString(spec.extraSpec('hw:cpu_realtime') ?? null)) return;
  const mask =
    image.properties.text('hw_cpu_realtime_mask') || spec.extraSpec('hw:cpu_realtime_mask') || '0-';
  const cpus = mask === '0-' ? cpusOf(`0-${vcpus - 1}`, vcpus) : cpusOf(mask, vcpus);
  const inside = [...cpus].filter((cpu) => cpu >= 0 && cpu < vcpus).length;
  const all = inside === vcpus && inside === cpus.size;
  if (cpus.size === 0 || inside < cpus.size || (all && getEmulatorThreadPolicyConstraint(spec) === null))
    throw new PythonError('RealtimeMaskNotFoundOrInvalid', 'The mask has to name some of the CPUs.');
}
