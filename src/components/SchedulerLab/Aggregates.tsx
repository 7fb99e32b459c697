import React from 'react';
import type { LabAggregate, LabCase } from './case';
import { TextField, Tick } from '../Lab/fields';
import Pairs from './Pairs';
import styles from '../Lab/styles.module.css';

interface Props {
  labCase: LabCase;
  onChange: (labCase: LabCase) => void;
}

const KEYS = [
  'availability_zone',
  'os_type',
  'trait:CUSTOM_WINDOWS',
  'ssd',
  'filter_tenant_id',
  'instance_type',
  'max_instances_per_host',
];

/** Host aggregates: their hosts, and their metadata. */
export default function Aggregates({ labCase, onChange }: Props) {
  const { aggregates, hosts } = labCase;
  const change = (at: number, changed: Partial<LabAggregate>) =>
    onChange({
      ...labCase,
      aggregates: aggregates.map((aggregate, other) =>
        other === at ? { ...aggregate, ...changed } : aggregate,
      ),
    });
  return (
    <details className={styles.panel} open={aggregates.length > 0}>
      <summary className={styles.subheading}>Aggregates</summary>
      {aggregates.map((aggregate, at) => (
        <div key={at} className={styles.aggregate} role="group" aria-label={`Aggregate ${aggregate.name}`}>
          <TextField label="Name" value={aggregate.name} onChange={(name) => change(at, { name })} />
          <Pairs
            what="metadata item"
            pairs={aggregate.metadata}
            names={KEYS}
            onChange={(metadata) => change(at, { metadata })}
          />
          <fieldset className={styles.members}>
            <legend>Hosts</legend>
            {hosts.map(({ name }) => (
              <Tick
                key={name}
                checked={aggregate.hosts.includes(name)}
                onChange={(checked) =>
                  change(at, {
                    hosts: checked
                      ? [...aggregate.hosts, name]
                      : aggregate.hosts.filter((other) => other !== name),
                  })
                }
              >
                {name}
              </Tick>
            ))}
          </fieldset>
          <button
            type="button"
            className={styles.button}
            onClick={() =>
              onChange({ ...labCase, aggregates: aggregates.filter((_, other) => other !== at) })
            }
          >
            Remove {aggregate.name}
          </button>
        </div>
      ))}
      <button
        type="button"
        className={styles.button}
        onClick={() => {
          const name = `aggregate-${aggregates.length + 1}`;
          onChange({ ...labCase, aggregates: [...aggregates, { name, hosts: [], metadata: [] }] });
        }}
      >
        Add an aggregate
      </button>
    </details>
  );
}
