import { KEY_PAIRS } from './panels';
import { button, CONTENT, DIALOG, field, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'create-key-pair',
  start: KEY_PAIRS.start,
  scenes: [
    KEY_PAIRS.opening(
      {
        name: 'list',
        alt: 'The page Key Pairs. Click Create Key Pair above the empty list.',
        when: button('Create Key Pair'),
      },
      {
        click: button('Create Key Pair'),
        says: 'click **Create Key Pair**. Do you have a key already? Then **Import Public Key** beside it is safer: you give the public half, and the private half stays on your machine.',
      },
    ),
    {
      picture: {
        name: 'form',
        alt: 'The form Create Key Pair with the name mine and the type SSH Key. Fill it in, then click Create Key Pair.',
        of: DIALOG,
        when: `${DIALOG} ${field('Key Pair Name')}`,
      },
      steps: [
        {
          // without its label: the number would cover the button for help
          type: 'mine',
          into: `${DIALOG} #name`,
          says: '**Key Pair Name**: write `mine`. Letters, digits, spaces, dashes and underscores are taken.',
        },
        {
          choose: 'SSH Key',
          from: `${DIALOG} select[name=key-type]`,
          frame: field('Key Type'),
          says: '**Key Type**: choose **SSH Key**. The other one, **X509 Certificate**, is for Windows.',
        },
        {
          click: `${DIALOG} >> ${button('Create Key Pair')}`,
          says: 'Click **Create Key Pair**. Your browser saves `mine.pem`, the private half. Keep it: nobody can give it to you again.',
        },
      ],
    },
    {
      picture: {
        name: 'created',
        alt: 'The list of key pairs again. Look at the row of mine.',
        of: CONTENT,
        when: row('mine'),
      },
      steps: [{ look: row('mine'), says: '**mine** is in the list. The cloud keeps its public half only.' }],
    },
  ],
};

export default walkThrough;
