// `hindcast runs`: the newest runs and how they stand.
import { isWorseThanBaseline } from '../../../contract/baseline-check.ts';
import { ACTIVE_STATES, type RunState, type RunSummary } from '../../../contract/run.ts';
import { readRunList } from '../../../contract/run-list.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { formatCount, formatDuration, formatScore, formatTime } from '../text/format.ts';
import { renderTable } from '../text/table.ts';
import { tableStyle } from './style.ts';

export interface RunsArguments {
  readonly state?: readonly RunState[];
  readonly limit?: number;
}

/** Rows for people where no limit is given. */
const DEFAULT_LIMIT = 50;

export async function listRuns(context: VerbContext, given: RunsArguments): Promise<Outcome> {
  const limit = given.limit ?? (context.json ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT);
  const { client } = await context.connect('existing');
  // One more than is shown, to know whether there are more; states are chosen here, so then the whole list is needed.
  const ask = given.state || !Number.isFinite(limit) ? {} : { limit: limit + 1 };
  const all = await readRunList(await client.runs.list(ask));
  const found = given.state ? all.filter((run) => given.state?.includes(run.state)) : all;
  const runs = found.slice(0, limit);
  if (runs.length === 0) return { json: [], text: emptyText(given) };
  if (!context.json && found.length > limit) {
    context.terminal.err(`The newest ${formatCount(limit)} are shown; --limit N shows more.\n`);
  }
  const json = runs.map((run) => ({ ...run, worseThanBaseline: isWorseThanBaseline(run) }));
  return { json, text: runTable(context, runs) };
}

function emptyText({ state }: RunsArguments): string {
  if (state) return `No run is ${state.join(' or ')}; \`hindcast runs\` shows all.`;
  return 'No runs yet: `hindcast train samples/sp500-lstm.json` makes one.';
}

function runTable(context: VerbContext, runs: readonly RunSummary[]): string {
  const marked = runs.some(isWorseThanBaseline);
  const columns = [
    { header: 'RUN', right: true },
    { header: 'NAME', cut: true },
    { header: 'STATE' },
    { header: 'EPOCH', right: true },
    { header: 'STEP', right: true },
    { header: 'LOSS', right: true },
    { header: 'VALIDATION', right: true },
    { header: 'BEST', right: true },
    { header: marked ? 'TEST  ' : 'TEST', right: true },
    { header: 'LEFT', right: true },
    { header: 'DATASET', cut: true },
    { header: 'MADE' },
  ];
  const rows = runs.map((run) => runRow(run, marked));
  const table = renderTable(columns, rows, tableStyle(context.terminal));
  return marked ? `${table}\n! worse than its best baseline: see \`hindcast show RUN\`` : table;
}

/** With two more characters after each test score where some are `marked`, so that the numbers stay in line. */
function runRow(run: RunSummary, marked: boolean): string[] {
  const mark = isWorseThanBaseline(run) ? ' !' : '  ';
  return [
    String(run.id),
    run.name,
    stateText(run),
    `${run.epoch}/${run.totalEpochs}`,
    formatCount(run.step),
    formatScore(run.lastTrainLoss),
    formatScore(run.lastValidationLoss),
    formatScore(run.bestValidationLoss),
    `${formatScore(run.testScore)}${marked ? mark : ''}`,
    ACTIVE_STATES.includes(run.state) ? formatDuration(run.secondsLeft) : '',
    run.datasetName,
    formatTime(run.createdAtMs),
  ];
}

/** `queued 2`: second in the queue; `stopping`: asked to. */
export function stateText(run: RunSummary): string {
  if (run.state === 'queued' && run.queuePosition !== null) return `queued ${run.queuePosition}`;
  return run.stopRequested && run.state === 'running' ? 'stopping' : run.state;
}
