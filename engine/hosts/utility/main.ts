// Entry of the engine process for a window or a page's server: `utility.js WORKSPACE [--existing] [--files=FOLDER]`. Log lines go to
// standard error as JSON. With --existing no workspace is made where there is none. With a folder, clients may only name files in that folder, as a browser's page may.
import { confined } from '../engine/confined.ts';
import { logRejections } from '../engine/log-rejections.ts';
import { openEngine } from '../engine/open-engine.ts';
import { findParent } from './parent.ts';
import { serveParent } from './serve-parent.ts';

const log = (line: Readonly<Record<string, unknown>>): void => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
};
// A window's end must not leave this process dying of a closed pipe before its runs have their checkpoints.
process.stderr.on('error', () => {});
process.on('SIGINT', () => {});
logRejections(log);

const [workspacePath = '', ...options] = process.argv.slice(2);
const folder = options.flatMap((option) => /^--files=(.+)$/.exec(option)?.[1] ?? [])[0];
const existing = options.includes('--existing');
const exitCode = await serveParent(findParent(), async () => {
  const engine = await openEngine({ workspacePath, log, stays: true, existing });
  if (folder === undefined) return engine;
  return { close: engine.close, accept: (channel) => engine.accept(confined(channel, folder)) };
});
// A message that was posted last still has to leave.
setTimeout(() => process.exit(exitCode), exitCode === 0 ? 0 : 100);
