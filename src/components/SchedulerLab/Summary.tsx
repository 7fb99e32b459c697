import React from 'react';
import Spoken from '../Lab/Spoken';
import type { Outcome } from './decide';
import { sentence } from './sentence';
import styles from '../Lab/styles.module.css';

/** What came of it, always in sight. */
export default function Summary({ outcome }: { outcome: Outcome }) {
  const says = sentence(outcome);
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
      <Spoken text={`${says} ${message}`} />
    </div>
  );
}

function messageOf(outcome: Outcome): string {
  return outcome.message.trimEnd();
}
