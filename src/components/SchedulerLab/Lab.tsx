import React, { useDeferredValue, useMemo, useState } from 'react';
import { addressOf, useCase } from '../Lab/useCase';
import CopyButton from '../Session/CopyButton';
import Aggregates from './Aggregates';
import { START } from './case';
import Chain from './Chain';
import { decide } from './decide';
import Hosts from './Hosts';
import { fromFragment, toFragment } from './link';
import { PRESETS } from './presets';
import Recipe from './Recipe';
import Request from './Request';
import Summary from './Summary';
import styles from '../Lab/styles.module.css';

/** Up to so many hosts are decided within one frame. */
const AT_ONCE = 500;

const LINKS = { start: START, fromFragment, toFragment };

/** The lab: a case, what the cloud's own scheduler makes of it, and everything that can be changed. */
export default function Lab() {
  const { labCase, change, damage } = useCase(LINKS);
  // ten thousand hosts take longer than a key press: the field must not wait for them. A few answer in the same frame.
  const later = useDeferredValue(labCase);
  const asked = labCase.count <= AT_ONCE ? labCase : later;
  const outcome = useMemo(() => decide(asked), [asked]);
  const [filter, setFilter] = useState('');
  const shown =
    'stages' in outcome && outcome.stages.some(({ name, asked: n, passed }) => name === filter && n > passed)
      ? filter
      : '';
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
      <Summary outcome={outcome} />
      <div className={styles.columns}>
        <div className={styles.left}>
          <Request labCase={labCase} onChange={change} />
          <Aggregates labCase={labCase} onChange={change} />
          <Recipe labCase={labCase} />
        </div>
        <div className={styles.right}>
          <Chain labCase={labCase} outcome={outcome} shown={shown} onShow={setFilter} onChange={change} />
          <Hosts labCase={labCase} outcome={outcome} shown={shown} onShow={setFilter} onChange={change} />
        </div>
      </div>
    </div>
  );
}
