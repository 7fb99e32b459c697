import { int, repr, strip } from '../python/text';
import { PythonError, typeName, type Value } from '../python/values';

// Far more CPUs than any host has; nova itself would fill its memory with them.
const MAX_CPUS = 100_000n;

/**
 * The CPUs that a text such as `1-4,^3,6` names: nova/virt/hardware.py `parse_cpu_spec`.
 *
 * @throws {@link PythonError} with nova's own words.
 */
export function parseCpuSpec(spec: Value): Set<number> {
  if (typeof spec !== 'string')
    throw new PythonError('AttributeError', `'${typeName(spec)}' object has no attribute 'split'`);
  const named = new Set<number>();
  const rejected = new Set<number>();
  for (const rule of spec.split(',').map(strip)) {
    if (rule === '') continue;
    const dash = rule.indexOf('-');
    if (dash >= 0) {
      const excluded = rule.startsWith('^');
      const wrong = `Invalid range expression ${repr(rule)}`;
      const start = number(rule.slice(excluded ? 1 : 0, dash), wrong);
      const end = number(rule.slice(dash + 1), wrong);
      if (start > end) throw new PythonError('Invalid', wrong);
      if (BigInt(end) - BigInt(start) > MAX_CPUS) throw new PythonError('MemoryError', '');
      for (let cpu = Number(start); cpu <= Number(end); cpu++) (excluded ? rejected : named).add(cpu);
    } else if (rule.startsWith('^')) {
      rejected.add(Number(number(rule.slice(1), `Invalid exclusion expression ${repr(rule)}`)));
    } else {
      named.add(Number(number(rule, `Invalid inclusion expression ${repr(rule)}`)));
    }
  }
  for (const cpu of rejected) named.delete(cpu);
  return named;
}

function number(text: string, wrong: string): number | bigint {
  try {
    return int(strip(text));
  } catch {
    throw new PythonError('Invalid', wrong);
  }
}
