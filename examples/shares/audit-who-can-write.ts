import type { Connection, ShareAccessRule } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region audit
export interface Finding {
  share: string;
  rule: ShareAccessRule;
  /** What is wrong with it. */
  why: string;
}

/** Looks through the rules of all shares of a project for those that let too many write. */
export async function auditWriters(cloud: Connection, mostAddresses = 256): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const share of await cloud.share.shares()) {
    for (const rule of await cloud.share.accessRules(share.id)) {
      if (rule.access_level !== 'rw' || rule.state === 'error') continue; // a rule in error lets nobody in
      const why = tooWide(rule, mostAddresses);
      if (why !== undefined) findings.push({ share: share.name ?? share.id, rule, why });
    }
  }
  return findings;
}

function tooWide({ access_type, access_to }: ShareAccessRule, most: number): string | undefined {
  if (access_type !== 'ip') return undefined;
  const [address = '', prefix] = access_to.split('/');
  const bits = address.includes(':') ? 128 : 32;
  const addresses = 2 ** (bits - Number(prefix ?? bits));
  if (addresses <= most) return undefined;
  return addresses === 2 ** bits ? 'the whole world can write' : `${addresses} addresses can write`;
}
// #endregion audit

/** `npm run example shares/audit-who-can-write` */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const { id } = await cloud.share.createShare({ share_proto: 'NFS', size: 1, name: 'docs' });
  await cloud.share.waitForShare(id);
  try {
    const rules = [
      ['10.0.0.5', 'rw'],
      ['10.0.0.0/8', 'rw'],
      ['0.0.0.0/0', 'rw'],
      ['192.168.0.0/16', 'ro'],
    ] as const;
    for (const [access_to, access_level] of rules)
      await cloud.share.createAccessRule(id, { access_type: 'ip', access_to, access_level });
    for (const { share, rule, why } of await auditWriters(cloud))
      console.log(`${share}: ${rule.access_to}: ${why}`);
  } finally {
    await cloud.share.deleteShare(id);
  }
}

await runAsScript(import.meta, main);
