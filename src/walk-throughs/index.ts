import createImage from './create-image';
import type { WalkThrough } from './walk-through';

/** All walk-throughs, in the order of the course. The name of each is that of its file. */
export const WALK_THROUGHS: readonly WalkThrough[] = [createImage];
