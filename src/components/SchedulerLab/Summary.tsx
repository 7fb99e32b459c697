import React, { useEffect, useState } from 'react';
import { number } from './Chain';
import type { Outcome } from './decide';
import styles from './styles.module.css';

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

/** What a screen reader hears is said when the reader has stopped typing. */
const QUIET = 600;

/** What came of it, always in sight. */
export default function Summary({ outcome }: { outcome: Outcome }) {
  const says = sentence(outcome);
  const spoken = useLater(`${says} ${messageOf(outcome)}`);
  const message = messageOf(outcome);
  return (
    <div className={styles.summary} data-outcome={outcome.kind}>
      <p className={styles.says}>{says}</p>
      {message !== '' && (
        <p className={styles.message}>
          <code>{message}</code>
        </p>
      )}
      <p className={styles.hiddenText} role="status">
        {spoken}
      </p>
    </div>
  );
}

function messageOf(outcome: Outcome): string {
  return outcome.message.trimEnd();
}

function useLater(text: string): string {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), QUIET);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}
