/** What @docusaurus/utils-common asks of tslib, without the rest of it. */
exports.__importDefault = (module) => (module && module.__esModule ? module : { default: module });
