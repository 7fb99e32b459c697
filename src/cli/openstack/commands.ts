import type { Command } from './command';
import { computeCommands } from './compute/commands';
import { identityCommands } from './identity/commands';
import { imageCommands } from './image/commands';
import { volumeCommands } from './volume/commands';

/** The commands that call an API. */
export const commands: readonly Command[] = [
  ...identityCommands,
  ...imageCommands,
  ...computeCommands,
  ...volumeCommands,
];
