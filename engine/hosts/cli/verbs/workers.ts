// `hindcast workers`: who is in the pool, and what each does.

import type { PoolWorker } from '../../../contract/pool/status.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { requirePoolFile } from '../../../pool/setup/pool-file.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { formatBytes, formatDuration } from '../text/format.ts';
import { renderTable } from '../text/table.ts';
import { tableStyle } from './style.ts';

export async function workers(context: VerbContext): Promise<Outcome> {
  requirePoolFile(context.workspacePath);
  const { client } = await context.connect('existing');
  const status = await client.pool.status();
  if (status.problem !== null) throw new HindcastError('connection-lost', status.problem);
  const waiting =
    status.waiting.length === 0
      ? 'No run waits for a worker'
      : `${status.waiting.length} runs wait for a worker`;
  const foot = `Pool ${status.address}. ${waiting}.`;
  if (status.workers.length === 0) {
    return {
      json: status,
      text: `${foot} No worker has joined: \`hindcast worker --join n1.join\` starts one.`,
    };
  }
  const columns = [
    { header: 'WORKER', cut: true },
    { header: 'DOES', cut: true },
    { header: 'THREADS', right: true },
    { header: 'CORES', right: true },
    { header: 'MEMORY', right: true },
    { header: 'KERNELS' },
    { header: 'HEARD', right: true },
    { header: 'LOGIN', cut: true },
  ];
  const rows = status.workers.map((worker) => [
    worker.label,
    doing(worker),
    String(worker.threads),
    String(worker.cores),
    formatBytes(worker.memoryBytes),
    worker.sameKernels ? 'same' : `other (${worker.version})`,
    `${formatDuration(worker.silentSeconds)} ago`,
    worker.login,
  ]);
  return { json: status, text: `${renderTable(columns, rows, tableStyle(context.terminal))}\n${foot}` };
}

function doing({ alive, run, elsewhere, sameKernels }: PoolWorker): string {
  if (!alive) return 'silent';
  if (run !== null) return `trains run ${run}`;
  if (elsewhere) return 'trains for another workspace';
  return sameKernels ? 'waits' : 'waits; takes no run of this Hindcast';
}
