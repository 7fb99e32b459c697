import type { Outcome } from './decide';

/** A number as a person reads it: 10,000. */
export function number(value: number): string {
  return value.toLocaleString('en');
}

const STOPPED = {
  refused: 'HTTP 400: the Compute API refuses the request. No host is asked.',
  misconfigured: 'nova-scheduler does not start with these settings.',
  error: 'nova raises an error, and the server ends in ERROR.',
};

/** The outcome in a sentence. */
export function sentence(outcome: Outcome): string {
  if (!('hosts' in outcome)) return STOPPED[outcome.kind];
  const total = outcome.hosts.length;
  const left = outcome.weighed.length;
  if (outcome.kind === 'none') return `None of ${number(total)} hosts is left: the server ends in ERROR.`;
  return `${number(left)} of ${number(total)} ${total === 1 ? 'host' : 'hosts'} ${left === 1 ? 'is' : 'are'} left. nova takes ${outcome.weighed[0]?.host.host ?? ''}.`;
}
