import React from 'react';
import styles from './styles.module.css';

/** A command as one types it, with its program and its options told apart. */
export default function CommandText({ source }: { source: string }) {
  let atProgram = true;
  return (
    <>
      {source.split(/(\s+|[|;&()]+|'[^']*'|"[^"]*")/).map((word, i) => {
        if (/^[|;&()]+$/.test(word)) atProgram = true;
        if (!word.trim()) return word;
        const isProgram = atProgram && /^[\w./-]+$/.test(word);
        if (isProgram) atProgram = false;
        const kind = isProgram ? styles.program : /^--?[a-zA-Z]/.test(word) ? styles.option : undefined;
        return kind ? (
          <span key={i} className={kind}>
            {word}
          </span>
        ) : (
          word
        );
      })}
    </>
  );
}
