import React from 'react';
import Commands from '../Lab/Commands';
import type { LabCase } from './case';
import { recipeOf } from './commands';
import styles from '../Lab/styles.module.css';

/** The commands that make the case on a cloud. */
export default function Recipe({ labCase }: { labCase: LabCase }) {
  const { image, server, admin, conf } = recipeOf(labCase);
  return (
    <details className={styles.panel}>
      <summary className={styles.subheading}>The same on a cloud: commands</summary>
      <Commands title="You" text={[...image, ...server].join('\n')} />
      {admin.length > 0 && <Commands title="An administrator, before" text={admin.join('\n')} />}
      {conf !== '' && <Commands title="nova.conf of the scheduler" text={conf} />}
    </details>
  );
}
