import React, { Fragment } from 'react';

interface Props {
  because: string;
  /** The part of it that was asked for. */
  asked?: string | undefined;
}

/** Why, as a sentence, with what was asked for marked. */
export default function Reason({ because, asked }: Props) {
  const sentence = `${because}.`;
  const at = asked === undefined ? -1 : sentence.indexOf(asked);
  if (asked === undefined || at < 0) return capital(sentence);
  return (
    <>
      {capital(sentence.slice(0, at))}
      <code>{asked}</code>
      {sentence.slice(at + asked.length)}
    </>
  );
}

/** A name of nova's that may be broken between its words. */
export function FilterName({ children }: { children: string }) {
  return children.split(/(?<=[a-z])(?=[A-Z])/).map((word, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {word}
    </Fragment>
  ));
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
