/** What several walk-throughs of images have in common. */
import { IMAGES } from './panels';
import { button, DIALOG, row, type Scene, type Step, type Target } from './walk-through';

/** An entry of the menu of a row that is open. */
export function entry(image: string, name: string): Target {
  return `${row(image)} a:visible:has-text("${name}")`;
}

/** Opens the menu of a row, tells of its other entries, and clicks one. */
export function openFromMenu(image: string, clicked: string, ...others: Step[]): Scene {
  return IMAGES.opening(
    {
      name: 'menu',
      alt: `The list of images, with the menu of ${image} open. Open it, and click ${clicked}.`,
      when: row(image),
    },
    {
      set: `${row(image)} .split-caret`,
      says: `open the menu at the end of the row of \`${image}\`, with the small triangle.`,
    },
    ...others,
    { click: entry(image, clicked), says: `Click **${clicked}**.` },
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
