/** AddProjectToImage, RemoveProjectImage, ListImageProjects and ShowProjectImage of openstackclient/image/v2/image.py. */
import { NotFoundException, type ImageMember } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import type { App } from '../app';
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import { findProject } from '../identity/common';
import { projectDomain } from './options';

const image = (help: string): ArgumentSpec => ({ names: ['image'], metavar: '<image>', help });

/** `openstack image add project` */
export const addProjectToImage: ShowOneCommand = {
  name: 'image add project',
  upstream: 'openstackclient.image.v2.image.AddProjectToImage',
  kind: 'show',
  description: 'Share an image with a project',
  arguments: [
    image('Image to share (name or ID)'),
    { names: ['project'], metavar: '<project>', help: 'Project to share it with (ID)' },
    projectDomain,
  ],
  async run(app, args) {
    const project = await projectOf(app, args);
    const client = app.connection.image;
    const { id } = await client.findImage(args.string('image') ?? '', { ignoreMissing: false });
    return memberFields(await client.addMember(id, project));
  },
};

/** `openstack image remove project` */
export const removeProjectFromImage: PlainCommand = {
  name: 'image remove project',
  upstream: 'openstackclient.image.v2.image.RemoveProjectImage',
  kind: 'command',
  description: 'Stop sharing an image with a project',
  arguments: [
    image('Image that is shared (name or ID)'),
    { names: ['project'], metavar: '<project>', help: 'Project to take it from (name or ID)' },
    projectDomain,
  ],
  async run(app, args) {
    const project = await projectOf(app, args);
    const client = app.connection.image;
    const { id } = await client.findImage(args.string('image') ?? '', { ignoreMissing: false });
    try {
      await client.removeMember(id, project);
    } catch (error) {
      // the SDK minds no member that is gone already
      if (!(error instanceof NotFoundException)) throw error;
    }
  },
};

/** `openstack image member list` */
export const listImageMembers: ListerCommand = {
  name: 'image member list',
  upstream: 'openstackclient.image.v2.image.ListImageProjects',
  kind: 'lister',
  description: 'List the projects an image is shared with',
  arguments: [image('Image that is shared (name or ID)'), projectDomain],
  async run(app, args) {
    const client = app.connection.image;
    const { id } = await client.findImage(args.string('image') ?? '', { ignoreMissing: false });
    const members = await client.members(id);
    return {
      columns: ['Image ID', 'Member ID', 'Status'],
      rows: members.map(({ image_id, member_id, status }) => [image_id, member_id, status]),
    };
  },
};

/** `openstack image member get` */
export const getImageMember: ShowOneCommand = {
  name: 'image member get',
  upstream: 'openstackclient.image.v2.image.ShowProjectImage',
  kind: 'show',
  description: 'Show what one project said to a shared image',
  arguments: [
    image('Image that is shared (name or ID)'),
    // taken as it is: the real client looks no name up here
    { names: ['member'], metavar: '<project>', help: 'The project (ID)' },
    projectDomain,
  ],
  async run(app, args) {
    const client = app.connection.image;
    const { id } = await client.findImage(args.string('image') ?? '', { ignoreMissing: false });
    return memberFields(await client.getMember(id, args.string('member') ?? ''));
  },
};

/** The project, looked up after the Image service, as the real client makes the clients of both services first. */
async function projectOf(app: App, args: ParsedArgs): Promise<string> {
  const { regionName } = app.region;
  await app.connection.session.getEndpoint({ serviceType: 'image', version: 2, regionName });
  return findProject(app, args.string('project') ?? '', args.string('project_domain'));
}

function memberFields({ created_at, image_id, member_id, schema, status, updated_at }: ImageMember) {
  return sortedFields({ created_at, image_id, member_id, schema, status, updated_at });
}
