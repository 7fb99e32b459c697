import { useEffect, useState } from 'react';
import { usePageView, usePanel } from './current';

/** A copy of a page's cloud. What is asked of it leaves no trace in the page's own: no token, no request id. */
export interface CloudCopy {
  readonly cloud: { readonly baseUrl: string; fetch(request: Request): Promise<Response> };
}

export interface Reading<T> {
  /** `away`: nothing was run on this page yet. `asleep`: something was, in an earlier visit. */
  status: 'away' | 'asleep' | 'reading' | 'read' | 'failed';
  value?: T;
  /** Whether the value is of the cloud as it is now: nothing runs, and nothing ran since it was read. */
  isNow: boolean;
  /** Brings the cloud of an earlier visit back. */
  wake: () => void;
}

/**
 * What `read` finds in the page's cloud, again after all that was run has ended.
 *
 * @param read has to stay the same function while nothing else that it depends on changes.
 */
export function useCloudCopy<T>(read: (copy: CloudCopy) => Promise<T>): Reading<T> {
  const { sandbox } = usePanel();
  const { status, entries } = usePageView(sandbox);
  const shell = sandbox?.shell;
  const [result, setResult] = useState<{ value?: T; failed?: boolean; after?: typeof entries }>({});
  useEffect(() => {
    let gone = false;
    if (!shell) setResult({});
    if (!shell || status !== 'ready') return undefined;
    shell
      .fork()
      .then(read)
      .then(
        (value) => gone || setResult({ value, after: entries }),
        () => gone || setResult({ failed: true }),
      );
    return () => {
      gone = true;
    };
  }, [shell, status, entries, read]);
  const wake = () => sandbox?.type(['true']);
  if (!shell) return { status: entries.length === 0 ? 'away' : 'asleep', isNow: false, wake };
  if (result.failed) return { status: 'failed', isNow: false, wake };
  return result.value === undefined
    ? { status: 'reading', isNow: false, wake }
    : { status: 'read', value: result.value, isNow: status === 'ready' && result.after === entries, wake };
}
