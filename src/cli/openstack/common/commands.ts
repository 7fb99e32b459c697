import type { Command } from '../command';
import * as limits from '../compute/limits';
import * as quota from '../compute/quota';
import { extensionCommands } from './extension';

/** Commands about several services at once: openstackclient/common. */
export const commonCommands: readonly Command[] = [
  ...[limits, quota].flatMap((commands): Command[] => Object.values(commands)),
  ...extensionCommands,
];
