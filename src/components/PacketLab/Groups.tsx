import React, { useId, useState } from 'react';
import { Choice, TextField, Tick } from '../Lab/fields';
import shared from '../Lab/styles.module.css';
import { asStored, problemOf } from './rule';
import type { LabCase, LabGroup, LabRule } from './case';
import { firewallOf, type Outcome } from './decide';
import { ruleWords } from '../../cloud/network/firewall/why-not';
import styles from './styles.module.css';
import type { SecurityGroupRule } from '../../cloud/network/firewall/model';

interface Props {
  labCase: LabCase;
  outcome: Outcome;
  onChange: (labCase: LabCase) => void;
}

/** The groups and their rules, to be changed. */
export default function Groups({ labCase, outcome, onChange }: Props) {
  const { groups } = labCase;
  const [name, setName] = useState('');
  const setGroups = (changed: readonly LabGroup[]) => onChange({ ...labCase, groups: changed });
  const free = name !== '' && !groups.some((group) => group.name === name);
  return (
    <section aria-labelledby="packet-groups">
      <h3 id="packet-groups" className={shared.heading}>
        Security groups
      </h3>
      <div className={shared.cards}>
        {groups.map((group) => (
          <Group
            key={group.name}
            group={group}
            labCase={labCase}
            outcome={outcome}
            onChange={(changed) => setGroups(groups.map((each) => (each === group ? changed : each)))}
          />
        ))}
      </div>
      <form
        className={styles.newGroup}
        onSubmit={(event) => {
          event.preventDefault();
          if (!free) return;
          setGroups([...groups, { name, stateful: true, rules: [] }]);
          setName('');
        }}
      >
        <TextField label="New group" value={name} onChange={(text) => setName(text.trim())} />
        <button type="submit" className={shared.button} disabled={!free}>
          Add group
        </button>
      </form>
    </section>
  );
}

interface GroupProps {
  group: LabGroup;
  labCase: LabCase;
  outcome: Outcome;
  onChange: (group: LabGroup) => void;
}

function Group({ group, labCase, outcome, onChange }: GroupProps) {
  const id = useId();
  const [adding, setAdding] = useState(false);
  const members = labCase.servers.filter(({ groups }) => groups.includes(group.name));
  const names = firewallOf(labCase);
  const deciding = decidingRules(outcome);
  return (
    <article className={shared.card} aria-labelledby={id} data-group={group.name}>
      <header className={shared.cardHead}>
        <h4 id={id} className={shared.cardName}>
          {group.name}
        </h4>
        <span className={styles.quiet}>{members.map(({ name }) => name).join(', ') || 'at no port'}</span>
      </header>
      <Tick checked={group.stateful} onChange={(stateful) => onChange({ ...group, stateful })}>
        stateful: lets answers pass
      </Tick>
      <ul className={styles.rules}>
        {group.rules.map((rule, i) => {
          const words = `${rule.direction === 'ingress' ? 'In' : 'Out'}: ${ruleWords(asStored(rule, ''), names)}`;
          return (
            <li key={`${i} ${words}`} data-decides={deciding.has(keyOf(group.name, asStored(rule, '')))}>
              <span>{words}</span>
              <button
                type="button"
                className={shared.iconButton}
                aria-label={`Remove from ${group.name}: ${words}`}
                onClick={() => onChange({ ...group, rules: group.rules.filter((each) => each !== rule) })}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          );
        })}
        {group.rules.length === 0 && <li className={styles.quiet}>No rule: nothing passes.</li>}
      </ul>
      <footer className={shared.cardFoot}>
        <button
          type="button"
          className={shared.button}
          aria-expanded={adding}
          aria-label={`Add a rule to ${group.name}`}
          onClick={() => setAdding(!adding)}
        >
          {adding ? 'Close' : 'Add a rule'}
        </button>
        {adding && (
          <RuleForm
            labCase={labCase}
            group={group}
            onAdd={(rule) => onChange({ ...group, rules: [...group.rules, rule] })}
          />
        )}
      </footer>
    </article>
  );
}

function decidingRules(outcome: Outcome): Set<string> {
  const steps = outcome.kind === 'unreachable' ? [] : outcome.steps;
  return new Set(
    steps.flatMap(({ verdict }) =>
      verdict.by === 'rule' ? [keyOf(verdict.group.name, { ...verdict.rule, id: '' })] : [],
    ),
  );
}

function keyOf(group: string, rule: SecurityGroupRule): string {
  return `${group} ${JSON.stringify(rule)}`;
}

const NEW_RULE: LabRule = { direction: 'ingress', ethertype: 'IPv4', protocol: 'tcp', ports: '', remote: '' };

interface RuleFormProps {
  labCase: LabCase;
  group: LabGroup;
  onAdd: (rule: LabRule) => void;
}

function RuleForm({ labCase, group, onAdd }: RuleFormProps) {
  const [rule, setRule] = useState(NEW_RULE);
  const set = (change: Partial<LabRule>) => setRule({ ...rule, ...change });
  const duplicate = group.rules.some((each) => JSON.stringify(each) === JSON.stringify(rule));
  const problem = duplicate ? 'Security group rule already exists.' : problemOf(rule, labCase);
  return (
    <form
      className={shared.hostForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === '') onAdd(rule);
      }}
    >
      <div className={shared.numbers}>
        <Choice
          label="Direction"
          value={rule.direction}
          options={[
            ['ingress', 'in'],
            ['egress', 'out'],
          ]}
          onChange={(direction) => set({ direction: direction === 'egress' ? 'egress' : 'ingress' })}
        />
        <Choice
          label="Ethertype"
          value={rule.ethertype}
          options={[
            ['IPv4', 'IPv4'],
            ['IPv6', 'IPv6'],
          ]}
          onChange={(ethertype) => set({ ethertype: ethertype === 'IPv6' ? 'IPv6' : 'IPv4' })}
        />
        <TextField
          label="Protocol"
          value={rule.protocol}
          placeholder="any"
          suggestions={['tcp', 'udp', 'icmp', 'sctp', 'vrrp', '47']}
          onChange={(protocol) => set({ protocol: protocol.trim().toLowerCase() })}
        />
        <TextField
          label="Ports"
          value={rule.ports}
          placeholder="any"
          onChange={(ports) => set({ ports: ports.trim() })}
        />
      </div>
      <TextField
        label={rule.direction === 'ingress' ? 'From' : 'To'}
        hint="10.0.0.0/8, @web for a group, #office for an address group"
        value={rule.remote}
        placeholder="anywhere"
        suggestions={[
          '198.51.100.7/32',
          ...labCase.groups.map(({ name }) => `@${name}`),
          ...labCase.addressGroups.map(({ name }) => `#${name}`),
        ]}
        error={problem === '' ? undefined : problem}
        onChange={(remote) => set({ remote: remote.trim() })}
      />
      <button type="submit" className={shared.button} disabled={problem !== ''}>
        Add
      </button>
    </form>
  );
}
