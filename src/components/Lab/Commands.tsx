import React from 'react';
import CopyButton from '../Session/CopyButton';
import ScrollBox from '../ScrollBox';
import styles from './styles.module.css';

/** Commands of a case, to be copied, with who types them. */
export default function Commands({ title, text }: { title: string; text: string }) {
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
