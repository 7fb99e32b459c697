import React, { useId, useState } from 'react';
import type { ReactNode } from 'react';
import styles from './styles.module.css';

interface NumberFieldProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  unit?: string;
  step?: number;
}

/** A number. While it is typed it may be none, and then the last one holds. */
export function NumberField({
  label,
  value,
  onChange,
  min = 0,
  max = 1_000_000_000,
  unit,
  step,
}: NumberFieldProps) {
  const [draft, setDraft] = useState<string>();
  const type = (text: string) => {
    setDraft(text);
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= min && number <= max) onChange(number);
  };
  return (
    <label className={styles.field}>
      <span className={styles.label}>
        {label}
        {unit !== undefined && <span className={styles.unit}> {unit}</span>}
      </span>
      <input
        className={styles.input}
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        step={step}
        value={draft ?? value}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        onBlur={() => setDraft(undefined)}
      />
    </label>
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  suggestions?: readonly string[];
  placeholder?: string;
  /** What may be written. */
  hint?: string;
  /** What is wrong with the value. */
  error?: string | undefined;
  rows?: number;
}

/** A text in the words of a machine: nothing is corrected or capitalised. */
export function TextField({
  label,
  value,
  onChange,
  suggestions,
  placeholder,
  hint,
  error,
  rows,
}: TextFieldProps) {
  const id = useId();
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const common = {
    id,
    className: styles.input,
    value,
    placeholder,
    autoCapitalize: 'none',
    autoComplete: 'off',
    spellCheck: false,
    'aria-invalid': error !== undefined,
    'aria-describedby': about || undefined,
  } as const;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {rows === undefined ? (
        <input
          {...common}
          list={suggestions ? `${id}-list` : undefined}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      ) : (
        <textarea {...common} rows={rows} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
      )}
      {suggestions && <Suggestions id={`${id}-list`} of={suggestions} />}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}

export function Suggestions({ id, of }: { id: string; of: readonly string[] }) {
  return (
    <datalist id={id}>
      {of.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly (readonly [value: string, text: string])[];
}

export function Choice({ label, value, onChange, options }: ChoiceProps) {
  return (
    <label className={styles.field}>
      <span className={styles.label}>{label}</span>
      <select
        className={styles.input}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface TickProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

export function Tick({ checked, onChange, children }: TickProps) {
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
