import React from 'react';
import useBaseUrl from '@docusaurus/useBaseUrl';
import type { Photographed, PhotographedPicture, Scene, WalkThrough } from '../../walk-throughs/walk-through';
import styles from './dashboard.module.css';

interface Props {
  walkThrough: WalkThrough;
  photographed: Photographed;
}

/** The same thing done in the dashboard: steps with pictures, on which the place of each step is framed. */
export default function Dashboard({ walkThrough: { scenes }, photographed: { pictures } }: Props) {
  let number = 1;
  return (
    <div className={styles.walkThrough} data-walk-through>
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

function Picture({ scene, picture, first }: { scene: Scene; picture: PhotographedPicture; first: number }) {
  const { file, width, height, boxes } = picture;
  const place = useBaseUrl(`/${file}`);
  return (
    <div className={styles.picture}>
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
      {/* shapes and not styled elements: the pages' policy refuses styles that it does not know */}
      <svg className={styles.callOuts} aria-hidden="true">
        {boxes.map(([x, y, w, h], i) => (
          <svg key={i} x={`${x}%`} y={`${y}%`} width={`${w}%`} height={`${h}%`} overflow="visible">
            <rect rx="4" data-call-out={first + i} />
            {/* at the right, where it covers no label */}
            <svg x="100%" overflow="visible">
              <circle />
              <text>{first + i}</text>
            </svg>
          </svg>
        ))}
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
