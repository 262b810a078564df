// `npm run bench -- store`
import { benchApi } from './bench-api.ts';
import { benchStore } from './bench-store.ts';

export async function bench(): Promise<void> {
  await benchStore();
  await benchApi();
}
