import React from 'react';
import Spoken from '../Lab/Spoken';
import styles from '../Lab/styles.module.css';
import type { Outcome } from './decide';
import { sentence } from './sentence';

/** What came of it, always in sight. */
export default function Summary({ outcome }: { outcome: Outcome }) {
  const says = sentence(outcome);
  return (
    <div className={styles.summary} data-outcome={outcome.kind === 'passes' ? 'chosen' : outcome.kind}>
      <p className={styles.says} data-summary="">
        {says}
      </p>
      <Spoken text={says} />
    </div>
  );
}
