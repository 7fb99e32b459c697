import React, { useEffect, useRef, useState } from 'react';
import useBrokenLinks from '@docusaurus/useBrokenLinks';
import type { Reader } from './properties';
import styles from './styles.module.css';

interface Props {
  /** The list, made by remark-image-properties.ts while the site is built. */
  html: string;
  /** The ids of its entries, separated by spaces: links point to them. */
  anchors: string;
  /** As JSON, who reads a property, each with the words for it. */
  readers: string;
}

/** Every image property, and a box to find one. Without JavaScript it is the list alone. */
export default function ImageProperties({ html, anchors, readers }: Props) {
  const { collectAnchor } = useBrokenLinks();
  for (const anchor of anchors.split(' ')) collectAnchor(anchor);
  const list = useRef<HTMLDivElement>(null);
  const [works, setWorks] = useState(false);
  const [text, setText] = useState('');
  const [reader, setReader] = useState('');
  const [said, setSaid] = useState('');
  useEffect(() => setWorks(true), []);

  useEffect(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const entry of list.current?.querySelectorAll<HTMLElement>('[data-find]') ?? []) {
      const { find = '', read = '' } = entry.dataset;
      entry.hidden =
        !words.every((word) => find.includes(word)) || (reader !== '' && !read.split(' ').includes(reader));
      if (!entry.hidden) found++;
    }
    const asked = words.length > 0 || reader !== '';
    setSaid(asked ? `${found} ${found === 1 ? 'property' : 'properties'}` : '');
  }, [text, reader]);

  // remark-image-properties.ts wrote it
  const choices = JSON.parse(readers) as [Reader, string][];
  return (
    <div className={styles.properties}>
      {works && (
        <div className={styles.search} role="search">
          <label>
            Find a property, by its name or by what it does{' '}
            <input
              type="search"
              placeholder="disk bus"
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={({ currentTarget }) => setText(currentTarget.value)}
            />
          </label>
          <label>
            Read by{' '}
            <select value={reader} onChange={({ currentTarget }) => setReader(currentTarget.value)}>
              <option value="">anybody</option>
              {choices.map(([name, words]) => (
                <option key={name} value={name}>
                  {words}
                </option>
              ))}
            </select>
          </label>
          <span role="status">{said}</span>
        </div>
      )}
      {/* our own generator escapes what it puts in */}
      <div ref={list} dangerouslySetInnerHTML={{ __html: html }} />
    </div>
  );
}
