import { cidrOf, contains, parseAddress, parseNetwork, type IpNetwork } from '../../cloud/network/ip';

/** An access rule as the API shows it. */
export interface Rule {
  access_type: string;
  access_to: string;
  access_level: 'rw' | 'ro';
  state: string;
}

/** A share as the drawing needs it. */
export interface ShareView {
  id: string;
  name: string;
  protocol: string;
  status: string;
  rules: Rule[];
}

export interface Verdict {
  access: 'rw' | 'ro' | 'none';
  /** The rule that decides. */
  rule?: Rule;
  /** What there is to say beside that, in sentences. Empty when the rule says it all. */
  why: string;
}

/** Whether a server with this address may mount a share, as Manila's test driver has it: NFS by address, SMB by user. */
export function verdictFor(share: ShareView, address: string): Verdict {
  if (share.status !== 'available') return { access: 'none', why: `The share is ${share.status}.` };
  const active = share.rules.filter(({ state }) => state === 'active');
  if (share.protocol === 'NFS' || active.some(({ access_type }) => access_type === 'ip'))
    return decide(share.rules, address);
  const users = active
    .filter(({ access_type }) => access_type === 'user')
    .map(({ access_to, access_level }) => `${access_to} ${access_level === 'rw' ? 'may write' : 'may read'}`);
  const asks = `This storage lets users in to a ${share.protocol} share, not addresses`;
  return {
    access: 'none',
    why: users.length === 0 ? `${asks}, and no active rule names one.` : `${asks}: ${users.join(', ')}.`,
  };
}

/**
 * Of the active rules that fit an address the narrowest decides. Manila leaves that to the storage; Linux' NFS server and most
 * others take the rule that names the machine itself before one for its network.
 */
export function decide(rules: readonly Rule[], address: string): Verdict {
  if (address === '') return { access: 'none', why: 'Type an address, or choose a server.' };
  const from = parseAddress(address);
  if (from === undefined) return { access: 'none', why: `${address} is not an address.` };
  const fitting = rules.flatMap((rule) => {
    const network = rule.access_type === 'ip' ? networkOf(rule.access_to) : undefined;
    return network !== undefined && contains(network, from) ? [{ rule, network }] : [];
  });
  const active = fitting
    .filter(({ rule }) => rule.state === 'active')
    .sort((a, b) => b.network.prefixlen - a.network.prefixlen);
  const [best] = active;
  if (best !== undefined) {
    const { rule } = best;
    const why = active.length === 1 ? '' : `${active.length} rules fit; most storages take the narrowest.`;
    return { access: rule.access_level, rule, why };
  }
  const [waiting] = fitting;
  if (waiting !== undefined) {
    const { rule } = waiting;
    return { access: 'none', why: `The rule for ${rule.access_to} is ${rule.state}, not active.` };
  }
  const why =
    rules.length === 0 ? 'The share has no access rule.' : `No rule names ${address} or a network around it.`;
  return { access: 'none', why };
}

function networkOf(text: string): IpNetwork | undefined {
  const network = parseNetwork(text);
  return network && cidrOf(network);
}
