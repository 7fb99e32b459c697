import React, { useId, useRef } from 'react';
import type { Pair } from './case';
import { Suggestions } from '../Lab/fields';
import type { Reading } from './properties';
import styles from '../Lab/styles.module.css';

interface Props {
  /** What one of them is called: `property`. */
  what: string;
  pairs: readonly Pair[];
  onChange: (pairs: readonly Pair[]) => void;
  names: readonly string[];
  valuesOf?: (name: string) => readonly string[];
  /** What is to be said about a pair. */
  readingOf?: (pair: Pair) => Reading;
}

/** Names and values: add, change, remove. */
export default function Pairs({ what, pairs, onChange, names, valuesOf, readingOf }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const focus = (row: number) => {
    // after React has put the row there
    requestAnimationFrame(() => {
      const inputs = box.current?.querySelectorAll<HTMLElement>('[data-name]');
      const target = inputs?.[row] ?? box.current?.querySelector<HTMLElement>('[data-add]');
      target?.focus();
    });
  };
  const replace = (row: number, pair: Pair) =>
    onChange(pairs.map((other, at) => (at === row ? pair : other)));
  return (
    <div ref={box} className={styles.pairs} role="group" aria-label={`${capital(what)} list`}>
      <Suggestions id={`${id}-names`} of={names} />
      {pairs.map(([name, value], row) => {
        const reading = readingOf?.([name, value]);
        const values = valuesOf?.(name) ?? [];
        const note = reading !== undefined && reading.says !== '' ? `${id}-note-${row}` : undefined;
        return (
          <div key={row} className={styles.pair} data-kind={reading?.kind}>
            <input
              className={styles.input}
              data-name=""
              aria-label={`Name of ${what} ${row + 1}`}
              list={`${id}-names`}
              value={name}
              placeholder={names[0]}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              onChange={({ currentTarget }) => replace(row, [currentTarget.value, value])}
            />
            <span className={styles.equals} aria-hidden="true">
              =
            </span>
            <input
              className={styles.input}
              aria-label={`Value of ${name === '' ? `${what} ${row + 1}` : name}`}
              aria-invalid={reading?.kind === 'refused'}
              aria-describedby={note}
              list={values.length > 0 ? `${id}-values-${row}` : undefined}
              value={value}
              placeholder={values[0]}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              onChange={({ currentTarget }) => replace(row, [name, currentTarget.value])}
            />
            {values.length > 0 && <Suggestions id={`${id}-values-${row}`} of={values} />}
            <button
              type="button"
              className={styles.iconButton}
              aria-label={`Remove ${name === '' ? `${what} ${row + 1}` : name}`}
              onClick={() => {
                onChange(pairs.filter((_, at) => at !== row));
                focus(row);
              }}
            >
              <span aria-hidden="true">×</span>
            </button>
            {note !== undefined && (
              <p id={note} className={styles.note}>
                {reading?.kind === 'refused' && <strong>Refused. </strong>}
                {reading?.says}
              </p>
            )}
          </div>
        );
      })}
      <button
        type="button"
        data-add=""
        className={styles.button}
        onClick={() => {
          onChange([...pairs, ['', '']]);
          focus(pairs.length);
        }}
      >
        Add {/^[aeiou]/.test(what) ? 'an' : 'a'} {what}
      </button>
    </div>
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
