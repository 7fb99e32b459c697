/** `npm run cloud`: see command-line.ts. */
import { runDoor } from './command-line';

const stop = new AbortController();
// Ctrl-C comes twice, from the terminal and from npm: once is enough
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop.abort());
// npm passes a signal on to a shell, which dies of it and says nothing: without a parent there is no Ctrl-C either
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined)
  setInterval(() => process.ppid !== parent && stop.abort(), 250).unref();
// whoever read the greeting may have gone
process.stdout.on('error', () => undefined);

process.exit(
  await runDoor(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    stop: stop.signal,
  }),
);
