import { NeutronError } from './errors';

/**
 * What the real Network service of this course has and this one does not, in one place. Whatever else is unknown is a
 * 404, as it is where an extension is not loaded: QoS, trunks, metering, segments, logs, local IPs, port forwardings.
 */
const NOT_MODELLED: readonly RegExp[] = [
  /^ports\/[^/]+\/bindings/,
  /^networks\/[^/]+\/dhcp-agents/,
  /^routers\/[^/]+\/l3-agents/,
  /^flavors\/[^/]+\/service_profiles/,
  /^service_profiles/,
  /^routers\/[^/]+\/(add|update|remove)_external_gateways/,
  /^subnetpools\/[^/]+\/(add_prefixes|remove_prefixes|onboard_network_subnets)$/,
];

/** Of these there are none, and none can be made. */
const READ_ONLY = /^(agents|flavors)(\/|$)/;

/** @throws {@link NeutronError} 501 for what the sandbox does not model. */
export function refuseNotModelled(method: string, path: string): void {
  const refused =
    NOT_MODELLED.some((pattern) => pattern.test(path)) || (READ_ONLY.test(path) && method !== 'GET');
  if (refused)
    throw new NeutronError(501, 'HTTPNotImplemented', 'This part of the Network API is not in this sandbox.');
}
