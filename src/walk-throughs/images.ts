/** What several walk-throughs of images have in common. */
import { IMAGES } from './panels';
import { button, CONTENT, DIALOG, row, type Scene, type Step, type Target } from './walk-through';

/** An entry of the menu of a row that is open. */
export function entry(image: string, name: string): Target {
  return `${row(image)} a:visible:has-text("${name}")`;
}

/** What is told of the menu of a row, in the order of its entries. */
interface MenuTour {
  above?: readonly Step[];
  /** Of the entry that is clicked. */
  clicked?: string;
  below?: readonly Step[];
}

/** Opens the menu of a row, tells of its other entries, and clicks one. */
export function openFromMenu(image: string, clicked: string, tour: MenuTour = {}): Scene {
  return IMAGES.opening(
    {
      name: 'menu',
      alt: `The list of images, with the menu of ${image} open. Open it, and click ${clicked}.`,
      when: row(image),
    },
    {
      set: `${row(image)} .split-caret`,
      // the triangle's own text is for screen readers only
      frame: `${row(image)} .actions_column`,
      says: `open the menu in the row of \`${image}\`: click the small triangle behind **Launch**. **Launch** itself would start a server.`,
    },
    ...(tour.above ?? []),
    { click: entry(image, clicked), says: tour.clicked ?? `Click **${clicked}**.` },
    ...(tour.below ?? []),
  );
}

export const UPDATE_IMAGE: Step = {
  click: `${DIALOG} >> ${button('Update Image')}`,
  says: 'Click **Update Image**.',
};

/** The question that comes before anything is deleted. */
export function confirmDelete(alt: string, read: string, clicked: string): Scene {
  return {
    picture: { name: 'confirm', alt, of: DIALOG, when: `${DIALOG} .btn-danger` },
    steps: [
      { look: `${DIALOG} .modal-body`, says: read },
      { click: `${DIALOG} .btn-danger`, says: clicked },
    ],
  };
}

/** The list without an image that is deleted, and with one that is not. */
export function afterDelete(gone: string, alt: string, says: string): Scene {
  const kept = 'old-2';
  return {
    picture: {
      name: 'list',
      alt,
      of: CONTENT,
      when: `tbody:has(a:text-is("${kept}")):not(:has(a:text-is("${gone}")))`,
    },
    steps: [{ look: row(kept), says }],
  };
}
