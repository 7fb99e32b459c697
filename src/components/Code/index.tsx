import React from 'react';
import ScrollBox from '../ScrollBox';
import styles from './styles.module.css';

interface Props {
  /** The inside of `<code>`, made by remark-code.ts while the site is built. */
  html: string;
  language: string;
  title?: string;
}

/** A piece of code that is shown and not run. */
export default function Code({ html, language, title }: Props) {
  return (
    <figure className={styles.figure} data-language={language}>
      {title !== undefined && <figcaption className={styles.caption}>{title}</figcaption>}
      <ScrollBox as="pre" className={styles.pre} label={title ?? 'Code'}>
        <code dangerouslySetInnerHTML={{ __html: html }} />
      </ScrollBox>
    </figure>
  );
}
