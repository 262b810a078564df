// Threads of the pool: each gets the compiled module and the shared memory, and runs the kernels' worker loop. The source is a
// string, so it needs no path from a bundle; it runs in Node's worker_threads or in the browser's Worker.
import type { Worker as NodeWorker } from 'node:worker_threads';

const BODY = `
  const instance = new WebAssembly.Instance(data.module, { env: { memory: data.memory } });
  ready();
  while (instance.exports.workerRound(data.index));
`;
const NODE_SOURCE = `
  const { workerData: data, parentPort } = require('node:worker_threads');
  const ready = () => parentPort.postMessage('ready');
  ${BODY}
`;
const WEB_SOURCE = `
  self.onmessage = ({ data }) => {
    const ready = () => self.postMessage('ready');
    ${BODY}
  };
`;

interface WorkerSeed {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** 1 for the first worker; 0 is the calling thread. */
  readonly index: number;
}

/** Ends one worker at once. */
export type StopWorker = () => void;

/** Starts one worker; resolves when it is about to take work. */
export function startWorker(seed: WorkerSeed): Promise<StopWorker> {
  return typeof process === 'object' && process.versions?.node ? startInNode(seed) : startInBrowser(seed);
}

async function startInNode(seed: WorkerSeed): Promise<StopWorker> {
  const { Worker } = await import('node:worker_threads');
  // execArgv: flags of the parent (loaders, inspectors) are of no use to it.
  const worker: NodeWorker = new Worker(NODE_SOURCE, { eval: true, workerData: seed, execArgv: [] });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  worker.unref();
  return () => void worker.terminate();
}

async function startInBrowser(seed: WorkerSeed): Promise<StopWorker> {
  const url = URL.createObjectURL(new Blob([WEB_SOURCE], { type: 'text/javascript' }));
  const worker = new Worker(url);
  await new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(seed);
  });
  URL.revokeObjectURL(url);
  return () => worker.terminate();
}
