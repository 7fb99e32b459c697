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
          click: button('Create Key Pair'),
          says: 'Open **Project**, **Compute**, **Key Pairs**, and click **Create Key Pair**.',
        },
        {
          look: button('Import Public Key'),
          says: '**Import Public Key** takes the public half of a key that you have: choose its file or paste it.',
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
          says: '**Key Pair Name**: letters, digits, spaces, dashes and underscores.',
        },
        {
          choose: 'SSH Key',
          from: `${DIALOG} select[name=key-type]`,
          frame: field('Key Type'),
          says: '**Key Type**: **SSH Key**. The other one is for Windows.',
        },
        {
          click: `${DIALOG} >> ${button('Create Key Pair')}`,
          says: 'Click **Create Key Pair**. Your browser saves `mine.pem`, the private half, and nobody can give it to you again. The dashboard still asks Nova to make the pair, in an older way: it is an RSA one.',
        },
      ],
    },
  ],
};

export default walkThrough;
