/** While pages are rendered to HTML nothing runs: the sandbox is for browsers. */
export {};
