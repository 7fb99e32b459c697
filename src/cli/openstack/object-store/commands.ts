import type { Command } from '../command';
import { setAccount, showAccount, unsetAccount } from './account';
import {
  createContainer,
  deleteContainer,
  listContainer,
  saveContainer,
  setContainer,
  showContainer,
  unsetContainer,
} from './container';
import {
  createObject,
  deleteObject,
  listObject,
  saveObjectCommand,
  setObject,
  showObject,
  unsetObject,
} from './object';

/** All commands about containers, objects and the account that holds them. */
export const objectStoreCommands: readonly Command[] = [
  setAccount,
  showAccount,
  unsetAccount,
  createContainer,
  deleteContainer,
  listContainer,
  saveContainer,
  setContainer,
  showContainer,
  unsetContainer,
  createObject,
  deleteObject,
  listObject,
  saveObjectCommand,
  setObject,
  showObject,
  unsetObject,
];
