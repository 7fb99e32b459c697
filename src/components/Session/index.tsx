import React, { useEffect, useId, useMemo } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import clsx from 'clsx';
import type { ClientName } from '../../transcript/transcript';
import { enterPage, sandboxOf, setTerminalOpen, usePageView } from '../sandbox/current';
import { commandsOf, keyOf } from '../sandbox/page';
import type { PageCommand, SessionBlock } from '../sandbox/page';
import type { PageSandbox } from '../sandbox/page-sandbox';
import type { Result } from '../sandbox/storage';
import ScrollBox from '../ScrollBox';
import { prefetchTerminal } from '../Terminal/load-panel';
import type { Photographed, WalkThrough } from '../../walk-throughs/walk-through';
import { useClientChoice, useDashboardChoice } from './client-choice';
import CommandText from './CommandText';
import CopyButton from './CopyButton';
import Dashboard from './Dashboard';
import styles from './styles.module.css';

/** The border of a table, whose lines must not break. */
const TABLE = /^\+[-+]+\+$/m;

interface Props {
  /** Path of the page in the repository. */
  page: string;
  /** Name of the page's start state. */
  cloud: string;
  /** A folder of small real files that the page asks for. */
  samples?: string;
  /** The block, or the blocks that are two ways to do one thing, as JSON ({@link SessionBlock}`[]`). */
  blocks: string;
  /** The same done in the dashboard, and its pictures. */
  walkThrough?: WalkThrough;
  photographed?: Photographed;
}

/** Commands of a page with what they print; each can be run in the page's terminal. */
export default function Session({ page, cloud, samples, blocks: json, walkThrough, photographed }: Props) {
  // remark-console.ts wrote it from the same types
  const blocks = useMemo(() => JSON.parse(json) as SessionBlock[], [json]);
  const sandbox = sandboxOf(page, cloud, samples);
  useEffect(() => {
    sandbox.register(blocks);
    return enterPage(sandbox);
  }, [sandbox, blocks]);
  const [client] = useClientChoice();
  const [first] = blocks;
  if (!first) return null;
  const byCommands = blocks.find((block) => block.client === client) ?? first;
  const ways: Way[] = blocks.map((block) => ({
    // a block that is no client's way is a tab only beside the dashboard
    name: block.client ?? 'commands',
    title: block.client ?? programOf(block),
    shown: <Block block={block} sandbox={sandbox} />,
  }));
  if (walkThrough && photographed)
    ways.unshift({
      name: 'dashboard',
      title: 'Dashboard',
      shown: (
        <Dashboard
          walkThrough={walkThrough}
          photographed={photographed}
          onRun={
            byCommands.norun === undefined
              ? (button) => runIn(sandbox, commandsOf(byCommands), button)
              : undefined
          }
        />
      ),
    });
  return (
    <div
      className={clsx(styles.session, walkThrough && styles.withDashboard)}
      role="group"
      aria-label="Commands"
      data-group={first.group}
    >
      {ways.length > 1 ? <Tabs ways={ways} /> : ways[0]?.shown}
    </div>
  );
}

function runIn(sandbox: PageSandbox, commands: PageCommand[], button: HTMLElement): void {
  setTerminalOpen(true);
  sandbox.run(commands);
  // the terminal that opens must not cover what was pressed
  requestAnimationFrame(() => button.scrollIntoView({ block: 'nearest' }));
}

/** A way to do what the page asks for: a client's commands, or the dashboard. */
interface Way {
  name: ClientName | 'commands' | 'dashboard';
  /** What stands on its tab. */
  title: string;
  shown: ReactNode;
}

function programOf({ commands: [command] }: SessionBlock): string {
  return /^\S+/.exec(command?.source ?? '')?.[0] ?? '';
}

