import { openFromMenu, UPDATE_IMAGE } from './images';
import { IMAGES } from './panels';
import { DIALOG, row, type WalkThrough } from './walk-through';

const AVAILABLE = '.metadata-tree .panel:has-text("Available Metadata")';
const EXISTING = '.metadata-tree .panel:has-text("Existing Metadata")';
const known = (title: string) => `${AVAILABLE} li:has(:text-is("${title}"))`;
const existing = (name: string) => `${EXISTING} li:has([title="${name}"])`;
const PROPERTIES = '#content_body div:has(> h3:text-is("Custom Properties"))';
const property = (name: string) => `${PROPERTIES} dl > div:has(> dt:text-is("${name}"))`;
const CUSTOM = `${AVAILABLE} li:has-text("Custom")`;

const walkThrough: WalkThrough = {
  name: 'set-metadata',
  start: IMAGES.start,
  scenes: [
    openFromMenu('web', 'Edit Image'),
    {
      picture: {
        name: 'catalogue',
        alt: 'The second step of Edit Image: on the left the catalogue with SCSI Model chosen, below what it means. Click the plus behind SCSI Model.',
        of: DIALOG,
        when: '#imageForm-name',
      },
      steps: [
        { set: '.wizard-nav a:has-text("Metadata")', says: 'Click **Metadata**, the second step.' },
        {
          set: known('libvirt Driver Options for Images'),
          frame: AVAILABLE,
          says: '**Available Metadata** is the catalogue: it has only what fits images. Go down in it, and click **libvirt Driver Options for Images**. It opens.',
        },
        {
          set: known('SCSI Model'),
          frame: `${known('SCSI Model')} .pull-left`,
          says: 'Click **SCSI Model**.',
        },
        {
          look: `${DIALOG} .well:visible`,
          says: 'Read what **SCSI Model** is for. In brackets stands the name of the property: `hw_scsi_model`.',
        },
        { click: `${known('SCSI Model')} .btn`, says: 'Click the **+** in the row of **SCSI Model**.' },
      ],
    },
    {
      picture: {
        name: 'custom',
        alt: 'The same step: on the right hw_scsi_model has come, and os_distro says ubuntu; on the left team is in the field Custom. Fill these in, then click the plus behind team.',
        of: DIALOG,
        when: existing('hw_scsi_model'),
      },
      steps: [
        {
          type: 'virtio-scsi',
          into: `${existing('hw_scsi_model')} input`,
          frame: existing('hw_scsi_model'),
          says: '**hw_scsi_model** has moved to the right. Type its value: `virtio-scsi`.',
        },
        {
          type: 'ubuntu',
          into: `${existing('os_distro')} input`,
          frame: existing('os_distro'),
          says: '**os_distro** has a value already. Change it to `ubuntu`.',
        },
        {
          type: 'team',
          into: `${CUSTOM} input`,
          frame: CUSTOM,
          says: '**Custom** is at the top of the list on the left: go up to it, and type `team`. It is for names that the catalogue does not know.',
        },
        { click: `${CUSTOM} button`, says: 'Click the **+** behind it.' },
      ],
    },
    {
      picture: {
        name: 'value',
        alt: 'The right list, filtered by team: its value is web. Fill this in, then click Update Image.',
        of: DIALOG,
        when: existing('team'),
      },
      steps: [
        {
          type: 'team',
          into: `${EXISTING} [placeholder=Filter]`,
          frame: `${EXISTING} .panel-heading`,
          says: '**Existing Metadata** is long. Type `team` into its **Filter**.',
        },
        {
          type: 'web',
          into: `${existing('team')} input`,
          frame: existing('team'),
          says: '**team** has no value yet. Type `web`.',
        },
        UPDATE_IMAGE,
      ],
    },
    {
      picture: {
        name: 'result',
        alt: 'The Custom Properties of the image web. Look for hw_scsi_model, os_distro and team.',
        of: PROPERTIES,
        when: row('web'),
      },
      steps: [
        {
          set: `${row('web')} a:text-is("web")`,
          frame: `${PROPERTIES} > h3`,
          says: 'Click the name `web`. Go down to **Custom Properties**.',
        },
        {
          look: property('hw_scsi_model'),
          says: 'Look for **hw_scsi_model**. Its value is `virtio-scsi`.',
        },
        { look: property('os_distro'), says: '**os_distro** is `ubuntu` now.' },
        { look: property('team'), says: '**team** is `web`.' },
      ],
    },
  ],
};

export default walkThrough;
