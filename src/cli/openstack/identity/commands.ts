import type { Command } from '../command';
import { listCatalog, showCatalog } from './catalog';
import { issueToken, revokeToken } from './token';

/** Commands of the Identity service. */
export const identityCommands: readonly Command[] = [listCatalog, showCatalog, issueToken, revokeToken];
