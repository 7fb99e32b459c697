import type { CloudCopy } from '../sandbox/use-copy';
import type { ShareView } from './decide';

export interface SharesAndServers {
  /** One for each address of a server. */
  servers: { name: string; address: string; floating: boolean }[];
  shares: ShareView[];
}

/** The servers with an address, and the shares with their access rules, of the project _demo_. */
export async function readShares(copy: CloudCopy): Promise<SharesAndServers> {
  const { connect } = await import('../../client');
  const cloud = connect(
    {
      auth: {
        auth_url: `${copy.cloud.baseUrl}/identity/v3`,
        username: 'demo',
        password: 'secret',
        project_name: 'demo',
        user_domain_name: 'Default',
        project_domain_name: 'Default',
      },
    },
    { fetch: (request) => copy.cloud.fetch(request) },
  );
  const servers: SharesAndServers['servers'] = [];
  for await (const { name, addresses } of cloud.compute.servers())
    for (const { addr, 'OS-EXT-IPS:type': type } of Object.values(addresses).flat())
      servers.push({ name, address: addr, floating: type === 'floating' });
  const shares = await cloud.share.shares();
  return {
    servers,
    shares: await Promise.all(
      shares.map(async ({ id, name, share_proto, status }) => ({
        id,
        name: name ?? id,
        protocol: share_proto,
        status,
        rules: await cloud.share.accessRules(id),
      })),
    ),
  };
}
