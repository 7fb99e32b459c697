import React from 'react';
import type { Part } from '../../disk-image/inspect';
import ScrollBox from '../ScrollBox';
import { size as sizeInWords } from './words';
import styles from './styles.module.css';

/** More parts than that are in the table only. */
const MAX_IN_PICTURE = 24;

interface Segment extends Omit<Part, 'kind'> {
  kind: Part['kind'] | 'rest';
}

/** A file from its first byte to its last: a bar, and the same as a table. Wide means long, but not in proportion. */
export default function FilePicture({ parts, size }: { parts: readonly Part[]; size: number }) {
  const shown = parts.slice(0, MAX_IN_PICTURE);
  return (
    <figure className={styles.picture}>
      <div className={styles.bar} aria-hidden="true">
        {withRest(shown, size).map(({ kind, name, offset, length }) => (
          <span
            key={`${offset} ${name}`}
            data-kind={kind}
            style={{ flexGrow: Math.log2(length + 2) }}
            title={`${name}: ${sizeInWords(length)} at ${offset.toLocaleString('en')}`}
          />
        ))}
      </div>
      <figcaption className={styles.caption}>
        From the first byte to the last, not to scale. What has no colour is data, or free.
      </figcaption>
      <ScrollBox as="div" label="What lies where" className={styles.tableBox}>
        <table className={styles.parts}>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">First byte</th>
              <th scope="col">Length</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ kind, name, offset, length }) => (
              <tr key={`${offset} ${name}`}>
                <th scope="row">
                  <span className={styles.swatch} data-kind={kind} aria-hidden="true" />
                  {name}
                </th>
                <td>{offset.toLocaleString('en')}</td>
                <td>{sizeInWords(length)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </figure>
  );
}

/** Fills the gaps between the parts; what lies in another part stays out of the bar. */
function withRest(parts: readonly Part[], size: number): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const part of parts) {
    if (part.offset < at) continue;
    if (part.offset > at)
      segments.push({ kind: 'rest', name: 'data or free', offset: at, length: part.offset - at });
    segments.push(part);
    at = part.offset + part.length;
  }
  if (at < size) segments.push({ kind: 'rest', name: 'data or free', offset: at, length: size - at });
  return segments;
}
