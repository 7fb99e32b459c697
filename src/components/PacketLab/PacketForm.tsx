import React from 'react';
import { Choice, NumberField, TextField } from '../Lab/fields';
import styles from '../Lab/styles.module.css';
import type { TcpFlags } from '../../cloud/network/firewall/model';
import { parseAddress } from '../../cloud/network/ip';
import own from './styles.module.css';
import { PROTOCOLS, type LabCase, type Traffic } from './case';

interface Props {
  labCase: LabCase;
  onChange: (labCase: LabCase) => void;
}

const FLAGS: readonly (readonly [TcpFlags, string])[] = [
  ['SYN', 'SYN: begins a connection'],
  ['SYN,ACK', 'SYN,ACK: an answer that nobody asked for'],
  ['ACK', 'ACK: in the middle of one'],
  ['FIN,ACK', 'FIN,ACK: ends one'],
  ['RST', 'RST: breaks one off'],
];

const OTHERS = [
  ['132', 'SCTP'],
  ['112', 'VRRP'],
  ['47', 'GRE'],
  ['50', 'ESP'],
] as const;

const MESSAGES = {
  IPv4: [
    ['8', 'echo request: ping'],
    ['0', 'echo reply that nobody asked for'],
    ['3', 'destination unreachable'],
    ['13', 'timestamp request'],
  ],
  IPv6: [
    ['8', 'echo request: ping'],
    ['129', 'echo reply that nobody asked for'],
    ['135', 'neighbour solicitation'],
    ['134', 'router advertisement'],
  ],
} as const;

/** Who sends what to whom. */
export default function PacketForm({ labCase, onChange }: Props) {
  const { traffic, servers, outside } = labCase;
  const set = (change: Partial<Traffic>) => onChange({ ...labCase, traffic: { ...traffic, ...change } });
  const ends = [['', 'outside'] as const, ...servers.map(({ name }) => [name, name] as const)];
  const { ethertype } = traffic;
  const target = servers.find(({ name }) => name === traffic.to);
  const known = [...PROTOCOLS, ...OTHERS.map(([number]) => number)] as readonly string[];
  const outsider = outside[ethertype];
  return (
    <section className={styles.request} aria-labelledby="packet-form">
      <h3 id="packet-form" className={styles.heading}>
        The packet
      </h3>
      <div className={`${styles.panel} ${own.packet}`}>
        <div className={`${styles.numbers} ${own.pair}`}>
          <Choice label="From" value={traffic.from} options={ends} onChange={(from) => set({ from })} />
          <Choice label="To" value={traffic.to} options={ends} onChange={(to) => set({ to })} />
        </div>
        <Choice
          label="IP"
          value={ethertype}
          options={[
            ['IPv4', 'IPv4'],
            ['IPv6', 'IPv6'],
          ]}
          onChange={(chosen) => set({ ethertype: chosen === 'IPv6' ? 'IPv6' : 'IPv4', source: '' })}
        />
        {target && ethertype === 'IPv4' && (
          <Choice
            label={`Address of ${target.name}`}
            value={traffic.byFloating ? 'floating' : 'own'}
            options={[
              ['own', `its own, ${target.addresses.find((each) => !each.includes(':')) ?? 'none'}`],
              ['floating', `floating IP, ${target.floating || 'none'}`],
            ]}
            onChange={(chosen) => set({ byFloating: chosen === 'floating' })}
          />
        )}
        <div className={`${styles.numbers} ${own.pair}`}>
          <Choice
            label="Protocol"
            value={traffic.protocol}
            options={[
              ...PROTOCOLS.map((name) => [name, name.toUpperCase()] as const),
              ...OTHERS,
              ...(known.includes(traffic.protocol)
                ? []
                : [[traffic.protocol, `number ${traffic.protocol}`] as const]),
            ]}
            onChange={(protocol) => set({ protocol })}
          />
          {['tcp', 'udp', '132'].includes(traffic.protocol) && (
            <NumberField label="Port" value={traffic.port} max={65535} onChange={(port) => set({ port })} />
          )}
        </div>
        {traffic.protocol === 'icmp' && (
          <Choice
            label="Message"
            value={String(traffic.icmpType)}
            options={withOwn(MESSAGES[ethertype], String(traffic.icmpType))}
            onChange={(type) => set({ icmpType: Number(type) })}
          />
        )}
        {traffic.protocol === 'tcp' && (
          <Choice
            label="Flags"
            value={traffic.flags}
            options={FLAGS}
            onChange={(chosen) => set({ flags: FLAGS.find(([flags]) => flags === chosen)?.[0] ?? 'SYN' })}
          />
        )}
        {traffic.from === '' ? (
          <AddressField
            label="Address of outside"
            value={outsider}
            onChange={(address) => onChange({ ...labCase, outside: { ...outside, [ethertype]: address } })}
          />
        ) : (
          <AddressField
            label="Source, if not its own"
            value={traffic.source}
            mayBeEmpty
            onChange={(source) => set({ source })}
          />
        )}
      </div>
    </section>
  );
}

function withOwn(options: readonly (readonly [string, string])[], own: string) {
  return options.some(([value]) => value === own) ? options : [...options, [own, `type ${own}`] as const];
}

interface AddressFieldProps {
  label: string;
  value: string;
  mayBeEmpty?: boolean;
  onChange: (address: string) => void;
}

/** An address. What is none is told, and the one before it holds. */
function AddressField({ label, value, mayBeEmpty = false, onChange }: AddressFieldProps) {
  const [draft, setDraft] = React.useState<string>();
  const isRight = (text: string) => (text === '' ? mayBeEmpty : parseAddress(text) !== undefined);
  // somebody else changed the value
  const shown = draft !== undefined && (!isRight(draft) || draft === value) ? draft : value;
  return (
    <TextField
      label={label}
      value={shown}
      error={isRight(shown) ? undefined : `“${shown}” is no address.`}
      onChange={(text) => {
        const address = text.trim();
        setDraft(address);
        if (isRight(address)) onChange(address);
      }}
    />
  );
}
