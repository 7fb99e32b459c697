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

/** Sums of floats depend on their order, in the last digits; the same hosts have to come in the same order. */
export function sameWeights(ours: readonly Weight[], theirs: readonly Weight[]): boolean {
  if (ours.length !== theirs.length) return false;
  return ours.every(([host, weight], i) => {
    const [other, otherWeight] = theirs[i] ?? ['', NaN];
    return host === other && Math.abs(weight - otherWeight) <= 1e-9 * Math.max(1, Math.abs(weight));
  });
}
