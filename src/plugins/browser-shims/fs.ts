/** Node's `fs` is never reached in the browser: our programs open files through `ProgramContext.files`. */
export {};
