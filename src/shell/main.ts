import { runShell } from './command-line';

const stop = new AbortController();
// what is to be kept is kept before the end
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => stop.abort());

process.exitCode = await runShell(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  stop: stop.signal,
});
if (stop.signal.aborted) process.exit();
