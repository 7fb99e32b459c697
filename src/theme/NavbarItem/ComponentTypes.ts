import DefaultNavbarItem from '@theme/NavbarItem/DefaultNavbarItem';

/** The kinds of links in the bar at the top: plain ones. The classic theme sends its menus of versions and languages to every reader. */
export default { default: DefaultNavbarItem };
