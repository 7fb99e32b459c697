import React, { useMemo, useState } from 'react';
import type { HostState } from '../../cloud/compute/scheduler/host-state';
import { MAX_HOSTS, START, type LabCase, type LabHost } from './case';
import type { Outcome } from './decide';
import { NumberField } from '../Lab/fields';
import HostCard from './HostCard';
import HostTable from './HostTable';
import { fleetOf } from './fleet';
import { number } from './sentence';
import styles from '../Lab/styles.module.css';

interface Props {
  labCase: LabCase;
  outcome: Outcome;
  /** Show only what fell at this filter; empty for all. */
  shown: string;
  onShow: (stage: string) => void;
  onChange: (labCase: LabCase) => void;
}

/** More than these are shown as a table. */
const MOST_CARDS = 24;

/** The hosts, as cards or as a table. */
export default function Hosts({ labCase, outcome, shown, onShow, onChange }: Props) {
  const [asTable, setAsTable] = useState(false);
  const [selected, setSelected] = useState('');
  const all = useHosts(labCase, outcome);
  const hosts = useMemo(
    () =>
      shown === '' || !('fell' in outcome)
        ? all
        : all.filter(({ host }) => outcome.fell.get(host)?.filter === shown),
    [all, outcome, shown],
  );
  const own = useMemo(() => new Map(labCase.hosts.map((host) => [host.name, host])), [labCase.hosts]);
  const names = [...own.keys()];
  const many = hosts.length > MOST_CARDS;
  const change = (name: string, changed: LabHost) =>
    onChange({
      ...renamed(labCase, name, changed.name),
      hosts: labCase.hosts.map((host) => (host.name === name ? changed : host)),
    });
  const remove = (name: string) =>
    onChange({
      ...labCase,
      hosts: labCase.hosts.filter((host) => host.name !== name),
      count: labCase.count - 1,
    });
  const add = () => {
    const [model] = START.hosts;
    if (!model) return;
    let i = 1;
    while (own.has(`compute-new-${i}`)) i++;
    onChange({
      ...labCase,
      hosts: [...labCase.hosts, { ...model, name: `compute-new-${i}` }],
      count: labCase.count + 1,
    });
  };
  const card = (host: HostState) => (
    <HostCard
      // its place, so that it stays open while its name is typed
      key={names.indexOf(host.host) === -1 ? host.host : names.indexOf(host.host)}
      host={host}
      outcome={outcome}
      own={own.get(host.host)}
      aggregates={labCase.aggregates}
      names={names}
      onChange={(changed) => change(host.host, changed)}
      onRemove={() => remove(host.host)}
    />
  );
  const chosen = hosts.find(({ host }) => host === selected);
  return (
    <section className={styles.hosts} aria-labelledby="lab-hosts">
      <div className={styles.hostsHead}>
        <h3 id="lab-hosts" className={styles.heading}>
          The hosts
        </h3>
        <NumberField
          label="How many"
          min={labCase.hosts.length}
          max={MAX_HOSTS}
          value={labCase.count}
          onChange={(count) => onChange({ ...labCase, count })}
        />
        {!many && (
          <button
            type="button"
            className={styles.button}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            As a table
          </button>
        )}
        <button type="button" className={styles.button} onClick={add}>
          Add a host
        </button>
      </div>
      {shown !== '' && (
        <p className={styles.filtered}>
          Only the {number(hosts.length)} that fall at {shown}.{' '}
          <button type="button" className={styles.button} onClick={() => onShow('')}>
            Show all {number(all.length)}
          </button>
        </p>
      )}
      {many || asTable ? (
        <>
          <HostTable hosts={hosts} outcome={outcome} selected={selected} onSelect={setSelected} />
          {chosen && <div className={styles.cards}>{card(chosen)}</div>}
        </>
      ) : (
        <div className={styles.cards}>{hosts.map(card)}</div>
      )}
      {hosts.length === 0 && <p>There is no host{shown === '' ? '' : ' to show'}.</p>}
    </section>
  );
}

/** The hosts that were asked; those of the case where nobody was asked. */
function useHosts(labCase: LabCase, outcome: Outcome): readonly HostState[] {
  const { hosts, aggregates, count } = labCase;
  const unasked = !('hosts' in outcome);
  const own = useMemo(
    () => (unasked ? fleetOf(hosts, aggregates, count).hosts : []),
    [unasked, hosts, aggregates, count],
  );
  return 'hosts' in outcome ? outcome.hosts : own;
}

/** A host's new name in the aggregates that it is in. */
function renamed(labCase: LabCase, from: string, to: string): LabCase {
  if (from === to) return labCase;
  return {
    ...labCase,
    aggregates: labCase.aggregates.map((aggregate) => ({
      ...aggregate,
      hosts: aggregate.hosts.map((name) => (name === from ? to : name)),
    })),
  };
}
