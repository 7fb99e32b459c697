import { button, DIALOG, field, type Scene, type Step, type Target } from './walk-through';

/** A container in the list of them. */
export function container(name: string): Target {
  return `.hz-container-title:text-is("${name}")`;
}

/** Opens a container: its figures below its name, its objects beside the list. */
export function openContainer(name: string): Step {
  return {
    set: container(name),
    frame: `.panel-heading:has(${container(name)})`,
    says: `click **${name}** in the list of containers.`,
  };
}

/** The form Create Container, filled in with a name and sent off. */
export function containerForm(name: string, alt: string, says: string, ...more: Step[]): Scene {
  return {
    picture: { name: 'form', alt, of: DIALOG, when: `${DIALOG} ${field('Container Name')}` },
    steps: [
      {
        // without its label: the number would cover the button for help
        type: name,
        into: `${DIALOG} #name`,
        says: `**Container Name**: write \`${name}\`. ${says}`,
      },
      ...more,
      { click: `${DIALOG} >> ${button('Submit')}`, says: 'Click **Submit**.' },
    ],
  };
}
