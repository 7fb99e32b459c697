import React from 'react';
import { FLAVORS } from '../../cloud/states/compute';
import type { LabCase, LabFlavor } from './case';
import { wordsOf } from './decide';
import { Choice, NumberField, TextField } from '../Lab/fields';
import Pairs from './Pairs';
import { PROPERTY_NAMES, readingOf, valuesOf } from './properties';
import styles from '../Lab/styles.module.css';

interface Props {
  labCase: LabCase;
  onChange: (labCase: LabCase) => void;
}

const FORMATS = ['qcow2', 'raw', 'vmdk', 'vdi', 'vhd', 'vhdx', 'iso', 'ami', 'ploop'];

const EXTRA_SPECS = [
  'capabilities:hypervisor_type',
  'capabilities:cpu_info:arch',
  'trait:HW_CPU_X86_AVX2',
  'aggregate_instance_extra_specs:ssd',
  'hw:cpu_policy',
];

/** What the server asks for: image, flavor, hints. */
export default function Request({ labCase, onChange }: Props) {
  const { image, flavor, hints, zone, group } = labCase;
  const setFlavor = (change: Partial<LabFlavor>) =>
    onChange({ ...labCase, flavor: { ...flavor, ...change } });
  const known = FLAVORS.find(
    ({ ram, vcpus, disk }) => ram === flavor.ram && vcpus === flavor.vcpus && disk === flavor.disk,
  );
  return (
    <section className={styles.request} aria-labelledby="lab-request">
      <h3 id="lab-request" className={styles.heading}>
        The request
      </h3>

      <div className={styles.panel} role="group" aria-labelledby="lab-image">
        <h4 id="lab-image" className={styles.subheading}>
          Image <code>{image.name}</code>
        </h4>
        <Pairs
          what="property"
          pairs={image.properties}
          names={PROPERTY_NAMES}
          valuesOf={valuesOf}
          readingOf={readingOf}
          onChange={(properties) => onChange({ ...labCase, image: { ...image, properties } })}
        />
      </div>

      <div className={styles.panel} role="group" aria-labelledby="lab-flavor">
        <h4 id="lab-flavor" className={styles.subheading}>
          Flavor
        </h4>
        <Choice
          label="Take one"
          value={known?.name ?? ''}
          options={[
            ...(known ? [] : [['', 'of my own'] as const]),
            ...FLAVORS.map(({ name }) => [name, name] as const),
          ]}
          onChange={(name) => {
            const chosen = FLAVORS.find((each) => each.name === name);
            if (chosen) setFlavor({ ram: chosen.ram, vcpus: chosen.vcpus, disk: chosen.disk });
          }}
        />
        <div className={styles.numbers}>
          <NumberField label="RAM" unit="MB" value={flavor.ram} onChange={(ram) => setFlavor({ ram })} />
          <NumberField label="vCPUs" value={flavor.vcpus} onChange={(vcpus) => setFlavor({ vcpus })} />
          <NumberField label="Disk" unit="GB" value={flavor.disk} onChange={(disk) => setFlavor({ disk })} />
        </div>
        <Pairs
          what="extra spec"
          pairs={flavor.extraSpecs}
          names={EXTRA_SPECS}
          onChange={(extraSpecs) => setFlavor({ extraSpecs })}
        />
      </div>

      <details className={styles.panel}>
        <summary className={styles.subheading}>Hints, zone, group, format</summary>
        <Pairs
          what="hint"
          pairs={hints}
          names={['same_host', 'different_host', 'query']}
          onChange={(changed) => onChange({ ...labCase, hints: changed })}
        />
        <TextField
          label="Availability zone"
          value={zone}
          onChange={(changed) => onChange({ ...labCase, zone: changed.trim() })}
        />
        <Choice
          label="Server group"
          value={group.policy}
          options={[
            ['', 'none'],
            ['affinity', 'affinity'],
            ['anti-affinity', 'anti-affinity'],
            ['soft-affinity', 'soft-affinity'],
            ['soft-anti-affinity', 'soft-anti-affinity'],
          ]}
          onChange={(policy) => onChange({ ...labCase, group: { ...group, policy } })}
        />
        {group.policy !== '' && (
          <WordsField
            label="Servers in the group"
            words={group.members}
            onChange={(members) => onChange({ ...labCase, group: { ...group, members } })}
          />
        )}
        <Choice
          label="Disk format of the image"
          value={image.format}
          options={[...new Set([...FORMATS, image.format])].map((format) => [format, format])}
          onChange={(format) => onChange({ ...labCase, image: { ...image, format } })}
        />
      </details>
    </section>
  );
}

interface WordsFieldProps {
  label: string;
  words: readonly string[];
  onChange: (words: readonly string[]) => void;
}

/** Several words, with spaces or commas between them. */
export function WordsField({ label, words, onChange }: WordsFieldProps) {
  const [draft, setDraft] = React.useState<string>();
  const own = words.join(' ');
  // a space that is being typed is no word yet
  const shown = draft !== undefined && wordsOf(draft).join(' ') === own ? draft : own;
  return (
    <TextField
      label={label}
      value={shown}
      onChange={(text) => {
        setDraft(text);
        onChange(wordsOf(text));
      }}
    />
  );
}
