export { mask } from './mask';
export { parseBlock, TranscriptError } from './parse-block';
export type { BlockSource } from './parse-block';
export { blocksOn, clientPaths, commandTime, isStale, runBlock, runPage, runPath } from './run-page';
export type { ClientPath, CommandResult, PageRun, PageShell } from './run-page';
export type { Block, ClientName, Command, Page } from './transcript';
export { UPDATE_COMMAND, updatePage } from './update-page';
export { blockHash } from './block-hash';
export { comparable, MASKED } from './comparable';
