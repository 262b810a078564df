// `npm run bench -- store`

import { readOptions } from '../options.ts';
import { benchApi } from './bench-api.ts';
import { benchStore } from './bench-store.ts';

const USAGE = `usage: npm run bench -- store

Times the workspace, the API and the command line with 10,000 runs. It has no options.`;

export async function bench(args: readonly string[]): Promise<void> {
  readOptions(args, {}, USAGE);
  await benchStore();
  await benchApi();
}
