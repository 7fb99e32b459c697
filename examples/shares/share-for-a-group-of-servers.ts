import type { Connection, Server, Share } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region share
/**
 * Makes one NFS share that all of some servers can write to, and nobody else can mount. For a storage that sees the servers'
 * fixed addresses: a floating one is another machine's as soon as it is given back.
 */
export async function shareForServers(
  cloud: Connection,
  servers: readonly Pick<Server, 'name' | 'addresses'>[],
  share: { name: string; size: number },
): Promise<{ share: Share; mount: string | undefined }> {
  const { id } = await cloud.share.createShare({ share_proto: 'NFS', ...share });
  await cloud.share.waitForShare(id);
  for (const { name, addresses } of servers) {
    for (const { addr, 'OS-EXT-IPS:type': type } of Object.values(addresses).flat()) {
      if (type === 'floating') continue;
      const rule = { access_type: 'ip', access_to: addr, metadata: { server: name } } as const;
      const { id: ruleId } = await cloud.share.createAccessRule(id, rule);
      await cloud.share.waitForAccessRule(ruleId); // only an active rule lets anybody in
    }
  }
  const locations = await cloud.share.exportLocations(id);
  const best = locations.find(({ preferred }) => preferred) ?? locations[0];
  return { share: await cloud.share.getShare(id), mount: best?.path };
}
// #endregion share

/** `npm run example shares/share-for-a-group-of-servers` */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const web = ['web-1', 'web-2'].map((name, n) => ({
    name,
    addresses: { private: [{ addr: `10.0.0.${11 + n}`, version: 4, 'OS-EXT-IPS:type': 'fixed' as const }] },
  })); // as cloud.compute.servers() would give them
  const { share, mount } = await shareForServers(cloud, web, { name: 'web-files', size: 1 });
  try {
    console.log(`${share.name ?? ''} is ${share.status}; its rules are ${share.access_rules_status}`);
    console.log('on each server: sudo mount -t nfs', mount, '/srv');
    for (const { access_to, access_level, metadata } of await cloud.share.accessRules(share.id))
      console.log(`${metadata['server'] ?? '?'} (${access_to}): ${access_level}`);
  } finally {
    await cloud.share.deleteShare(share.id);
  }
}

await runAsScript(import.meta, main);
