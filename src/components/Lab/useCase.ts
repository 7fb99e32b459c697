import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation } from '@docusaurus/router';
import { DamagedLink } from './fragment';

/** How long after a change the address follows, in ms: browsers allow a hundred changes in half a minute. */
const ADDRESS_DELAY = 400;

/** How a lab's case becomes the fragment of a link, and back. */
export interface CaseLinks<Case> {
  /** The case that the lab starts with. */
  start: Case;
  toFragment: (labCase: Case) => string;
  /** @throws {@link DamagedLink} */
  fromFragment: (fragment: string) => Case | undefined;
}

/** The case of a lab: read from the address, and written there as it changes. `links` has to stay the same object. */
export function useCase<Case>(links: CaseLinks<Case>) {
  const location = useLocation();
  const [labCase, setCase] = useState(links.start);
  const [damage, setDamage] = useState('');
  const touched = useRef(false);
  useEffect(() => {
    try {
      const linked = links.fromFragment(window.location.hash.slice(1));
      if (linked !== undefined) setCase(linked);
      setDamage('');
    } catch (error) {
      if (!(error instanceof DamagedLink)) throw error;
      setCase(links.start);
      setDamage(error.message);
    }
    touched.current = false;
  }, [links, location]);
  useEffect(() => {
    if (!touched.current) return undefined;
    const timer = setTimeout(() => {
      window.history.replaceState(window.history.state, '', addressOf(links.toFragment(labCase)));
    }, ADDRESS_DELAY);
    return () => clearTimeout(timer);
  }, [links, labCase]);
  const change = useCallback((changed: Case) => {
    touched.current = true;
    setDamage('');
    setCase(changed);
  }, []);
  return { labCase, change, damage };
}

/** The address of this page with a case in it. */
export function addressOf(fragment: string): string {
  const { origin, pathname, search } = window.location;
  return `${origin}${pathname}${search}${fragment === '' ? '' : `#${fragment}`}`;
}
