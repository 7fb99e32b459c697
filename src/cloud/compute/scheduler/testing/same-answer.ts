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
