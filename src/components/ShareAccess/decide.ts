import { cidrOf, contains, parseAddress, parseNetwork, type IpNetwork } from '../../cloud/network/ip';

/** An access rule as the API shows it. */
export interface Rule {
  access_type: string;
  access_to: string;
  access_level: 'rw' | 'ro';
  state: string;
}

export interface Verdict {
  access: 'rw' | 'ro' | 'none';
  /** The rule that decides. */
  rule?: Rule;
  /** Why, as one sentence. */
  why: string;
}

/** Whether a server with this address may mount an NFS share: of the active rules that fit, the narrowest decides. */
export function decide(rules: readonly Rule[], address: string): Verdict {
  const from = parseAddress(address);
  if (from === undefined) return { access: 'none', why: `${address || 'This'} is not an address.` };
  const fitting = rules.flatMap((rule) => {
    const network = rule.access_type === 'ip' ? networkOf(rule.access_to) : undefined;
    return network !== undefined && contains(network, from) ? [{ rule, network }] : [];
  });
  const [best] = fitting
    .filter(({ rule }) => rule.state === 'active')
    .sort((a, b) => b.network.prefixlen - a.network.prefixlen);
  if (best !== undefined) {
    const { rule } = best;
    const others = fitting.length > 1 ? ` It is the narrowest of the ${fitting.length} that fit.` : '';
    return {
      access: rule.access_level,
      rule,
      why: `The rule for ${rule.access_to} decides: ${rule.access_level === 'rw' ? 'read and write' : 'read only'}.${others}`,
    };
  }
  const [waiting] = fitting;
  if (waiting !== undefined)
    return {
      access: 'none',
      why: `The rule for ${waiting.rule.access_to} is ${waiting.rule.state}, not active.`,
    };
  return {
    access: 'none',
    why:
      rules.length === 0
        ? 'The share has no access rule.'
        : `No rule names ${address} or a network around it.`,
  };
}

function networkOf(text: string): IpNetwork | undefined {
  const network = parseNetwork(text);
  return network && cidrOf(network);
}
