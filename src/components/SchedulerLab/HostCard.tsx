import React, { useId, useState } from 'react';
import clsx from 'clsx';
import { DRIVER_TRAITS } from '../../cloud/compute/initial-state';
import type { HostState } from '../../cloud/compute/scheduler/host-state';
import type { LabAggregate, LabHost } from './case';
import { decisionsAbout, type Outcome } from './decide';
import HostForm from './HostForm';
import Reason, { FilterName } from './Reason';
import { reasonOf, roomOf, verdictOn } from './verdict';
import styles from '../Lab/styles.module.css';

interface Props {
  host: HostState;
  outcome: Outcome;
  /** The host of the case, undefined for a variant, which cannot be changed by itself. */
  own: LabHost | undefined;
  aggregates: readonly LabAggregate[];
  names: readonly string[];
  onChange: (host: LabHost) => void;
  onRemove: () => void;
}

/** A host: what it advertises, what became of it, and why. */
export default function HostCard({ host, outcome, own, names, onChange, onRemove }: Props) {
  const id = useId();
  const [editing, setEditing] = useState(false);
  const verdict = verdictOn(outcome, host.host);
  const room = roomOf(host);
  return (
    <article className={styles.card} data-verdict={verdict.kind} data-host={host.host} aria-labelledby={id}>
      <header className={styles.cardHead}>
        <h4 id={id} className={styles.cardName}>
          {host.host}
        </h4>
        <span className={styles.pill}>
          <FilterName>{verdict.says}</FilterName>
        </span>
      </header>
      {verdict.because !== '' && (
        <p className={styles.because}>
          <Reason because={verdict.because} asked={verdict.asked} />
        </p>
      )}
      <dl className={styles.facts}>
        <Fact name="Supports">
          {host.supportedInstances.length === 0 ? (
            'nothing said'
          ) : (
            <Chips texts={host.supportedInstances.map((words) => words.join(' '))} />
          )}
        </Fact>
        <Fact name="Hypervisor">
          {host.hypervisorType} {own?.version ?? host.hypervisorReleaseText}
        </Fact>
        <Fact name="Traits">
          <Traits all={[...host.traits]} />
        </Fact>
        {host.aggregates.map(({ uuid, metadata }) => (
          <Fact key={uuid} name={`Aggregate ${uuid}`}>
            {Object.entries(metadata ?? {}).map(([key, value]) => (
              <code key={key} className={styles.chip}>
                {key}={value}
              </code>
            ))}
          </Fact>
        ))}
        <Fact name="Free">
          <ul className={styles.room}>
            <li>RAM {room.ram}</li>
            <li>vCPUs {room.vcpus}</li>
            <li>disk {room.disk}</li>
          </ul>
        </Fact>
        {host.instances.size > 0 && <Fact name="Servers">{[...host.instances].join(', ')}</Fact>}
        {(host.service?.disabled || host.service?.up === false) && (
          <Fact name="Service">
            {[host.service.disabled ? 'disabled' : '', host.service.up ? '' : 'down']
              .filter(Boolean)
              .join(', ')}
          </Fact>
        )}
      </dl>
      <footer className={styles.cardFoot}>
        <Decisions outcome={outcome} host={host.host} />
        {own !== undefined && (
          <>
            <button
              type="button"
              className={clsx(styles.button, styles.edit)}
              aria-expanded={editing}
              aria-label={`Change ${host.host}`}
              onClick={() => setEditing(!editing)}
            >
              {editing ? 'Done' : 'Change'}
            </button>
            {editing && <HostForm host={own} names={names} onChange={onChange} onRemove={onRemove} />}
          </>
        )}
      </footer>
    </article>
  );
}

/** Those that tell the host from others, and behind them those that every host has. */
function Traits({ all }: { all: readonly string[] }) {
  const own = all.filter((trait) => !DRIVER_TRAITS.includes(trait));
  const common = all.filter((trait) => DRIVER_TRAITS.includes(trait));
  return (
    <>
      {own.length > 0 && <Chips texts={own} />}
      <details>
        <summary>
          {own.length > 0 && 'and '}
          {common.length} that all have
        </summary>
        <Chips texts={common} />
      </details>
    </>
  );
}

function Chips({ texts }: { texts: readonly string[] }) {
  return (
    <ul className={styles.chips}>
      {texts.map((text) => (
        <li key={text}>
          <code>{text}</code>
        </li>
      ))}
    </ul>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Every decision about the host, the ones that let it pass as well. */
function Decisions({ outcome, host }: { outcome: Outcome; host: string }) {
  const [open, setOpen] = useState(false);
  if (!('trace' in outcome)) return null;
  const weighed = outcome.weighed.find((each) => each.host.host === host);
  return (
    <details className={styles.decisions} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        All decisions<span className={styles.hiddenText}> about {host}</span>
      </summary>
      {open && (
        <>
          <ol>
            {decisionsAbout(outcome.trace, host).map(({ filter, decision }, i) => (
              <li key={i} data-passes={decision.passes}>
                <strong>
                  {filter} {decision.passes ? 'passes' : 'refuses'}
                </strong>
                : <Reason {...reasonOf(decision)} />
              </li>
            ))}
          </ol>
          {weighed && weighed.weighings.length > 0 && (
            <table className={styles.weights}>
              <caption>Weight {weighed.weight.toFixed(3)}</caption>
              <thead>
                <tr>
                  <th scope="col">Weigher</th>
                  <th scope="col">Scaled</th>
                  <th scope="col">Times</th>
                </tr>
              </thead>
              <tbody>
                {weighed.weighings
                  .filter(({ normalized }) => normalized !== 0)
                  .map(({ weigher, normalized, multiplier }) => (
                    <tr key={weigher}>
                      <th scope="row">{weigher}</th>
                      <td>{normalized.toFixed(3)}</td>
                      <td>{multiplier}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </details>
  );
}
