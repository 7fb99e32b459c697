/**
 * Reads cases, one JSON object a line, and prints what the embedded scheduler makes of each:
 *
 *     npm run --silent schedule < cases.jsonl
 *     {"id": 1, "image": {"properties": {"hw_architecture": "arm"}}, "host": {"supported_instances": []}}
 *     {"id":1,"verdict":"invalid_image","reason":"ValueError: Architecture name 'arm' is not valid"}
 *
 * `--trace` adds every decision. real-cloud/nova-oracle.py answers the same lines from nova itself.
 */
import { createInterface } from 'node:readline';
import { loads } from '../src/cloud/compute/python/json';
import { scheduleCase } from '../src/cloud/compute/scheduler/case';

const withTrace = process.argv.includes('--trace');

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line.trim() === '') continue;
  const { id, verdict, reason, trace } = scheduleCase(loads(line));
  process.stdout.write(`${JSON.stringify({ id, verdict, reason, ...(withTrace ? { trace } : {}) })}\n`);
}
