import type { Command } from '../command';
import * as aggregate from './aggregate';
import * as consoles from './console';
import * as flavor from './flavor';
import * as host from './host';
import * as hypervisor from './hypervisor';
import * as keypair from './keypair';
import { deleteServer, setServer, showServer, unsetServer } from './server';
import { serverActionCommands } from './server-actions';
import { createServer } from './server-create';
import * as event from './server-event';
import * as serverGroup from './server-group';
import * as serverImage from './server-image';
import { listServer } from './server-list';
import * as migration from './server-migration';
import * as network from './server-network';
import { evacuateServer, rebuildServer } from './server-rebuild';
import * as volume from './server-volume';
import * as service from './service';
import * as usage from './usage';

/** Commands of the Compute service. */
export const computeCommands: readonly Command[] = [
  ...[
    aggregate, consoles, event, flavor, host, hypervisor, keypair, migration, network, serverGroup,
    serverImage, service, usage, volume,
  ].flatMap((commands): Command[] => Object.values(commands)),
  createServer,
  deleteServer,
  evacuateServer,
  listServer,
  rebuildServer,
  ...serverActionCommands,
  setServer,
  showServer,
  unsetServer,
]; // prettier-ignore
