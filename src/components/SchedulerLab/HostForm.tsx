import React, { useState } from 'react';
import { PythonError } from '../../cloud/compute/python/values';
import type { LabHost } from './case';
import { wordsOf } from './decide';
import { NumberField, TextField, Tick } from '../Lab/fields';
import { supportedInstance, versionNumber } from './fleet';
import { WordsField } from './Request';
import styles from '../Lab/styles.module.css';

interface Props {
  host: LabHost;
  /** The names of all hosts: no two have the same. */
  names: readonly string[];
  onChange: (host: LabHost) => void;
  onRemove: () => void;
}

/** Changes what a host advertises. What nova would not take stays in its field, with the reason. */
export default function HostForm({ host, names, onChange, onRemove }: Props) {
  const [supported, setSupported] = useState(host.supported.map((words) => words.join(' ')).join('\n'));
  const [version, setVersion] = useState(host.version);
  const [name, setName] = useState(host.name);
  const set = (change: Partial<LabHost>) => onChange({ ...host, ...change });
  const nameError = wrongName(name, host.name, names);
  return (
    <div className={styles.hostForm} role="group" aria-label={`What ${host.name} advertises`}>
      <TextField
        label="Name"
        value={name}
        error={nameError}
        onChange={(text) => {
          setName(text);
          if (wrongName(text, host.name, names) === undefined) set({ name: text });
        }}
      />
      <TextField
        label="Supports: architecture, hypervisor, mode, one combination a line"
        value={supported}
        rows={Math.min(6, supported.split('\n').length + 1)}
        error={wrongInstance(supported)}
        onChange={(text) => {
          setSupported(text);
          if (wrongInstance(text) === undefined) set({ supported: lines(text) });
        }}
      />
      <TextField label="Hypervisor type" value={host.type} onChange={(type) => set({ type })} />
      <TextField
        label="Hypervisor version"
        value={version}
        error={versionNumber(version) === undefined ? 'A version is like 8.2.1.' : undefined}
        onChange={(text) => {
          setVersion(text);
          if (versionNumber(text) !== undefined) set({ version: text });
        }}
      />
      <WordsField label="Traits" words={host.traits} onChange={(traits) => set({ traits })} />
      <div className={styles.numbers}>
        <NumberField label="RAM" unit="MB" value={host.ram} onChange={(ram) => set({ ram })} />
        <NumberField
          label="RAM used"
          unit="MB"
          value={host.ramUsed}
          onChange={(ramUsed) => set({ ramUsed })}
        />
        <NumberField label="CPUs" value={host.vcpus} onChange={(vcpus) => set({ vcpus })} />
        <NumberField label="vCPUs used" value={host.vcpusUsed} onChange={(vcpusUsed) => set({ vcpusUsed })} />
        <NumberField label="Disk" unit="GB" value={host.disk} onChange={(disk) => set({ disk })} />
        <NumberField
          label="Disk used"
          unit="GB"
          value={host.diskUsed}
          onChange={(diskUsed) => set({ diskUsed })}
        />
      </div>
      <WordsField
        label="Servers that run here"
        words={host.servers}
        onChange={(servers) => set({ servers })}
      />
      <Tick checked={host.disabled} onChange={(disabled) => set({ disabled })}>
        The compute service is disabled
      </Tick>
      <Tick checked={host.down} onChange={(down) => set({ down })}>
        It has not been heard from
      </Tick>
      <button type="button" className={styles.button} onClick={onRemove}>
        Remove {host.name}
      </button>
    </div>
  );
}

function lines(text: string): string[][] {
  return text
    .split('\n')
    .map(wordsOf)
    .filter((words) => words.length > 0);
}

function wrongInstance(text: string): string | undefined {
  for (const words of lines(text)) {
    if (words.length !== 3) return `“${words.join(' ')}” are not three words, such as x86_64 kvm hvm.`;
    try {
      supportedInstance(words);
    } catch (error) {
      if (error instanceof PythonError) return `${error.message}.`;
      throw error;
    }
  }
  return undefined;
}

function wrongName(name: string, own: string, names: readonly string[]): string | undefined {
  if (!/^[\w.-]{1,60}$/.test(name)) return 'A host’s name has letters, digits, points and hyphens.';
  return name !== own && names.includes(name) ? 'Another host has this name.' : undefined;
}
