import React, { useRef, useState } from 'react';
import styles from './styles.module.css';

/** Every command that there is, and a box to find one. `html` is made while the site is built: remark-support.ts. */
export default function SandboxSupport({ html }: { html: string }) {
  const list = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const find = (text: string) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-find]') ?? [])];
    let found = 0;
    for (const element of all) {
      const name = element.dataset.find ?? '';
      element.hidden = !words.every((word) => name.includes(word));
      if (!element.hidden) found++;
    }
    for (const box of list.current?.querySelectorAll<HTMLElement>('ul, section') ?? [])
      box.hidden = !box.querySelector('[data-find]:not([hidden])');
    for (const heading of list.current?.querySelectorAll<HTMLElement>('h3') ?? [])
      heading.hidden = heading.nextElementSibling instanceof HTMLElement && heading.nextElementSibling.hidden;
    setSaid(words.length === 0 ? '' : `${found} ${found === 1 ? 'command' : 'commands'}`);
  };
  return (
    <div className={styles.support}>
      <p className={styles.search}>
        <label>
          Find a command{' '}
          <input
            type="search"
            placeholder="image list"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget }) => find(currentTarget.value)}
          />
        </label>{' '}
        <span role="status">{said}</span>
      </p>
      {/* our own generator escapes what it puts in */}
      <div ref={list} dangerouslySetInnerHTML={{ __html: html }} />
    </div>
  );
}
