import React, { useEffect, useRef, useState } from 'react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import type { Completion } from '../../shell/shell';
import type { PageSandbox } from '../sandbox/page-sandbox';
import { commonStart, splitPasted } from './line-editing';
import styles from './styles.module.css';

interface Props {
  sandbox: PageSandbox;
  busy: boolean;
  /** Escape: takes the focus out of the terminal. */
  onLeave: () => void;
}

interface Known {
  line: string;
  cursor: number;
  completion: Completion;
}

/** The line one types: history with the arrows, Tab when there is something to complete, Ctrl-C, several lines pasted. */
export default function Prompt({ sandbox, busy, onLeave }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [line, setLine] = useState('');
  /** Lines typed before of a command that is not complete yet. */
  const [before, setBefore] = useState('');
  const [choices, setChoices] = useState<string[]>([]);
  /** Counted from the newest command; 0 is the line being typed. */
  const recalled = useRef(0);
  const draft = useRef('');
  const known = useRef<Known>(undefined);
  /** Whether Tab was pressed before it was known what it does. */
  const tabWaits = useRef(false);

  // What Tab would do is found out while one types, so that Tab knows at once whether it is needed here.
  useEffect(() => {
    const { shell } = sandbox;
    const cursor = input.current?.selectionStart ?? line.length;
    if (!shell || line === '' || busy) return undefined;
    let current = true;
    const found = (completion: Completion) => {
      if (!current) return;
      known.current = { line, cursor, completion };
      if (tabWaits.current) complete(cursor);
      tabWaits.current = false;
    };
    shell.complete(before + line, before.length + cursor).then(found, () => {
      found({ start: 0, candidates: [] });
    });
    return () => {
      current = false;
      tabWaits.current = false;
    };
  }, [line, before, busy, sandbox]);

  const change = (text: string, cursor = text.length) => {
    setLine(text);
    setChoices([]);
    requestAnimationFrame(() => input.current?.setSelectionRange(cursor, cursor));
  };

  const submit = (text: string) => {
    const whole = before + text;
    recalled.current = 0;
    change('');
    if (sandbox.shell?.isIncomplete(whole)) {
      setBefore(`${whole}\n`);
      return;
    }
    setBefore('');
    sandbox.type([whole]);
  };

  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text');
    if (!/[\r\n]/.test(text)) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const typed =
      line.slice(0, selectionStart ?? line.length) + text + line.slice(selectionEnd ?? line.length);
    const { commands, rest } = splitPasted(
      before + typed,
      (part) => sandbox.shell?.isIncomplete(part) ?? false,
    );
    const lines = rest.split('\n');
    setBefore(
      lines
        .slice(0, -1)
        .map((part) => `${part}\n`)
        .join(''),
    );
    change(lines.at(-1) ?? '');
    sandbox.type(commands);
  };

  const recall = (step: 1 | -1) => {
    const history = sandbox.shell?.history ?? sandbox.view().entries.flatMap(({ source }) => source ?? []);
    const next = recalled.current + step;
    if (next < 0 || next > history.length) return;
    if (recalled.current === 0) draft.current = line;
    recalled.current = next;
    change(next === 0 ? draft.current : (history[history.length - next] ?? ''));
  };

  /** Whether there was something to complete. */
  const complete = (cursor: number): boolean => {
    const found = known.current;
    if (!found || found.line !== line || found.cursor !== cursor) return false;
    const { start, candidates } = found.completion;
    const from = start - before.length;
    if (candidates.length === 0 || from < 0) return false;
    const typed = line.slice(from, cursor);
    const text = commonStart(candidates);
    if (text.length > typed.length)
      change(line.slice(0, from) + text + line.slice(cursor), from + text.length);
    else if (candidates.length > 1 && choices.length === 0) setChoices(candidates);
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key, ctrlKey, altKey, metaKey, shiftKey, currentTarget } = event;
    const plain = !ctrlKey && !altKey && !metaKey;
    const cursor = currentTarget.selectionStart ?? line.length;
    if (event.nativeEvent.isComposing) return;
    if (key === 'ArrowUp' && plain) {
      event.preventDefault();
      recall(1);
    } else if (key === 'ArrowDown' && plain) {
      event.preventDefault();
      recall(-1);
    } else if (key === 'Tab' && plain && !shiftKey) {
      if (complete(cursor)) event.preventDefault();
      else if (sandbox.shell && line !== '' && !busy && known.current?.line !== line) {
        // what was typed just now: the focus stays until it is known whether there is something to complete
        event.preventDefault();
        tabWaits.current = true;
      }
    } else if (key === 'Escape') {
      if (choices.length > 0) setChoices([]);
      else onLeave();
    } else if (key === 'c' && ctrlKey && cursor === currentTarget.selectionEnd) {
      event.preventDefault();
      if (busy) sandbox.interrupt();
      setBefore('');
      change('');
    }
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit(line);
      }}
    >
      {before !== '' && (
        <div className={styles.typed}>
          {before
            .slice(0, -1)
            .split('\n')
            .map((part, i) => (
              <div key={i}>
                <span className={styles.prompt}>{i === 0 ? '$ ' : '> '}</span>
                {part}
              </div>
            ))}
        </div>
      )}
      <label className={styles.inputLine}>
        <span className={styles.hiddenText}>Command line</span>
        <span className={styles.prompt} aria-hidden="true">
          {before === '' ? '$ ' : '> '}
        </span>
        <input
          ref={input}
          className={styles.input}
          value={line}
          onChange={(event) => {
            setLine(event.target.value);
            setChoices([]);
          }}
          onKeyDown={onKeyDown}
          onPaste={paste}
          type="text"
          autoCapitalize="none"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          aria-describedby="terminal-keys"
        />
        {busy && (
          <button type="button" className={styles.headerButton} onClick={() => sandbox.interrupt()}>
            Stop<span className={styles.hiddenText}> (Ctrl-C)</span>
          </button>
        )}
      </label>
      <p id="terminal-keys" className={styles.keys}>
        Tab completes · ↑ ↓ history · Ctrl-C stops · Esc leaves
      </p>
      <div role="status" className={styles.choices}>
        {choices.map((choice) => (
          <span key={choice}>{choice.trim()} </span>
        ))}
      </div>
    </form>
  );
}
