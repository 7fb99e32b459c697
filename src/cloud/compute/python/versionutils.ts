import { PYTHON_SPACE } from './text';
import { PythonError } from './values';
import { InvalidVersion, Version } from './version';

const PREDICATE = new RegExp(
  `^[${PYTHON_SPACE}]*(<=|>=|<|>|!=|==)[${PYTHON_SPACE}]*([^${PYTHON_SPACE}]+)[${PYTHON_SPACE}]*$`,
);

const HOLDS: Record<string, (comparison: number) => boolean> = {
  '<': (comparison) => comparison < 0,
  '<=': (comparison) => comparison <= 0,
  '==': (comparison) => comparison === 0,
  '>': (comparison) => comparison > 0,
  '>=': (comparison) => comparison >= 0,
  '!=': (comparison) => comparison !== 0,
};

/**
 * A demand on a version, such as `>=2.6` or `>=6.0,<8`: oslo.utils' `versionutils.VersionPredicate`.
 *
 * @example
 * new VersionPredicate('>=6.0,<8').satisfiedBy(new Version('7.2')); // true
 */
export class VersionPredicate {
  readonly #demands: { holds: (comparison: number) => boolean; version: Version }[];

  /** @throws {@link InvalidVersion} when the text is no such demand. */
  constructor(text: string) {
    this.#demands = text.split(',').map((demand) => {
      const match = PREDICATE.exec(demand);
      const holds = HOLDS[match?.[1] ?? ''];
      if (!match || !holds) throw new InvalidVersion(`bad package restriction syntax: ${demand}`);
      return { holds, version: new Version(match[2] ?? '') };
    });
  }

  satisfiedBy(version: Version): boolean {
    return this.#demands.every(({ holds, version: demanded }) => holds(version.compare(demanded)));
  }
}

/**
 * The version that a hypervisor's number stands for, three digits a part: 8002001 is `8.2.1`. oslo.utils'
 * `convert_version_to_str`; below zero the original never ends.
 *
 * @throws {@link PythonError}
 */
export function convertVersionToStr(version: number | bigint): string {
  if (version < 0) throw new PythonError('TimeoutError', 'nova does not end');
  const parts: string[] = [];
  for (let rest = BigInt(version); rest > 0n; rest /= 1000n) parts.unshift(String(rest % 1000n));
  return parts.join('.');
}
