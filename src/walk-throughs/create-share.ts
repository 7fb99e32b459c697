import { SHARES } from './panels';
import { CONTENT, DIALOG, fieldOf, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'create-share',
  start: SHARES.start,
  scenes: [
    SHARES.opening(
      {
        name: 'list',
        alt: 'The page Shares, which is empty. Click Create Share above the list.',
        when: '#shares__action_create',
      },
      { click: '#shares__action_create', says: 'click **Create Share**.' },
    ),
    {
      picture: {
        name: 'form',
        alt: 'The form Create Share: the name docs, the protocol NFS, a size of 1, the type default, nothing else. Fill it in, then click Create.',
        of: DIALOG,
        when: `${DIALOG} #id_share_proto`,
      },
      steps: [
        {
          type: 'docs',
          into: `${DIALOG} #id_name`,
          frame: fieldOf('#id_name'),
          says: '**Share Name**: write `docs`. It need not be unique.',
        },
        {
          look: fieldOf('#id_description'),
          says: '**Description**: leave it empty here. It is for people.',
        },
        {
          choose: 'NFS',
          from: '#id_share_proto',
          frame: fieldOf('#id_share_proto'),
          says: '**Share Protocol**: choose **NFS**. The list comes from the settings of the dashboard. Your storage may not have all that stands in it.',
        },
        {
          type: '1',
          into: '#id_size',
          frame: fieldOf('#id_size'),
          says: '**Size (GiB)**: write `1`. On the right you see what your project has used of its quota.',
        },
        {
          look: fieldOf('#id_share_type'),
          says: '**Share Type**: leave **default**. For a type that needs a share network, the form asks for one too.',
        },
        {
          look: fieldOf('#id_availability_zone'),
          says: '**Availability Zone**: leave it empty. It is the part of the cloud where the storage is, and Manila chooses one.',
        },
        {
          look: fieldOf('#id_sg'),
          says: '**Share Group**: leave it empty. It is for shares that you want to handle together.',
        },
        {
          look: fieldOf('#id_metadata'),
          says: '**Metadata**: leave it empty. You would write notes there, one in each line, such as `team=web`.',
        },
        {
          look: `${DIALOG} .form-group:has(#id_is_public)`,
          says: '**Make visible to users from all projects**: leave it. Manila lets only administrators tick it, unless the operator decides otherwise.',
        },
        { click: `${DIALOG} input.btn-primary`, says: 'Click **Create**.' },
      ],
    },
    {
      picture: {
        name: 'available',
        alt: 'The list of shares again. Look at the row of docs: its status is Available.',
        of: CONTENT,
        when: `${row('docs')}:has-text("Available")`,
      },
      steps: [
        {
          look: row('docs'),
          says: 'Wait until the row of `docs` says **Available**. It changes by itself. **private** means that other projects do not see the share.',
        },
      ],
    },
  ],
};

export default walkThrough;
