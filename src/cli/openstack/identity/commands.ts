import type { Command } from '../command';
import { deleteAccessRule, listAccessRule, showAccessRule } from './access-rule';
import {
  createApplicationCredential,
  deleteApplicationCredential,
  listApplicationCredential,
  showApplicationCredential,
} from './application-credential';
import { listCatalog, showCatalog } from './catalog';
import { createDomain, deleteDomain, listDomain, setDomain, showDomain } from './domain';
import { createEndpoint, deleteEndpoint, setEndpoint, showEndpoint } from './endpoint';
import { addProjectToEndpoint, listEndpoint, removeProjectFromEndpoint } from './endpoint-list';
import { createGroup, deleteGroup, listGroup, setGroup, showGroup } from './group';
import { addUserToGroup, checkUserInGroup, removeUserFromGroup } from './group-users';
import { createImpliedRole, deleteImpliedRole, listImpliedRole } from './implied-role';
import { createProject, deleteProject, setProject, showProject } from './project';
import { listProject } from './project-list';
import { createRegion, deleteRegion, listRegion, setRegion, showRegion } from './region';
import { createRole, deleteRole, listRole, setRole, showRole } from './role';
import { listRoleAssignment } from './role-assignment';
import { addRole, removeRole } from './role-grant';
import { createService, deleteService, listService, setService, showService } from './service';
import { issueToken, revokeToken } from './token';
import { createUser, deleteUser, setPassword, showUser } from './user';
import { listUser } from './user-list';
import { setUser } from './user-set';

/** Commands of the Identity service. */
export const identityCommands: readonly Command[] = [
  deleteAccessRule,
  listAccessRule,
  showAccessRule,
  createApplicationCredential,
  deleteApplicationCredential,
  listApplicationCredential,
  showApplicationCredential,
  listCatalog,
  showCatalog,
  createDomain,
  deleteDomain,
  listDomain,
  setDomain,
  showDomain,
  addProjectToEndpoint,
  createEndpoint,
  deleteEndpoint,
  listEndpoint,
  removeProjectFromEndpoint,
  setEndpoint,
  showEndpoint,
  addUserToGroup,
  checkUserInGroup,
  createGroup,
  deleteGroup,
  listGroup,
  removeUserFromGroup,
  setGroup,
  showGroup,
  createImpliedRole,
  deleteImpliedRole,
  listImpliedRole,
  createProject,
  deleteProject,
  listProject,
  setProject,
  showProject,
  createRegion,
  deleteRegion,
  listRegion,
  setRegion,
  showRegion,
  addRole,
  listRoleAssignment,
  createRole,
  deleteRole,
  listRole,
  removeRole,
  setRole,
  showRole,
  createService,
  deleteService,
  listService,
  setService,
  showService,
  issueToken,
  revokeToken,
  createUser,
  deleteUser,
  listUser,
  setPassword,
  setUser,
  showUser,
];
