import React, { memo, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import ScrollBox from '../ScrollBox';
import type { Entry } from '../sandbox/storage';
import styles from './styles.module.css';

/** More lines than this are shown only when asked for. */
const clipAt = 300;

interface Props {
  entries: readonly Entry[];
  /** The prompt, which stands below the last output and scrolls with it. */
  children: ReactNode;
}

/** What was typed and what it printed. New lines are read out by screen readers. */
export default function Log({ entries, children }: Props) {
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
            A shell with <code>openstack</code> and <code>glance</code>, on a small cloud of your own. It
            lives in this browser: you cannot break anything. Type <code>openstack image list</code>, or press
            Run in the page.
          </p>
        )}
        {entries.map((entry) => (
          <LogEntry key={entry.id} entry={entry} />
        ))}
      </div>
      {children}
    </div>
  );
}

const LogEntry = memo(function LogEntry({ entry }: { entry: Entry }) {
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
    </div>
  );
});

/** Text as text, whatever it contains. Much of it is cut until the reader wants it all. */
function Output({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const lines = text.split('\n');
  const long = lines.length > clipAt || text.length > 200 * clipAt;
  const shown =
    all || !long
      ? text
      : lines
          .slice(0, clipAt)
          .join('\n')
          .slice(0, 200 * clipAt);
  return (
    <>
      <ScrollBox as="pre" className={styles.output} label="Output">
        {shown}
      </ScrollBox>
      {long && !all && (
        <button type="button" className={styles.headerButton} onClick={() => setAll(true)}>
          Show all {lines.length > 1 ? `${lines.length} lines` : `${text.length} characters`}
        </button>
      )}
    </>
  );
}
