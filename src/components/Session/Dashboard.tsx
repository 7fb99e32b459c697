import React from 'react';
import useBaseUrl from '@docusaurus/useBaseUrl';
import type { Photographed, PhotographedPicture, Scene, WalkThrough } from '../../walk-throughs/walk-through';
import styles from './dashboard.module.css';

interface Props {
  walkThrough: WalkThrough;
  photographed: Photographed;
  /** Does the same in the sandbox, by the commands. */
  onRun: ((button: HTMLElement) => void) | undefined;
}

/** The same thing done in the dashboard: steps with pictures, on which the place of each step is framed. */
export default function Dashboard({ walkThrough: { scenes }, photographed: { pictures }, onRun }: Props) {
  let number = 1;
  return (
    <div className={styles.walkThrough} data-walk-through>
      <p className={styles.where}>
        You click in the dashboard of your own cloud. The sandbox of this page has none.{' '}
        {onRun && (
          <>
            To go on here,{' '}
            <button
              type="button"
              className={styles.run}
              onClick={({ currentTarget }) => onRun(currentTarget)}
            >
              run the commands
            </button>
            , which do the same.
          </>
        )}
      </p>
      {scenes.map((scene, index) => {
        const first = number;
        number += scene.steps.length;
        const picture = pictures[index];
        return (
          <React.Fragment key={scene.picture.name}>
            <ol className={styles.steps} start={first}>
              {scene.steps.map(({ says }, i) => (
                <li key={i}>
                  <Words text={says} />
                </li>
              ))}
            </ol>
            {picture && <Picture scene={scene} picture={picture} first={first} />}
          </React.Fragment>
        );
      })}
    </div>
  );
}

/** What a number needs beside a low frame, in the picture's pixels. */
const ROOM = 24;

/** Whether a frame is not higher than a line, such as an entry of a menu: a number on it would cover it. */
function isLow(percent: number, height: number): boolean {
  return (percent / 100) * height <= 32;
}

function Picture({ scene, picture, first }: { scene: Scene; picture: PhotographedPicture; first: number }) {
  const { file, width, height, boxes } = picture;
  const place = useBaseUrl(`/${file}`);
  return (
    <div className={styles.picture}>
      {/* alone it can be made larger, on a phone */}
      <a href={`${place}.webp`}>
        <picture>
          <source srcSet={`${place}.webp`} type="image/webp" />
          <img
            src={`${place}.png`}
            width={width}
            height={height}
            alt={scene.picture.alt}
            loading="lazy"
            decoding="async"
          />
        </picture>
      </a>
      {/* shapes and not styled elements: the pages' policy refuses styles that it does not know */}
      <svg className={styles.callOuts} aria-hidden="true">
        {boxes.map(([x, y, w, h], i) => (
          <svg key={i} x={`${x}%`} y={`${y}%`} width={`${w}%`} height={`${h}%`} overflow="visible">
            <rect rx="4" data-call-out={first + i} className={isLow(h, height) ? styles.low : undefined} />
          </svg>
        ))}
        {/* above all frames; at the right, where it covers no label, or before what is not higher than itself */}
        {boxes.map(([x, y, w, h], i) => {
          const before = isLow(h, height) && (x / 100) * width > ROOM;
          return (
            <svg
              key={i}
              x={`${before ? x : x + w}%`}
              y={`${before ? y + h / 2 : y}%`}
              overflow="visible"
              className={before ? styles.before : undefined}
            >
              <circle />
              <text>{first + i}</text>
            </svg>
          );
        })}
      </svg>
    </div>
  );
}

/** `**bold**` and `` `code` `` of a step's words. */
function Words({ text }: { text: string }) {
  return (
    <>
      {text
        .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
        .map((part, i) =>
          part.startsWith('**') ? (
            <strong key={i}>{part.slice(2, -2)}</strong>
          ) : part.startsWith('`') ? (
            <code key={i}>{part.slice(1, -1)}</code>
          ) : (
            part
          ),
        )}
    </>
  );
}
