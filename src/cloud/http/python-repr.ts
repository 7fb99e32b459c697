/** How Python writes values, where the services put them into their sentences. */
export { pformat } from '../../python/pprint';
export { repr } from '../../python/repr';
