import React, { lazy, memo, Suspense, useEffect, useRef } from 'react';
import type { ComponentType, ReactNode } from 'react';
import type { Exchange } from '../../shell/exchange';
import type { Entry } from '../sandbox/storage';
import Hint from './Hint';
import LabHint from './LabHint';
import Output from './Output';
import styles from './styles.module.css';

/** Fetched when it is first shown; without a network nothing stands in its place. */
const Requests = lazy<ComponentType<{ exchanges: readonly Exchange[] }>>(() =>
  import('../Requests').catch(() => ({ default: () => null })),
);

interface Props {
  entries: readonly Entry[];
  /** The HTTP requests behind each entry, by its id; undefined when they are not to be shown. */
  requests: Readonly<Record<number, readonly Exchange[]>> | undefined;
  /** The prompt, which stands below the last output and scrolls with it. */
  children: ReactNode;
}

/** What was typed and what it printed. New lines are read out by screen readers. */
export default function Log({ entries, requests, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [entries]);
  return (
    <div ref={box} className={styles.screen} tabIndex={-1} data-screen>
      <div role="log" aria-label="Terminal output">
        {entries.length === 0 && (
          <p className={styles.welcome}>
            A shell with <code>openstack</code>, <code>glance</code> and <code>curl</code>, on a small cloud
            of your own. It lives in this browser: you cannot break anything. Type{' '}
            <code>openstack image list</code>, or press Run in the page.
          </p>
        )}
        {requests && entries.some(({ id }) => id < 0) && (
          <p className={styles.welcome}>
            The requests of a command are forgotten when the page is loaded again. Below are those since then.
          </p>
        )}
        {entries.map((entry) => (
          <LogEntry key={entry.id} entry={entry} exchanges={requests?.[entry.id]} />
        ))}
      </div>
      {children}
    </div>
  );
}

interface LogEntryProps {
  entry: Entry;
  exchanges: readonly Exchange[] | undefined;
}

const LogEntry = memo(function LogEntry({ entry, exchanges = [] }: LogEntryProps) {
  const { source, output, status } = entry;
  return (
    <div className={styles.entry} data-entry-status={status}>
      {source !== undefined && (
        <div className={styles.typed}>
          {source.split('\n').map((line, i) => (
            <div key={i}>
              <span className={styles.prompt} aria-hidden="true">
                {i === 0 ? '$ ' : '> '}
              </span>
              {line}
            </div>
          ))}
        </div>
      )}
      {output !== undefined && output !== '' && <Output text={output.replace(/\n$/, '')} />}
      {status === 'interrupted' && <div className={styles.mark}>^C</div>}
      {status === 'done' && output !== undefined && <Hint output={output} exitCode={entry.exitCode} />}
      {status === 'done' && output !== undefined && <LabHint output={output} />}
      {exchanges.length > 0 && (
        <Suspense fallback={null}>
          <Requests exchanges={exchanges} />
        </Suspense>
      )}
    </div>
  );
});
