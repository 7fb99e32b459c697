import { button, CONTENT, DIALOG, field, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'create-key-pair',
  start: '/project/key_pairs',
  scenes: [
    {
      picture: {
        name: 'list',
        alt: 'The page Key Pairs. Click Create Key Pair above the empty list.',
        of: CONTENT,
        when: button('Create Key Pair'),
      },
      steps: [
        {
          look: button('Import Public Key'),
          says: 'Open **Project**, **Compute**, **Key Pairs**. If you have a key, **Import Public Key** is the safer way: you choose the file of its public half, or paste it, and the private half never leaves your machine.',
        },
        {
          click: button('Create Key Pair'),
          says: 'For a new key, click **Create Key Pair**.',
        },
      ],
    },
    {
      picture: {
        name: 'form',
        alt: 'The form Create Key Pair with the name mine and the type SSH Key. Fill it in, then click Create Key Pair.',
        of: DIALOG,
        when: `${DIALOG} #name`,
      },
      steps: [
        {
          type: 'mine',
          into: `${DIALOG} #name`,
          frame: field('Key Pair Name'),
          says: '**Key Pair Name**: `mine`. Letters, digits, spaces, dashes and underscores are taken.',
        },
        {
          choose: 'SSH Key',
          from: `${DIALOG} select[name=key-type]`,
          frame: field('Key Type'),
          says: '**Key Type**: **SSH Key**. The other one, **X509 Certificate**, is for Windows.',
        },
        {
          click: `${DIALOG} >> ${button('Create Key Pair')}`,
          says: 'Click **Create Key Pair**. Your browser saves `mine.pem`, the private half, and nobody can give it to you again. Here Nova made the pair, for the dashboard asks in the older way. It is an RSA key, and its private half came over the network.',
        },
      ],
    },
  ],
};

export default walkThrough;
