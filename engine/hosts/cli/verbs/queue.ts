// `hindcast queue`: what trains, what waits, how many runs may train at once.
import type { RunReference } from '../../../contract/ids.ts';
import type { Queue, RunSummary } from '../../../contract/run.ts';
import { readRunList } from '../../../contract/run-list.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { counted, formatDuration } from '../text/format.ts';
import { renderTable } from '../text/table.ts';
import { UsageError } from '../usage.ts';
import { tableStyle } from './style.ts';

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
  if (move !== undefined && to !== undefined) await client.queue.move({ run: move, position: to });
  const state = await client.queue.get();
  return { json: state, text: queueText(context, state, await readRunList(await client.runs.list())) };
}

function queueText(context: VerbContext, state: Queue, runs: readonly RunSummary[]): string {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const rows = [
    ...state.running.map((id) => ['trains', id] as const),
    ...state.queued.map((id, index) => [String(index + 1), id] as const),
  ].map(([place, id]) => {
    const run = byId.get(id);
    return [place, String(id), run?.name ?? '', formatDuration(run?.secondsLeft ?? null)];
  });
  const limit = `${counted(state.limit, 'run')} may train at once.`;
  if (rows.length === 0) return `Nothing trains and nothing waits; ${limit}`;
  const columns = [
    { header: 'PLACE', right: true },
    { header: 'RUN', right: true },
    { header: 'NAME', cut: true },
    { header: 'LEFT', right: true },
  ];
  return `${renderTable(columns, rows, tableStyle(context.terminal))}\n${limit}`;
}
