import React from 'react';
import CopyButton from '../Session/CopyButton';
import ScrollBox from '../ScrollBox';
import type { LabCase } from './case';
import { recipeOf } from './commands';
import styles from './styles.module.css';

/** The commands that make the case on a cloud. */
export default function Recipe({ labCase }: { labCase: LabCase }) {
  const { image, server, admin, conf } = recipeOf(labCase);
  return (
    <details className={styles.panel}>
      <summary className={styles.subheading}>The same on a cloud: commands</summary>
      <Part title="You" text={[...image, ...server].join('\n')} />
      {admin.length > 0 && <Part title="An administrator, before" text={admin.join('\n')} />}
      {conf !== '' && <Part title="nova.conf of the scheduler" text={conf} />}
    </details>
  );
}

function Part({ title, text }: { title: string; text: string }) {
  return (
    <div className={styles.recipe}>
      <div className={styles.recipeHead}>
        <span>{title}</span>
        <CopyButton text={text} label={`commands: ${title}`} />
      </div>
      <ScrollBox as="pre" label={title} className={styles.code}>
        <code>{text}</code>
      </ScrollBox>
    </div>
  );
}
