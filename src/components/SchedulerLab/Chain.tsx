import React, { useRef, useState } from 'react';
import { FILTERS } from '../../cloud/compute/scheduler/filters/index';
import { Conf } from '../../cloud/compute/scheduler/conf';
import { ENABLED_FILTERS, settingOf, withSetting, type LabCase } from './case';
import type { Outcome, Stage } from './decide';
import { Choice, TextField, Tick } from '../Lab/fields';
import { FilterName } from './Reason';
import { number } from './sentence';
import { STAGE_WORDS } from './stage-words';
import styles from '../Lab/styles.module.css';

interface Props {
  labCase: LabCase;
  outcome: Outcome;
  /** The filter whose fallen hosts are shown; empty if all are. */
  shown: string;
  onShow: (stage: string) => void;
  onChange: (labCase: LabCase) => void;
}

const DEFAULTS = new Conf();

export function filtersOf(labCase: LabCase): string[] {
  const own = settingOf(labCase, ENABLED_FILTERS);
  if (own === undefined) return [...(DEFAULTS.list(ENABLED_FILTERS) ?? [])];
  return own.split(',').filter(Boolean);
}

/** Pre-filters, placement, filters, weighers, in the order in which they are asked, and what each let pass. */
export default function Chain({ labCase, outcome, shown, onShow, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState('');
  const filters = filtersOf(labCase);
  const stages = 'stages' in outcome ? outcome.stages : [];
  const total = 'hosts' in outcome ? outcome.hosts.length : labCase.count;
  const standard = (DEFAULTS.list(ENABLED_FILTERS) ?? []).join(',');
  const setFilters = (names: readonly string[]) => {
    const text = names.join(',');
    onChange(withSetting(labCase, ENABLED_FILTERS, text === standard ? undefined : text));
  };
  const move = (from: number, to: number) => {
    const names = [...filters];
    const [name] = names.splice(from, 1);
    if (name === undefined) return;
    names.splice(to, 0, name);
    setFilters(names);
    setMoved(`${name} is filter ${to + 1} of ${names.length}.`);
    const way = to < from ? 'up' : 'down';
    requestAnimationFrame(() => {
      const item = list.current?.querySelectorAll<HTMLElement>('[data-filter]')[to];
      const buttons = [...(item?.querySelectorAll<HTMLButtonElement>('button[data-way]') ?? [])];
      const enabled = buttons.filter(({ disabled }) => !disabled);
      (enabled.find(({ dataset }) => dataset.way === way) ?? enabled[0])?.focus();
    });
  };
  const remove = (at: number) => {
    setFilters(filters.filter((_, other) => other !== at));
    setMoved(`${filters[at] ?? ''} is off.`);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('select')?.focus());
  };
  const row = (at: number) => ({ stage: stages[at], total, shown, onShow });
  const absent = Object.keys(FILTERS).filter((name) => !filters.includes(name));
  return (
    <section className={styles.chain} aria-labelledby="lab-chain">
      <h3 id="lab-chain" className={styles.heading}>
        The way
      </h3>
      <ol ref={list} className={styles.stages}>
        <li className={styles.stage}>
          <Prefilters labCase={labCase} onChange={onChange} />
        </li>
        <li className={styles.stage}>
          <StageRow name="placement" {...row(0)} />
        </li>
        {filters.map((name, at) => (
          <li key={`${name} ${at}`} className={styles.stage} data-filter={name}>
            <StageRow name={name} {...row(at + 1)}>
              <span className={styles.stageButtons}>
                <button
                  type="button"
                  data-way="up"
                  className={styles.iconButton}
                  aria-label={`Move ${name} up`}
                  disabled={at === 0}
                  onClick={() => move(at, at - 1)}
                >
                  <span aria-hidden="true">↑</span>
                </button>
                <button
                  type="button"
                  data-way="down"
                  className={styles.iconButton}
                  aria-label={`Move ${name} down`}
                  disabled={at === filters.length - 1}
                  onClick={() => move(at, at + 1)}
                >
                  <span aria-hidden="true">↓</span>
                </button>
                <button
                  type="button"
                  className={styles.iconButton}
                  aria-label={`Switch ${name} off`}
                  onClick={() => remove(at)}
                >
                  <span aria-hidden="true">×</span>
                </button>
              </span>
            </StageRow>
          </li>
        ))}
        <li className={styles.stage}>
          <Choice
            label="Switch a filter on"
            value=""
            options={[['', 'choose…'], ...absent.map((name) => [name, name] as const)]}
            onChange={(name) => {
              if (name === '') return;
              setFilters([...filters, name]);
              setMoved(`${name} is filter ${filters.length + 1} of ${filters.length + 1}.`);
            }}
          />
        </li>
        <li className={styles.stage}>
          <Weighers labCase={labCase} outcome={outcome} onChange={onChange} />
        </li>
      </ol>
      <p className={styles.hiddenText} role="status">
        {moved}
      </p>
    </section>
  );
}

interface StageRowProps {
  name: string;
  stage: Stage | undefined;
  total: number;
  shown: string;
  onShow: (stage: string) => void;
  children?: React.ReactNode;
}

