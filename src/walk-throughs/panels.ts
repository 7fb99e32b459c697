import type { Picture, Scene, Step } from './walk-through';
import { CONTENT } from './walk-through';

/** A list that the menu opens: most walk-throughs begin with one. */
interface Panel {
  start: string;
  /** The first scene. Its first step tells the way there, and goes on with the words `and` says. */
  opening(picture: Omit<Picture, 'of'>, step: Step, ...more: Step[]): Scene;
}

const menus = new Map<string, readonly string[]>();

/** What to open in the menu, one after the other, to come to where a walk-through starts. */
export function menuTo(start: string): readonly string[] | undefined {
  return menus.get(start);
}

function panel(start: string, ...entries: string[]): Panel {
  const menu = ['Project', ...entries];
  menus.set(start, menu);
  const way = menu.map((name) => `**${name}**`).join(', ');
  return {
    start,
    opening: (picture, step, ...more) => ({
      picture: { ...picture, of: CONTENT },
      steps: [{ ...step, says: `Open ${way}, and ${step.says}` }, ...more],
    }),
  };
}

export const IMAGES = panel('/project/images', 'Compute', 'Images');
export const KEY_PAIRS = panel('/project/key_pairs', 'Compute', 'Key Pairs');
export const SECURITY_GROUPS = panel('/project/security_groups/', 'Network', 'Security Groups');
export const NETWORKS = panel('/project/networks/', 'Network', 'Networks');
export const ROUTERS = panel('/project/routers/', 'Network', 'Routers');
export const FLOATING_IPS = panel('/project/floating_ips/', 'Network', 'Floating IPs');
export const CONTAINERS = panel('/project/containers', 'Object Store', 'Containers');
export const SHARES = panel('/project/shares/', 'Share', 'Shares');
