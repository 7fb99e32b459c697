import React, { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from '@docusaurus/router';
import CopyButton from '../Session/CopyButton';
import Aggregates from './Aggregates';
import { START, type LabCase } from './case';
import Chain from './Chain';
import { decide } from './decide';
import Hosts from './Hosts';
import { DamagedLink, fromFragment, toFragment } from './link';
import { PRESETS } from './presets';
import Recipe from './Recipe';
import Request from './Request';
import Summary from './Summary';
import styles from './styles.module.css';

/** How long after a change the address follows, in ms: browsers allow a hundred changes in half a minute. */
const ADDRESS_DELAY = 400;

/** Up to so many hosts are decided within one frame. */
const AT_ONCE = 500;

/** The lab: a case, what the cloud's own scheduler makes of it, and everything that can be changed. */
export default function Lab() {
  const { labCase, change, damage } = useCase();
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
            text={() => addressOf(labCase)}
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

/** The case: read from the address, and written there as it changes. */
function useCase() {
  const location = useLocation();
  const [labCase, setCase] = useState<LabCase>(START);
  const [damage, setDamage] = useState('');
  const touched = useRef(false);
  useEffect(() => {
    try {
      const linked = fromFragment(window.location.hash.slice(1));
      if (linked) setCase(linked);
      setDamage('');
    } catch (error) {
      if (!(error instanceof DamagedLink)) throw error;
      setCase(START);
      setDamage(error.message);
    }
    touched.current = false;
  }, [location]);
  useEffect(() => {
    if (!touched.current) return undefined;
    const timer = setTimeout(() => {
      window.history.replaceState(window.history.state, '', addressOf(labCase));
    }, ADDRESS_DELAY);
    return () => clearTimeout(timer);
  }, [labCase]);
  const change = useCallback((changed: LabCase) => {
    touched.current = true;
    setDamage('');
    setCase(changed);
  }, []);
  return { labCase, change, damage };
}

/** The address of the lab with a case in it. */
function addressOf(labCase: LabCase): string {
  const { origin, pathname, search } = window.location;
  const fragment = toFragment(labCase);
  return `${origin}${pathname}${search}${fragment === '' ? '' : `#${fragment}`}`;
}
