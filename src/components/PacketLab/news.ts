import type { Verdict } from '../../cloud/network/firewall/port-filter';
import { ruleWords } from '../../cloud/network/firewall/why-not';
import type { LabCase } from './case';
import { decide, firewallOf, type Step } from './decide';
import { deciding, reasonOf, sentence } from './sentence';

type ByRule = Extract<Verdict, { by: 'rule' }>;

/** What taking the sandbox has changed for the packet, in a few sentences. */
export function newsOf(before: LabCase, after: LabCase): string {
  const ends = endsOf(after);
  if (after.servers.length === 0) return 'The sandbox has no server and no port yet.';
  if (!before.ofSandbox) return `This is the sandbox now. The lab chose a packet ${ends}.`;
  if (endsOf(before) !== ends) {
    const gone = [before.traffic.from, before.traffic.to].filter((end) => end !== '' && !isThere(end, after));
    const why =
      gone.length === 0
        ? 'Before, there was no way.'
        : `${gone.join(' and ')} ${gone.length === 1 ? 'is' : 'are'} gone.`;
    return `${why} The lab chose a packet ${ends}.`;
  }
  const [was, is] = [decide(before), decide(after)];
  const [then, now] = [deciding(was), deciding(is)];
  const same = sentence(was) === sentence(is);
  const why = (step: Step | undefined, labCase: LabCase) => (step ? reasonOf(step, labCase) : '');
  if (same && why(then, before) === why(now, after)) return 'Taken again: nothing changed for this packet.';
  if (same) return `The same became of it, but something else decides. ${why(now, after)}`.trim();
  const past = sentence(was, 'past');
  const there = was.kind === 'unreachable' ? undefined : was.steps.find(({ at }) => at === now?.at);
  if (there?.verdict.by === 'rule' && is.kind === 'dropped')
    return `${past} ${ruleThen(there, there.verdict, before)} ${whatBecame(there, there.verdict, after)}`.trim();
  return is.kind === 'passes' ? `${past} ${why(now, after)}`.trim() : past;
}

function isThere(end: string, { servers }: LabCase): boolean {
  return servers.some(({ name }) => name === end);
}

/** `from client to web`. */
function endsOf({ traffic: { from, to } }: LabCase): string {
  return `from ${from || 'outside'} to ${to || 'outside'}`;
}

function ruleThen({ direction }: Step, { group, rule }: ByRule, before: LabCase): string {
  const way = direction === 'ingress' ? 'in' : 'out';
  return `The group ${group.name} let it ${way}: ${ruleWords(rule, firewallOf(before))}.`;
}

/** Why a rule that let the packet pass does so no longer. */
function whatBecame({ server }: Step, { group, rule }: ByRule, after: LabCase): string {
  const now = after.servers.find(({ name }) => name === server.name);
  const { groups } = firewallOf(after);
  const its = groups.find(({ name }) => name === group.name);
  if (!its) return 'That group is gone.';
  if (now && !now.groups.includes(group.name)) return `${server.name} is in that group no longer.`;
  const text = (each: object) => JSON.stringify({ ...each, id: '' });
  return its.security_group_rules.some((each) => text(each) === text(rule)) ? '' : 'That rule is gone.';
}
