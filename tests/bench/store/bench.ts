// `npm run bench -- store`: the store, its API, and the host under load.

import { readOptions } from '../options.ts';
import { benchApi } from './bench-api.ts';
import { benchBusy } from './bench-busy.ts';
import { benchStore } from './bench-store.ts';

const USAGE = `usage: npm run bench -- store

Times the workspace, the API and the command line with 10,000 runs, and the
host's answers while the statistics of ten million rows are computed. It has no options.`;

export async function bench(args: readonly string[]): Promise<void> {
  readOptions(args, {}, USAGE);
  await benchStore();
  await benchApi();
  await benchBusy();
}