function StageRow({ name, stage, total, shown, onShow, children }: StageRowProps) {
  const { asked = 0, passed = 0 } = stage ?? {};
  const fallen = asked - passed;
  const share = (count: number) => `${total === 0 ? 0 : (100 * count) / total}%`;
  return (
    <div className={styles.stageRow} data-state={asked === 0 ? 'idle' : fallen > 0 ? 'refuses' : 'passes'}>
      <div className={styles.stageHead}>
        <strong className={styles.stageName}>
          <FilterName>{name === 'placement' ? 'Placement' : name}</FilterName>
        </strong>
        <span className={styles.stageCount}>
          {asked === 0 ? 'not asked' : `${number(passed)} of ${number(asked)} pass`}
        </span>
        {fallen > 0 && (
          <button
            type="button"
            className={styles.fallen}
            aria-pressed={shown === name}
            onClick={() => onShow(shown === name ? '' : name)}
          >
            {number(fallen)} {fallen === 1 ? 'falls' : 'fall'}
            <span className={styles.hiddenText}> at {name}: show only these</span>
          </button>
        )}
        {children}
      </div>
      <p className={styles.stageWords}>{STAGE_WORDS[name] ?? 'nova has no filter of this name.'}</p>
      <div className={styles.bar} aria-hidden="true">
        <span className={styles.barAsked} style={{ width: share(asked) }} />
        <span className={styles.barPassed} style={{ width: share(passed) }} />
      </div>
    </div>
  );
}

const PREFILTERS = [
  ['scheduler.query_placement_for_image_type_support', 'The host has to support the image’s disk format'],
  ['scheduler.image_metadata_prefilter', 'The host has to support the devices that the image names'],
  [
    'scheduler.enable_isolated_aggregate_filtering',
    'Aggregates with trait:X=required take only who requires X',
  ],
  ['scheduler.limit_tenants_to_placement_aggregate', 'A project stays in its aggregates (filter_tenant_id)'],
] as const;

const ISOLATION = 'filter_scheduler.restrict_isolated_hosts_to_isolated_images';

function Prefilters({ labCase, onChange }: Pick<Props, 'labCase' | 'onChange'>) {
  const on = PREFILTERS.filter(([option]) => settingOf(labCase, option) === 'true').length;
  const text = (option: string) => settingOf(labCase, option) ?? '';
  const set = (option: string, value: string) =>
    onChange(withSetting(labCase, option, value === '' ? undefined : value));
  const architecture = 'filter_scheduler.image_properties_default_architecture';
  return (
    <details className={styles.stageDetails}>
      <summary>
        <strong className={styles.stageName}>Pre-filters and settings</strong>{' '}
        <span className={styles.stageCount}>{on === 0 ? 'as nova has them' : `${on} more switched on`}</span>
      </summary>
      <div className={styles.stageForm}>
        <p className={styles.stageWords}>
          They change what placement is asked for. Always on: availability zone, and no disabled hosts.
        </p>
        {PREFILTERS.map(([option, says]) => (
          <Tick
            key={option}
            checked={text(option) === 'true'}
            onChange={(checked) => set(option, checked ? 'true' : '')}
          >
            <code>{option.slice(option.indexOf('.') + 1)}</code> {says}
          </Tick>
        ))}
        <TextField
          label="image_properties_default_architecture"
          value={text(architecture)}
          suggestions={['x86_64', 'aarch64']}
          onChange={(value) => set(architecture, value)}
        />
        <TextField
          label="isolated_hosts"
          value={text('filter_scheduler.isolated_hosts')}
          placeholder="compute-1,compute-2"
          onChange={(value) => set('filter_scheduler.isolated_hosts', value)}
        />
        <TextField
          label="isolated_images"
          value={text('filter_scheduler.isolated_images')}
          placeholder={labCase.image.name}
          onChange={(value) => set('filter_scheduler.isolated_images', value)}
        />
        <Tick
          checked={text(ISOLATION) !== 'false'}
          onChange={(checked) => set(ISOLATION, checked ? '' : 'false')}
        >
          <code>{ISOLATION.slice(ISOLATION.indexOf('.') + 1)}</code> Nothing else runs on isolated hosts
        </Tick>
      </div>
    </details>
  );
}

const MULTIPLIERS = ['ram', 'cpu', 'disk', 'io_ops', 'hypervisor_version', 'num_instances'].map(
  (name) => `filter_scheduler.${name}_weight_multiplier`,
);

function Weighers({ labCase, outcome, onChange }: Pick<Props, 'labCase' | 'outcome' | 'onChange'>) {
  const best = outcome.kind === 'chosen' ? outcome.weighed[0]?.host.host : undefined;
  return (
    <details className={styles.stageDetails}>
      <summary>
        <strong className={styles.stageName}>Weighers</strong>{' '}
        <span className={styles.stageCount}>
          {best === undefined ? 'nothing to weigh' : `${best} weighs most`}
        </span>
      </summary>
      <div className={styles.stageForm}>
        <p className={styles.stageWords}>
          Each scales its figure to 0–1 over the hosts that are left, times its multiplier; the sum decides.
        </p>
        <div className={styles.numbers}>
          {MULTIPLIERS.map((option) => (
            <TextField
              key={option}
              label={option.slice(option.indexOf('.') + 1)}
              value={settingOf(labCase, option) ?? String(DEFAULTS.number(option))}
              onChange={(value) =>
                onChange(
                  withSetting(labCase, option, value === String(DEFAULTS.number(option)) ? undefined : value),
                )
              }
            />
          ))}
        </div>
      </div>
    </details>
  );
}
