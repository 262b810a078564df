// Describes the backends for `doctor`. Each one is really started, so the answer is what a run would find.
import { availableParallelism } from 'node:os';
import { type BackendName, BackendNameSchema } from '../contract/experiment/experiment.ts';
import type { BackendStatus } from '../contract/workspace/engine-info.ts';
import { asUnavailable, startBackend } from './select.ts';

/** Starts every backend in this process, one after the other; run it in a separate process. */
export async function describeBackends(): Promise<BackendStatus[]> {
  const statuses: BackendStatus[] = [];
  for (const name of BackendNameSchema.options) statuses.push(await statusOf(name));
  return statuses;
}

async function statusOf(name: BackendName): Promise<BackendStatus> {
  try {
    const { version, device } = await startBackend(name, availableParallelism());
    return { name, available: true, version, device, reason: null, install: null };
  } catch (cause) {
    const { details, message } = asUnavailable(name, cause);
    const reason = typeof details?.reason === 'string' ? details.reason : message;
    const install = typeof details?.install === 'string' ? details.install : null;
    return { name, available: false, version: null, device: null, reason, install };
  }
}
