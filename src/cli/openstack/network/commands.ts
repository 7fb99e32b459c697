import type { Command } from '../command';
import { addressCommands } from './address-group';
import { defaultSecurityGroupRuleCommands } from './default-security-group-rule';
import { floatingIpCommands } from './floating-ip';
import { networkCommands as networks } from './network';
import { portCommands } from './port';
import { rbacCommands } from './rbac';
import { routerCommands } from './router';
import { routerTieCommands } from './router-ties';
import { securityGroupCommands } from './security-group';
import { securityGroupRuleCommands } from './security-group-rule';
import { subnetCommands } from './subnet';
import { subnetPoolCommands } from './subnet-pool';
import { variousCommands } from './various';

/** All commands about networks. */
export const networkCommands: readonly Command[] = [
  ...networks,
  ...subnetCommands,
  ...subnetPoolCommands,
  ...portCommands,
  ...routerCommands,
  ...routerTieCommands,
  ...floatingIpCommands,
  ...securityGroupCommands,
  ...securityGroupRuleCommands,
  ...defaultSecurityGroupRuleCommands,
  ...addressCommands,
  ...rbacCommands,
  ...variousCommands,
];
