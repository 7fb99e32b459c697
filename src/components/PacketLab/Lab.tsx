import React, { useMemo, useState } from 'react';
import CopyButton from '../Session/CopyButton';
import Commands from '../Lab/Commands';
import styles from '../Lab/styles.module.css';
import { addressOf, useCase } from '../Lab/useCase';
import { START, type LabCase } from './case';
import { commandsOf } from './commands';
import { decide } from './decide';
import FromSandbox from './FromSandbox';
import Groups from './Groups';
import { fromFragment, toFragment } from './link';
import { newsOf } from './news';
import PacketForm from './PacketForm';
import Picture from './Picture';
import { PRESETS } from './presets';
import Servers from './Servers';
import Summary from './Summary';
import { take } from './take';
import Way from './Way';

const LINKS = { start: START, fromFragment, toFragment };

/** The lab: a case, what the cloud's own security groups make of it, and everything that can be changed. */
export default function Lab() {
  const { labCase, change, damage } = useCase(LINKS);
  const outcome = useMemo(() => decide(labCase), [labCase]);
  const [taking, setTaking] = useState({ labCase: START, news: '' });
  const takeSandbox = (read: LabCase) => {
    const taken = take(labCase, read);
    change(taken);
    setTaking({ labCase: taken, news: newsOf(labCase, taken) });
  };
  const preset = PRESETS.find((each) => each.case === labCase);
  return (
    <div className={styles.lab} data-lab="" data-outcome={outcome.kind}>
      <div className={styles.presets} role="group" aria-label="Cases to start from">
        {PRESETS.map((each) => (
          <button
            key={each.id}
            type="button"
            className={styles.preset}
            aria-pressed={each === preset}
            data-preset={each.id}
            onClick={() => change(each.case)}
          >
            {each.title}
          </button>
        ))}
      </div>
      <div className={styles.toolbar}>
        <p className={styles.look}>
          {preset && (
            <>
              <strong>Look:</strong> {preset.look}
            </>
          )}
        </p>
        <div className={styles.tools}>
          <FromSandbox onRead={takeSandbox} />
          <CopyButton
            name="Copy link"
            label="to this case"
            text={() => addressOf(toFragment(labCase))}
            className={styles.button}
          />
          <button type="button" className={styles.button} onClick={() => change(START)}>
            Start over
          </button>
        </div>
      </div>
      {damage !== '' && (
        <p className={styles.damage} role="alert">
          The link to this case is damaged: {damage}. This is the case that the lab starts with.
        </p>
      )}
      <Summary labCase={labCase} outcome={outcome} news={taking.labCase === labCase ? taking.news : ''} />
      <div className={styles.columns}>
        <div className={styles.left}>
          <PacketForm labCase={labCase} onChange={change} />
        </div>
        <div className={styles.right}>
          <Picture labCase={labCase} outcome={outcome} onChange={change} />
          <Way labCase={labCase} outcome={outcome} />
          <Groups labCase={labCase} outcome={outcome} onChange={change} />
          <Servers labCase={labCase} onChange={change} />
          <details className={styles.panel}>
            <summary className={styles.subheading}>The same on a cloud: commands</summary>
            <Commands title="You" text={commandsOf(labCase).join('\n')} />
          </details>
        </div>
      </div>
    </div>
  );
}
