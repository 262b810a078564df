// `hindcast queue`: the running and the waiting runs, and how many may train at once.

import type { Queue, RunSummary } from '../../../contract/runs/run.ts';
import { readRunList } from '../../../contract/runs/run-list.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { counted, formatDuration } from '../text/format.ts';
import { renderTable } from '../text/table.ts';
import { UsageError } from '../usage.ts';
import { tableStyle } from './style.ts';
import { findTarget } from './target.ts';

export interface QueueArguments {
  readonly limit?: number;
  readonly move?: RunReference;
  readonly to?: number;
}

export async function queue(context: VerbContext, given: QueueArguments): Promise<Outcome> {
  const { limit, move, to } = given;
  if ((move === undefined) !== (to === undefined)) {
    throw new UsageError('queue needs --move RUN and --to N together, for example --move 3 --to 1.');
  }
  const { client } = await context.connect('existing');
  if (limit !== undefined) await client.queue.setLimit({ limit });
  if (move !== undefined && to !== undefined) await moveTo(client, move, to);
  const state = await client.queue.get();
  return { json: state, text: queueText(context, state, await readRunList(await client.runs.list())) };
}

/** The waiting runs of a study stay together, in their order. */
async function moveTo(client: EngineClient, reference: RunReference, position: number): Promise<void> {
  const { run, study } = await findTarget(client, reference);
  if (study === null) return void (await client.queue.move({ run, position }));
  const { runs } = await client.studies.get({ study });
  const { queued } = await client.queue.get();
  const waiting = runs.filter((id) => queued.includes(id));
  if (waiting.length === 0)
    throw new HindcastError('conflict', `No run of study s${study} waits in the queue.`);
  // From the last on, each to the same position: those before it push it on.
  for (const id of waiting.toReversed()) await client.queue.move({ run: id, position });
}

function queueText(context: VerbContext, state: Queue, runs: readonly RunSummary[]): string {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const rows = [
    ...state.running.map((id) => ['trains', id] as const),
    ...state.queued.map((id, index) => [String(index + 1), id] as const),
  ].map(([position, id]) => {
    const run = byId.get(id);
    return [position, String(id), run?.name ?? '', formatDuration(run?.secondsLeft ?? null)];
  });
  const limit = `${counted(state.limit, 'run')} may train at once.`;
  if (rows.length === 0) return `Nothing trains and nothing waits; ${limit}`;
  const columns = [
    { header: 'POSITION', right: true },
    { header: 'RUN', right: true },
    { header: 'NAME', cut: true },
    { header: 'LEFT', right: true },
  ];
  return `${renderTable(columns, rows, tableStyle(context.terminal))}\n${limit}`;
}
