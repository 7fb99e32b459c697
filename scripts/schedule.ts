/**
 * Reads cases, one JSON object a line, and prints what the embedded scheduler makes of each:
 *
 *     npm run --silent schedule < cases.jsonl
 *     {"id": 1, "image": {"properties": {"hw_architecture": "arm"}}, "host": {"supported_instances": []}}
 *     {"id":1,"verdict":"invalid_image","reason":"ValueError: Architecture name 'arm' is not valid"}
 *
 * `--trace` adds every decision. real-cloud/nova-oracle.py answers the same lines from nova itself.
 * A line that is no JSON object is told on stderr, the others are answered, and the exit code is 1.
 */
import { createInterface } from 'node:readline';
import { PythonFloat } from '../src/cloud/compute/python/values';
import { NotACase, scheduleLine } from '../src/cloud/compute/scheduler/lines';

const USAGE = `Usage: npm run --silent schedule [-- --trace] < cases.jsonl

Reads cases, one JSON object a line, and prints for each whether the host is chosen, and why:
  {"id": 1, "image": {"properties": {}}, "host": {"supported_instances": [["x86_64", "kvm", "hvm"]]}}

  --trace  add the decision of every filter
  --help   show this
`;

const args = process.argv.slice(2);
const unknown = args.find((arg) => !['--trace', '--help', '-h'].includes(arg));
if (unknown !== undefined) {
  process.stderr.write(`schedule: there is no option ${unknown}\n${USAGE}`);
  process.exitCode = 2;
} else if (args.includes('--help') || args.includes('-h')) process.stdout.write(USAGE);
else await answer(args.includes('--trace'));

async function answer(withTrace: boolean): Promise<void> {
  let at = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    at++;
    if (line.trim() === '') continue;
    try {
      const { id, verdict, reason, trace } = scheduleLine(line);
      process.stdout.write(
        `${JSON.stringify({ id, verdict, reason, ...(withTrace ? { trace } : {}) }, plain)}\n`,
      );
    } catch (error) {
      if (!(error instanceof NotACase)) throw error;
      process.stderr.write(`schedule: line ${at}: ${error.message}\n`);
      process.exitCode = 1;
    }
  }
}

/** An id may be a number that JSON.stringify does not know, or writes as an object. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof PythonFloat) return value.value;
  return typeof value === 'bigint' ? String(value) : value;
}
