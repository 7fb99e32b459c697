/** Nothing to add: code is highlighted while the site is built. */
export default function prismIncludeLanguages(): void {}
