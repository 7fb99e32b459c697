/** Stands in for prism-react-renderer: code is highlighted while the site is built. */
export const Prism = { languages: {} };
