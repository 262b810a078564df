#!/usr/bin/env node
// Starts the built command line on Node 24. Plain JavaScript without dependencies, because an older Node must be able to read it:
// if the Node that runs this file is too old, the file runs again on the Node of the npm package `node`.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED_MAJOR = 24;
const here = fileURLToPath(import.meta.url);
const root = dirname(dirname(here));

/** @param {string} sentence */
function fail(sentence) {
  process.stderr.write(`hindcast: ${sentence}\n`);
  process.exitCode = 1;
}

/** The Node that is installed with Hindcast, in this or a folder above, or undefined. */
function ownNode() {
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  for (let folder = root; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', 'node', 'bin', binary);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

/** @param {string} node */
function runAgain(node) {
  const child = spawn(node, [here, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, HINDCAST_REEXECUTED: '1' },
  });
  // This process waits for the child to end, whatever arrives; the child takes an echo from the terminal for the same signal.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => fail(`${node} does not start (${error.message}); run \`npm install\` again.`));
  child.on('exit', (code, signal) => {
    // V8 ends a process without memory by one of the first three, the system by the last one.
    if (signal && ['SIGABRT', 'SIGTRAP', 'SIGSEGV', 'SIGKILL'].includes(signal))
      fail(
        `the program was ended by ${signal}, probably for lack of memory; see \`hindcast doctor\`, and close what else needs memory.`,
      );
    process.exitCode = code ?? 128 + (constants.signals[/** @type {NodeJS.Signals} */ (signal)] ?? 0);
  });
}

async function runHere() {
  const built = join(root, 'out', 'main', 'cli.js');
  if (!existsSync(built)) return fail('the program is not built yet; run `npm run build` in its folder.');
  // Compiled code from the last start makes this one quicker.
  const { compileCacheFolder } = await import('./compile-cache.js');
  const folder = compileCacheFolder();
  if (folder) module.enableCompileCache?.(folder);
  await import(pathToFileURL(built).href);
}

const major = Number(process.versions.node.split('.')[0]);
// One file after the other: imports at the top would open several at once, and there may be a single one left to open.
const { tooLittleHeap, tooLowLimit } = await import('./limits.js');
const limit = tooLowLimit() ?? (major >= NEEDED_MAJOR ? tooLittleHeap() : undefined);
if (limit) fail(limit);
else if (major >= NEEDED_MAJOR) await runHere();
else {
  const node = process.env.HINDCAST_REEXECUTED ? undefined : ownNode();
  if (node) runAgain(node);
  else {
    fail(
      `Node ${NEEDED_MAJOR} is needed, but this is ${process.versions.node} and the package \`node\` is not there; run \`npm install\` in ${root}, or use Node ${NEEDED_MAJOR}.`,
    );
  }
}
