import type { Aggregate, Connection } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region aggregate
/**
 * Puts hosts into an aggregate that wants a property of the images it runs, such as `os_type=windows`. For
 * administrators, and only where the filter AggregateImagePropertiesIsolation is enabled. It keeps images with another
 * value off these hosts. It does not keep off images that lack the property.
 */
export async function isolateByAggregate(
  admin: Connection,
  name: string,
  hosts: readonly string[],
  metadata: Readonly<Record<string, string>>,
): Promise<Aggregate> {
  const { id } = await admin.compute.createAggregate({ name });
  for (const host of hosts) await admin.compute.addHostToAggregate(id, host);
  return admin.compute.setAggregateMetadata(id, { ...metadata });
}
// #endregion aggregate

/** `npm run example scheduling/isolate-by-aggregate`; works as the entry `admin` of clouds.yaml. */
export async function main({ connectAs }: ExampleContext): Promise<void> {
  const admin = await connectAs('admin');
  const hosts: string[] = [];
  for await (const { hypervisor_hostname } of admin.compute.hypervisors()) hosts.push(hypervisor_hostname);
  const { id, ...aggregate } = await isolateByAggregate(admin, 'windows', hosts.slice(0, 1), {
    os_type: 'windows',
  });
  console.log(aggregate.name, aggregate.hosts, aggregate.metadata);
  for (const host of aggregate.hosts) await admin.compute.removeHostFromAggregate(id, host);
  await admin.compute.deleteAggregate(id);
}

await runAsScript(import.meta, main);
