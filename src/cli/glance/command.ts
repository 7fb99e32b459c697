import type { ArgumentSpec, ParsedArgs } from '../arguments';
import type { GlanceClient } from './http';
import type { Output } from '../output';
import type { ProgramContext } from '../program';

/** What a running subcommand has at hand. */
export interface Glance {
  context: ProgramContext;
  output: Output;
  client: GlanceClient;
}

/** A subcommand of `glance`. */
export interface Subcommand {
  /** Such as `image-create`. */
  name: string;
  /** The function it models. */
  upstream: string;
  description: string;
  arguments: readonly ArgumentSpec[];
  run(glance: Glance, args: ParsedArgs): Promise<void>;
}