/** Several ways. The style sheet shows the chosen one; without JavaScript it shows all. */
function Tabs({ ways }: { ways: readonly Way[] }) {
  const id = useId();
  const [client, chooseClient] = useClientChoice();
  const [dashboard, followDashboard] = useDashboardChoice();
  const names = ways.map(({ name }) => name);
  const chosen =
    dashboard && names.includes('dashboard') ? 'dashboard' : names.includes(client) ? client : 'commands';
  const choose = (name: Way['name']) => {
    if (name === 'openstack' || name === 'glance') chooseClient(name);
    // tabs without it leave the choice as it is
    if (names.includes('dashboard')) followDashboard(name === 'dashboard');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = names.indexOf(chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : names.at(to % names.length);
    if (!next) return;
    event.preventDefault();
    choose(next);
    document.getElementById(`${id}${next}-tab`)?.focus();
  };
  return (
    <>
      <div className={styles.tabs} role="tablist" aria-label="Client" onKeyDown={onKeyDown}>
        {ways.map(({ name, title }) => (
          <button
            key={name}
            id={`${id}${name}-tab`}
            type="button"
            role="tab"
            className={styles.tab}
            aria-selected={name === chosen}
            aria-controls={`${id}${name}`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => choose(name)}
          >
            {title}
          </button>
        ))}
      </div>
      {ways.map(({ name, title, shown }) => (
        <div
          key={name}
          id={`${id}${name}`}
          role="tabpanel"
          aria-labelledby={`${id}${name}-tab`}
          className={styles.panel}
          data-panel={name}
        >
          <p className={styles.panelName}>{title}</p>
          {shown}
        </div>
      ))}
    </>
  );
}

function Block({ block, sandbox }: { block: SessionBlock; sandbox: PageSandbox }) {
  const commands = useMemo(() => commandsOf(block), [block]);
  const runs = block.norun === undefined;
  const run = (chosen: PageCommand[], button: HTMLElement) => runIn(sandbox, chosen, button);
  return (
    <div
      className={styles.block}
      onPointerEnter={prefetchTerminal}
      onFocus={prefetchTerminal}
      data-block={block.client ?? 'any'}
    >
      <div className={styles.bar}>
        {block.norun !== undefined ? (
          <p className={styles.norun}>Not run here: {block.norun}</p>
        ) : (
          commands.length > 1 && <p className={styles.count}>{commands.length} commands</p>
        )}
        <span className={styles.barActions}>
          <CopyButton
            text={commands.map(({ source }) => source).join('\n')}
            label={commands.length === 1 ? (commands[0]?.source ?? '') : 'all commands'}
          />
          {runs && (
            <button
              type="button"
              className={clsx(styles.button, styles.runAll)}
              onClick={({ currentTarget }) => run(commands, currentTarget)}
              data-run="all"
              aria-label={commands.length === 1 ? `Run ${commands[0]?.source ?? ''}` : undefined}
            >
              {commands.length === 1 ? 'Run' : 'Run all'}
            </button>
          )}
        </span>
      </div>
      <ol className={styles.steps}>
        {commands.map((command) => (
          <Step
            key={command.index}
            command={command}
            sandbox={sandbox}
            onRun={runs && commands.length > 1 ? (button) => run([command], button) : undefined}
            alone={commands.length === 1}
          />
        ))}
      </ol>
    </div>
  );
}

interface StepProps {
  command: PageCommand;
  sandbox: PageSandbox;
  onRun: ((button: HTMLElement) => void) | undefined;
  /** The only command of its block: the block's own buttons are its buttons. */
  alone: boolean;
}

function Step({ command, sandbox, onRun, alone }: StepProps) {
  const { source, expected, exitCode } = command;
  return (
    <li className={styles.step} data-step={keyOf(command)}>
      <div className={styles.line}>
        <code className={styles.command}>
          <span className={styles.prompt} aria-hidden="true">
            ${' '}
          </span>
          <CommandText source={source} />
        </code>
        <Tick command={command} sandbox={sandbox} />
        {!alone && (
          <span className={styles.actions}>
            <CopyButton text={source} label={source} />
            {onRun && (
              <button
                type="button"
                className={clsx(styles.button, styles.runOne)}
                onClick={({ currentTarget }) => onRun(currentTarget)}
                aria-label={`Run ${source}`}
              >
                Run
              </button>
            )}
          </span>
        )}
      </div>
      {expected !== '' && (
        <ScrollBox
          as="pre"
          className={clsx(styles.output, !TABLE.test(expected) && styles.lines)}
          label={`Output of ${source}`}
        >
          {expected.replace(/\n$/, '')}
        </ScrollBox>
      )}
      {exitCode !== 0 && <p className={styles.exit}>exit code {exitCode}</p>}
      <Difference command={command} sandbox={sandbox} />
    </li>
  );
}

function useResult({ command, sandbox }: { command: PageCommand; sandbox: PageSandbox }): Result | undefined {
  const result = usePageView(sandbox).results[keyOf(command)];
  // the page may have changed since the result was stored
  return result?.source === command.source ? result : undefined;
}

/** A small mark beside a command to which the sandbox answered what the page shows. */
function Tick(props: { command: PageCommand; sandbox: PageSandbox }) {
  if (!useResult(props)?.matches) return null;
  return (
    <span
      className={styles.tick}
      role="img"
      aria-label="Your sandbox answered the same"
      title="Your sandbox answered the same"
    >
      ✓
    </span>
  );
}

/** Said below a command to which the sandbox answered something else than the page shows. */
function Difference({ command, sandbox }: { command: PageCommand; sandbox: PageSandbox }) {
  const [choice] = useClientChoice();
  const result = useResult({ command, sandbox });
  if (!result || result.matches) return null;
  const client: ClientName = command.client ?? choice;
  return (
    <div className={styles.different}>
      <p>
        Your sandbox answered something else, because what you did there before is not what this page did. The
        answer is in the terminal.
      </p>
      <p>
        <button
          type="button"
          className={styles.button}
          onClick={() => {
            setTerminalOpen(true);
            void sandbox.runUpTo(command, client);
          }}
        >
          Run the page up to here
        </button>{' '}
        <button type="button" className={styles.button} onClick={() => void sandbox.startAgain()}>
          Start this page again
        </button>
      </p>
    </div>
  );
}
