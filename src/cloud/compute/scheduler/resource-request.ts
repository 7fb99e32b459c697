import {
  checkMixedCpus,
  getCpuPolicyConstraint,
  getCpuThreadPolicyConstraint,
  getEmulatorThreadPolicyConstraint,
  getMaxphysaddrMode,
  getMemEncryptionConstraint,
  getPciNumaPolicyConstraint,
  getSecureBootConstraint,
  getStatelessFirmwareConstraint,
  getVtpmConstraint,
  imageOf,
} from './hardware';
import type { RequestSpec } from './request-spec';

/** The traits that flavor and image ask for: nova/scheduler/utils.py `ResourceRequest`. Each with what asked for it. */
export interface TraitRequest {
  required: Map<string, string>;
  forbidden: Map<string, string>;
}

const TRAIT_KEY = /^trait([a-zA-Z0-9_-]{1,64})?:(.*)$/;

/** @throws {@link PythonError} where flavor and image contradict each other; the Compute API refuses such a server earlier. */
export function traitRequest(spec: RequestSpec): TraitRequest {
  const required = new Map<string, string>();
  const forbidden = new Map<string, string>();
  const image = imageOf(spec);
  for (const [key, value] of Object.entries(spec.flavor.extra_specs)) {
    const name = TRAIT_KEY.exec(key)?.[2];
    if (name === undefined) continue;
    // any other word is ignored, with a warning in nova's log
    if (value === 'required') required.set(name, `extra spec ${key}`);
    if (value === 'forbidden') forbidden.set(name, `extra spec ${key}`);
  }
  for (const trait of image.properties.traitsRequired) required.set(trait, `image property trait:${trait}`);

  const policy = getCpuPolicyConstraint(spec, image);
  const threads = getCpuThreadPolicyConstraint(spec, image);
  getEmulatorThreadPolicyConstraint(spec);
  if (policy === 'mixed') checkMixedCpus(spec, image);
  if (threads === 'isolate') forbidden.set('HW_CPU_HYPERTHREADING', 'CPU thread policy isolate');
  if (threads === 'require') required.set('HW_CPU_HYPERTHREADING', 'CPU thread policy require');

  getMemEncryptionConstraint(spec, image);
  const tpm = getVtpmConstraint(spec, image);
  if (tpm) {
    required.set(
      tpm.model === 'tpm-crb' ? 'COMPUTE_SECURITY_TPM_CRB' : 'COMPUTE_SECURITY_TPM_TIS',
      `TPM ${tpm.model}`,
    );
    required.set(
      tpm.version === '2.0' ? 'COMPUTE_SECURITY_TPM_2_0' : 'COMPUTE_SECURITY_TPM_1_2',
      `TPM ${tpm.version}`,
    );
  }
  if (getPciNumaPolicyConstraint(spec, image) === 'socket')
    required.set('COMPUTE_SOCKET_PCI_NUMA_AFFINITY', 'PCI NUMA affinity policy socket');
  if (getSecureBootConstraint(spec, image) === 'required')
    required.set('COMPUTE_SECURITY_UEFI_SECURE_BOOT', 'secure boot');
  const mode = getMaxphysaddrMode(spec, image);
  if (mode === 'passthrough')
    required.set('COMPUTE_ADDRESS_SPACE_PASSTHROUGH', 'maxphysaddr mode passthrough');
  if (mode === 'emulate') required.set('COMPUTE_ADDRESS_SPACE_EMULATED', 'maxphysaddr mode emulate');
  if (getStatelessFirmwareConstraint(image))
    required.set('COMPUTE_SECURITY_STATELESS_FIRMWARE', 'hw_firmware_stateless');
  return { required, forbidden };
}
