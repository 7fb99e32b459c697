import React from 'react';
import Spoken from '../Lab/Spoken';
import styles from '../Lab/styles.module.css';
import type { LabCase } from './case';
import type { Outcome } from './decide';
import { reasonOf, sentence } from './sentence';

/** What came of it, always in sight. */
export default function Summary({ labCase, outcome }: { labCase: LabCase; outcome: Outcome }) {
  const says = sentence(outcome);
  const last = outcome.kind === 'dropped' ? outcome.steps.at(-1) : undefined;
  const reason = last ? reasonOf(last, labCase) : '';
  return (
    <div className={styles.summary} data-outcome={outcome.kind === 'passes' ? 'chosen' : outcome.kind}>
      <p className={styles.says} data-summary="">
        {says}
      </p>
      {reason !== '' && <p>{reason}</p>}
      <Spoken text={`${says} ${reason}`.trim()} />
    </div>
  );
}
