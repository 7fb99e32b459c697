/** What nova, or the embedded scheduler, says about a case. */
export interface Answer {
  verdict: string;
  reason: string;
}

/**
 * Whether two answers are the same: the verdict, and the class of the reason, which is the filter that let the host
 * fall or the exception with the place where it was raised. What is wrong with an image has to be said in the same words.
 */
export function sameAnswer(ours: Answer, nova: Answer): boolean {
  if (ours.verdict !== nova.verdict) return false;
  if (nova.verdict === 'pass') return true;
  if (nova.verdict === 'invalid_image') return ours.reason === nova.reason;
  return reasonClass(ours) === reasonClass(nova);
}

function reasonClass({ reason }: Answer): string {
  return reason.split(':')[0] ?? '';
}

/** A host and what it weighs. */
export type Weight = readonly [host: string, weight: number];

/**
 * Whether the same hosts weigh the same, best first. nova adds up in the order in which its files lie on the disk, so the
 * last digits may differ, and with them the order of hosts that weigh the same but for these.
 */
export function sameWeights(ours: readonly Weight[], nova: readonly Weight[]): boolean {
  const weights = new Map(ours);
  return (
    ours.length === nova.length &&
    nova.every(([host, weight], i) => {
      const [, here = NaN] = ours[i] ?? [];
      return close(weights.get(host) ?? NaN, weight) && close(here, weight);
    })
  );
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
}
