import type { Command } from '../command';
import * as aggregate from './aggregate';
import * as consoles from './console';
import * as flavor from './flavor';
import * as host from './host';
import * as hypervisor from './hypervisor';
import * as keypair from './keypair';
import * as limits from './limits';
import * as serverGroup from './server-group';
import * as service from './service';
import * as usage from './usage';

/** Commands of the Compute service, and those about several services of which Compute is one. */
export const computeCommands: readonly Command[] = [
  aggregate, consoles, flavor, host, hypervisor, keypair, limits, serverGroup, service, usage,
].flatMap((commands) => Object.values(commands)); // prettier-ignore
