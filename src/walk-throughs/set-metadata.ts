import { openFromMenu, UPDATE_IMAGE } from './images';
import { IMAGES } from './panels';
import { DIALOG, row, type WalkThrough } from './walk-through';

const AVAILABLE = '.metadata-tree .panel:has-text("Available Metadata")';
const EXISTING = '.metadata-tree .panel:has-text("Existing Metadata")';
const known = (title: string) => `${AVAILABLE} li:has(:text-is("${title}"))`;
const existing = (name: string) => `${EXISTING} li:has([title="${name}"])`;
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
          says: 'On the left is the catalogue. It has only what fits images. Open **libvirt Driver Options for Images**.',
        },
        {
          set: known('SCSI Model'),
          frame: `${known('SCSI Model')} .pull-left`,
          says: 'Click **SCSI Model**.',
        },
        {
          look: `${DIALOG} .well:visible`,
          says: 'Read below what it is for. The word in brackets is the name of the property.',
        },
        { click: `${known('SCSI Model')} .btn`, says: 'Click its **+**.' },
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
          says: 'It moved to the right, among what the image has. Its value is `virtio-scsi`.',
        },
        {
          type: 'ubuntu',
          into: `${existing('os_distro')} input`,
          frame: existing('os_distro'),
          says: 'Change what is there: `os_distro` becomes `ubuntu`.',
        },
        {
          type: 'team',
          into: `${CUSTOM} input`,
          frame: CUSTOM,
          says: '**Custom** is for names that the catalogue has not. Go up to the top of the list, and type `team`.',
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
          says: 'The list on the right is long. Filter it: `team`.',
        },
        {
          type: 'web',
          into: `${existing('team')} input`,
          frame: existing('team'),
          says: 'Give it the value `web`.',
        },
        UPDATE_IMAGE,
      ],
    },
    {
      picture: {
        name: 'result',
        alt: 'The Custom Properties of the image web. Look for hw_scsi_model, os_distro and team.',
        of: '#content_body div:has(> h3:text-is("Custom Properties"))',
        when: row('web'),
      },
      steps: [
        {
          set: `${row('web')} a:text-is("web")`,
          frame: 'h3:has-text("Custom Properties")',
          says: 'Click the name `web`, and look under **Custom Properties**.',
        },
      ],
    },
  ],
};

export default walkThrough;
