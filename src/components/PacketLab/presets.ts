import { OUT, START, type LabCase, type LabGroup, type LabRule } from './case';
import type { PresetId } from './preset-ids';

/** A case that surprises, and what to look at in it. */
export interface Preset {
  /** Its name in a link: `#preset-ssh`. */
  id: PresetId;
  title: string;
  /** One or two sentences. */
  look: string;
  case: LabCase;
}

const into = (
  protocol: string,
  ports: string,
  remote = '',
  ethertype: LabRule['ethertype'] = 'IPv4',
): LabRule => ({
  direction: 'ingress',
  ethertype,
  protocol,
  ports,
  remote,
});

const group = (name: string, ...rules: LabRule[]): LabGroup => ({
  name,
  stateful: true,
  rules: [...OUT, ...rules],
});

const [web, db] = START.servers;
if (!web || !db) throw new Error('the lab starts with two servers');

const { traffic } = START;

const databaseCase: LabCase = {
  ...START,
  groups: [...START.groups, group('web', into('tcp', '80')), group('database', into('tcp', '5432', '@web'))],
  servers: [
    { ...web, groups: ['web'] },
    { ...db, groups: ['database'] },
  ],
  traffic: { ...traffic, from: 'web', to: 'db', byFloating: false, port: 5432 },
};

/** The usual surprises. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'default',
    title: 'Nothing but default',
    look: 'The default group lets everything out, and in only what comes from its own members. A machine outside is not a member: SSH ends at the port of web. Let db ask instead, and it passes.',
    case: START,
  },
  {
    id: 'ssh',
    title: 'SSH from one address',
    look: 'One rule for one address. Change the address of outside by one, and it is dropped.',
    case: {
      ...START,
      groups: [...START.groups, group('ssh', into('tcp', '22', '198.51.100.7/32'))],
      servers: [{ ...web, groups: ['default', 'ssh'] }, db],
    },
  },
  {
    id: 'group',
    title: 'A group instead of addresses',
    look: 'database lets in whoever is in the group web, whatever its address. Take web out of its group, and it is dropped.',
    case: databaseCase,
  },
  {
    id: 'floating',
    title: 'The same through a floating IP',
    look: 'The router gives web its floating IP on the way out. That is no address of a port of the group, so the same rule no longer matches.',
    case: { ...databaseCase, traffic: { ...databaseCase.traffic, byFloating: true } },
  },
  {
    id: 'stateless',
    title: 'Stateless needs the rule for answers',
    look: 'The question leaves, and its answer stays outside: a stateless group remembers nothing. Make it stateful, or add a rule for TCP 32768-60999 in.',
    case: {
      ...START,
      groups: [...START.groups, { ...group('fast', into('tcp', '80')), stateful: false }],
      servers: [{ ...web, groups: ['fast'] }, db],
      traffic: { ...traffic, from: 'web', to: '', byFloating: false, port: 443 },
    },
  },
  {
    id: 'ipv6',
    title: 'IPv6 forgotten',
    look: 'HTTP is open to everyone, by IPv4. A rule without an ethertype is one for IPv4 only, and browsers try IPv6 first.',
    case: {
      ...START,
      groups: [...START.groups, group('http', into('tcp', '80'))],
      servers: [{ ...web, groups: ['http'] }, db],
      traffic: { ...traffic, byFloating: false, ethertype: 'IPv6', port: 80 },
    },
  },
  {
    id: 'pair',
    title: 'An address that is not its own',
    look: 'web took over 192.168.10.100, as keepalived does. Its rules let everything out, but before them the port only lets out its own addresses. Allow it this one.',
    case: {
      ...START,
      traffic: { ...traffic, from: 'web', to: 'db', byFloating: false, port: 5432, source: '192.168.10.100' },
    },
  },
];
