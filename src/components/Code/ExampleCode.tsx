import React, { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import CopyButton from '../Session/CopyButton';
import styles from './styles.module.css';

interface Props {
  /** Path of the example in the repository. */
  file: string;
  /** Made by example-loader.mjs while the site is built. */
  example: { html: string; typesUrl: string };
}

/** The type of a name, and what is said about it. */
interface NameType {
  html: string;
  docs?: string;
}

interface Shown {
  type: number;
  left: number;
  /** Where the name ends, from the top of the window, or where it starts, from the bottom. */
  place: { top: string } | { bottom: string };
}

/** Room that a type may need below its name, in pixels. */
const room = 160;

/**
 * A tested example. A name's type shows under the mouse; by keyboard the code is one stop of the Tab key, and the
 * arrow keys go from name to name.
 */
export default function ExampleCode({ file, example }: Props) {
  const box = useRef<HTMLPreElement>(null);
  const tip = useId();
  const [shown, setShown] = useState<Shown>();
  const current = useRef(-1);
  const [types, fetchTypes] = useTypes(example.typesUrl);

  const names = () => [...(box.current?.querySelectorAll<HTMLElement>('[data-type]') ?? [])];

  const show = (name: Element | undefined) => {
    for (const other of names()) other.toggleAttribute('data-shown', other === name);
    if (!(name instanceof HTMLElement)) return setShown(undefined);
    const { left, top, bottom } = name.getBoundingClientRect();
    const place =
      bottom + room < window.innerHeight
        ? { top: `${bottom + 4}px` }
        : { bottom: `${window.innerHeight - top + 4}px` };
    return setShown({ type: Number(name.dataset.type), left, place });
  };

  useEffect(() => {
    if (!shown) return undefined;
    const hide = () => show(undefined);
    window.addEventListener('scroll', hide, { passive: true, once: true });
    return () => window.removeEventListener('scroll', hide);
  }, [shown]);

  const onPointerMove = ({ target, pointerType }: PointerEvent) => {
    if (pointerType !== 'mouse') return;
    show(target instanceof Element ? (target.closest('[data-type]') ?? undefined) : undefined);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const all = names();
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') return show(undefined);
    if (step === undefined || all.length === 0) return undefined;
    event.preventDefault();
    current.current = Math.min(all.length - 1, Math.max(0, current.current + step));
    const name = all[current.current];
    name?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return show(name);
  };

  const type = shown && types?.[shown.type];
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <span>{file}</span>
        <CopyButton text={() => box.current?.textContent ?? ''} label={`the code of ${file}`} />
      </figcaption>
      <pre
        ref={box}
        className={styles.pre}
        tabIndex={0}
        role="group"
        aria-label={`${file}; the arrow keys show the types of its names`}
        aria-describedby={type ? tip : undefined}
        onPointerEnter={fetchTypes}
        onFocus={fetchTypes}
        onPointerMove={onPointerMove}
        onPointerLeave={() => show(undefined)}
        onPointerUp={({ target }) =>
          show(target instanceof Element ? (target.closest('[data-type]') ?? undefined) : undefined)
        }
        onBlur={() => show(undefined)}
        onKeyDown={onKeyDown}
      >
        <code dangerouslySetInnerHTML={{ __html: example.html }} />
      </pre>
      <div aria-live="polite">
        {shown && type && (
          <div
            id={tip}
            role="tooltip"
            className={styles.tip}
            style={{ left: `max(1rem, min(${shown.left}px, 100vw - 26rem))`, ...shown.place }}
          >
            <code dangerouslySetInnerHTML={{ __html: type.html }} />
            {type.docs !== undefined && <p>{type.docs}</p>}
          </div>
        )}
      </div>
    </figure>
  );
}

/** The types of an example, once they have been asked for. Without a network there are none, and the next try may do better. */
function useTypes(url: string): [NameType[] | undefined, () => void] {
  const [types, setTypes] = useState<NameType[]>();
  const asked = useRef(false);
  const ask = () => {
    if (asked.current) return;
    asked.current = true;
    fetch(url)
      // example-loader.mjs wrote it from the same types
      .then((response) => response.json() as Promise<NameType[]>)
      .then(setTypes)
      .catch(() => {
        asked.current = false;
      });
  };
  return [types, ask];
}
