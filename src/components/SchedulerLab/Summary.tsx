import React, { useEffect, useState } from 'react';
import type { Outcome } from './decide';
import { sentence } from './sentence';
import styles from './styles.module.css';

/** What a screen reader hears is said when the reader has stopped typing. */
const QUIET = 600;

/** What came of it, always in sight. */
export default function Summary({ outcome }: { outcome: Outcome }) {
  const says = sentence(outcome);
  const spoken = useLater(`${says} ${messageOf(outcome)}`);
  const message = messageOf(outcome);
  return (
    <div className={styles.summary} data-outcome={outcome.kind}>
      <p className={styles.says} data-summary="">
        {says}
      </p>
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
