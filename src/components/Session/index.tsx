import React, { useEffect, useId, useMemo } from 'react';
import type { KeyboardEvent } from 'react';
import clsx from 'clsx';
import type { ClientName } from '../../transcript/transcript';
import { enterPage, sandboxOf, setTerminalOpen, usePageView } from '../sandbox/current';
import { commandsOf, keyOf } from '../sandbox/page';
import type { PageCommand, SessionBlock } from '../sandbox/page';
import type { PageSandbox } from '../sandbox/page-sandbox';
import type { Result } from '../sandbox/storage';
import ScrollBox from '../ScrollBox';
import { prefetchTerminal } from '../Terminal/load-panel';
import { useClientChoice } from './client-choice';
import CommandText from './CommandText';
import CopyButton from './CopyButton';
import styles from './styles.module.css';

interface Props {
  /** Path of the page in the repository. */
  page: string;
  /** Name of the page's start state. */
  cloud: string;
  /** A folder of small real files that the page asks for. */
  samples?: string;
  /** The block, or the blocks that are two ways to do one thing, as JSON ({@link SessionBlock}`[]`). */
  blocks: string;
}

/** Commands of a page with what they print; each can be run in the page's terminal. */
export default function Session({ page, cloud, samples, blocks: json }: Props) {
  // remark-console.ts wrote it from the same types
  const blocks = useMemo(() => JSON.parse(json) as SessionBlock[], [json]);
  const sandbox = sandboxOf(page, cloud, samples);
  useEffect(() => {
    sandbox.register(blocks);
    return enterPage(sandbox);
  }, [sandbox, blocks]);
  const [first] = blocks;
  if (!first) return null;
  return (
    <div className={styles.session} role="group" aria-label="Commands" data-group={first.group}>
      {blocks.length > 1 ? (
        <Tabs blocks={blocks} sandbox={sandbox} />
      ) : (
        <Block block={first} sandbox={sandbox} />
      )}
    </div>
  );
}

/** Two clients' ways. The style sheet shows the chosen one; without JavaScript it shows both. */
function Tabs({ blocks, sandbox }: { blocks: SessionBlock[]; sandbox: PageSandbox }) {
  const id = useId();
  const [client, choose] = useClientChoice();
  const clients = blocks.flatMap((block) => block.client ?? []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    event.preventDefault();
    const step = event.key === 'ArrowRight' ? 1 : -1;
    const next = clients[(clients.indexOf(client) + step + clients.length) % clients.length];
    if (!next) return;
    choose(next);
    document.getElementById(`${id}${next}-tab`)?.focus();
  };
  return (
    <>
      <div className={styles.tabs} role="tablist" aria-label="Client" onKeyDown={onKeyDown}>
        {clients.map((name) => (
          <button
            key={name}
            id={`${id}${name}-tab`}
            type="button"
            role="tab"
            className={styles.tab}
            aria-selected={name === client}
            aria-controls={`${id}${name}`}
            tabIndex={name === client ? 0 : -1}
            onClick={() => choose(name)}
          >
            {name}
          </button>
        ))}
      </div>
      {blocks.map((block) => (
        <div
          key={block.client}
          id={`${id}${block.client ?? ''}`}
          role="tabpanel"
          aria-labelledby={`${id}${block.client ?? ''}-tab`}
          className={styles.panel}
          data-panel={block.client}
        >
          <p className={styles.panelName}>{block.client}</p>
          <Block block={block} sandbox={sandbox} />
        </div>
      ))}
    </>
  );
}

function Block({ block, sandbox }: { block: SessionBlock; sandbox: PageSandbox }) {
  const commands = useMemo(() => commandsOf(block), [block]);
  const runs = block.norun === undefined;
  const run = (chosen: PageCommand[], button: HTMLElement) => {
    setTerminalOpen(true);
    sandbox.run(chosen);
    // the terminal that opens must not cover what was pressed
    requestAnimationFrame(() => button.scrollIntoView({ block: 'nearest' }));
  };
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
        <ScrollBox as="pre" className={styles.output} label={`Output of ${source}`}>
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
