import React from 'react';
import Spoken from '../Lab/Spoken';
import styles from '../Lab/styles.module.css';
import type { LabCase } from './case';
import type { Outcome } from './decide';
import { deciding, reasonOf, sentence } from './sentence';
import own from './styles.module.css';

interface Props {
  labCase: LabCase;
  outcome: Outcome;
  /** What the last change has brought; empty for nothing worth a word. */
  news: string;
}

/** What came of it and why, always in sight. */
export default function Summary({ labCase, outcome, news }: Props) {
  const says = sentence(outcome);
  const step = deciding(outcome);
  const reason = step ? reasonOf(step, labCase) : '';
  return (
    <>
      <div className={styles.summary} data-outcome={outcome.kind === 'passes' ? 'chosen' : outcome.kind}>
        <p className={styles.says} data-summary="">
          {says}
        </p>
        {reason !== '' && <p>{reason}</p>}
        <Spoken text={`${says} ${reason} ${news}`.trim()} />
      </div>
      {news !== '' && (
        <div className={own.verdictNews} data-news="">
          {news}
        </div>
      )}
    </>
  );
}
