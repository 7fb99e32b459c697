/** The course has one version, so there is nothing to say about it. */
export default function DocVersionBanner(): null {
  return null;
}
