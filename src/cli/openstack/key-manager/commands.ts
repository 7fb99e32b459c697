import type { Command } from '../command';
import { addAclUsers, deleteAcl, getAcl, removeAclUsers, submitAcl } from './acl';
import { createConsumer, deleteConsumer, listConsumer } from './consumer';
import { createContainer, deleteContainer, getContainer, listContainer } from './container';
import { createOrder, deleteOrder, getOrder, listOrder } from './order';
import { deleteSecret, getSecret, listSecret, storeSecret, updateSecret } from './secret';

/** All commands of the key manager, but for those about certificate authorities, which Barbican gave up. */
export const keyManagerCommands: readonly Command[] = [
  deleteAcl,
  getAcl,
  submitAcl,
  addAclUsers,
  removeAclUsers,
  createConsumer,
  deleteConsumer,
  listConsumer,
  createContainer,
  deleteContainer,
  getContainer,
  listContainer,
  createOrder,
  deleteOrder,
  getOrder,
  listOrder,
  deleteSecret,
  getSecret,
  listSecret,
  storeSecret,
  updateSecret,
];
