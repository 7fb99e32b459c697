import { runShell } from './command-line';

process.exitCode = await runShell(process.argv.slice(2), process);
