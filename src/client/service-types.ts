/**
 * Service types that go by several names, the official one first.
 * Models the Service Types Authority's data as os-service-types ships it; services with one name are left out.
 */
const aliases: Readonly<Record<string, readonly string[]>> = {
  'admin-logic': ['registration'],
  alarm: ['alarming'],
  'application-container': ['container'],
  'application-deployment': ['application_deployment'],
  baremetal: ['bare-metal'],
  'block-storage': ['volumev3', 'volumev2', 'volume', 'block-store'],
  clustering: ['resource-cluster', 'cluster'],
  'container-infrastructure-management': ['container-infrastructure', 'container-infra'],
  event: ['events'],
  'instance-ha': ['ha'],
  message: ['messaging'],
  meter: ['metering', 'telemetry'],
  'monitoring-logging': ['monitoring-log-api'],
  'multi-region-network-automation': ['tricircle'],
  'operator-policy': ['policy'],
  'resource-optimization': ['infra-optim'],
  'root-cause-analysis': ['rca'],
  'shared-file-system': ['sharev2', 'share'],
  workflow: ['workflowv2'],
};

/**
 * All names to look for in a catalog, in order of preference: the one asked for, then the official one, then its aliases.
 *
 * @example
 * serviceTypeAliases('volumev3'); // ['volumev3', 'block-storage', 'volumev2', 'volume', 'block-store']
 */
export function serviceTypeAliases(serviceType: string): string[] {
  const family = Object.entries(aliases).find(
    ([official, others]) => official === serviceType || others.includes(serviceType),
  );
  return [...new Set([serviceType, ...(family ? [family[0], ...family[1]] : [])])];
}
