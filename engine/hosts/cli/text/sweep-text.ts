// A sweep in words and tables of the terminal.
import { ACTIVE_STATES, type RunSummary } from '../../../contract/runs/run.ts';
import type { Values } from '../../../contract/studies/search.ts';
import type { StudySummary } from '../../../contract/studies/study.ts';
import type { SweepTrial, SweepView } from '../../../contract/studies/sweep.ts';
import { shareCell } from '../../../words/share-text.ts';
import { shortPaths } from '../../../words/sweeps.ts';
import { stateText } from '../verbs/runs.ts';
import { fittedLine, type Piece } from '../watch/fitted-line.ts';
import { bar } from '../watch/progress.ts';
import { counted, formatDuration, formatLeft, formatScore, formatTime, NOTHING } from './format.ts';
import { testScoreText } from './measure.ts';
import { renderTable, type TableStyle } from './table.ts';

const usedText = ({ used, most }: SweepView['budget']['runs'], unit: string): string => {
  const rounded = Number(used.toFixed(1));
  return most === null ? `${rounded} ${unit}` : `${rounded} of ${most} ${unit}`;
};

export function sweepFacts(
  study: StudySummary,
  view: SweepView,
  members: readonly RunSummary[],
): [string, string][] {
  const { budget, importance, secondsLeft } = view;
  const states = [...Map.groupBy(members, ({ state }) => state)].map(
    ([state, runs]) => `${runs.length} ${state}`,
  );
  return [
    ['Sweep', `s${study.id} "${study.name}"`],
    ['Method', `${view.method}, stopper ${view.stopper}, by the validation ${view.objective}`],
    [
      'Used',
      [
        usedText(budget.runs, 'trials'),
        usedText(budget.epochs, 'epochs'),
        usedText(budget.minutes, 'minutes'),
      ].join(', '),
    ],
    ['Runs', states.join(', ')],
    ...(study.open
      ? [['Time left', secondsLeft === null ? NOTHING : formatDuration(secondsLeft)] as [string, string]]
      : []),
    ...(importance.length > 1
      ? [
          [
            'Importance',
            importance.map(({ path, share }) => `${path} ${shareCell(share, 0)}`).join(', '),
          ] as [string, string],
        ]
      : []),
    ['Made', formatTime(study.createdAtMs)],
  ];
}

/** The whole sweep in one line that is not longer than `width`. */
export function sweepLine(view: SweepView, width: number): string {
  const { trials, budget, best, objective, secondsLeft } = view;
  const most = budget.runs.most ?? budget.runs.used;
  const isOver = ({ state }: SweepTrial): boolean => state === null || !ACTIVE_STATES.includes(state);
  const [own, again] = [true, false].map((first) =>
    trials.filter(({ repeats }) => (repeats === null) === first),
  ) as [SweepTrial[], SweepTrial[]];
  const over = own.filter(isOver).length;
  const training = trials.filter(({ state }) => state === 'running').length;
  const waiting = trials.filter(({ state }) => state === 'queued').length;
  const result = trials.find(({ trial }) => trial === best)?.result ?? null;
  const pieces: Piece[] = [{ text: `${over}/${counted(most, 'trial')}`, rank: 0 }];
  if (Number.isFinite(width)) pieces.push({ text: bar(over / Math.max(1, most)), rank: 4 });
  if (again.length > 0)
    pieces.push({ text: `${again.filter(isOver).length}/${counted(again.length, 'repeat')}`, rank: 2 });
  if (training > 0) pieces.push({ text: `${training} training`, rank: 3 });
  if (waiting > 0) pieces.push({ text: `${waiting} waiting`, rank: 5 });
  if (result !== null)
    pieces.push({ text: `best ${objective} ${formatScore(result)} (trial ${best})`, rank: 1 });
  if (secondsLeft) pieces.push({ text: formatLeft(secondsLeft), rank: 1 });
  return fittedLine(pieces, width);
}

/** Best first; those without a result last. Repeats follow their trial. */
export function sweepTable(view: SweepView, members: readonly RunSummary[], style: TableStyle): string {
  const paths = Object.keys(view.space);
  const names = shortPaths(paths);
  const columns = [
    { header: 'TRIAL', right: true },
    { header: 'RUN', right: true },
    { header: 'STATE' },
    { header: 'EPOCH', right: true },
    { header: `BEST ${view.objective.toUpperCase()}`, right: true },
    { header: 'TEST', right: true },
    // Of many fields each keeps its first digits, rather than the last ones nothing.
    ...paths.map((path) => ({ header: names.get(path) ?? path, right: true, cut: true })),
  ];
  const byId = new Map<number | null, RunSummary>(members.map((run) => [run.id, run]));
  const rows = inOrder(view).map((trial) => {
    const run = byId.get(trial.run);
    return [
      trial.repeats === null ? String(trial.trial) : `${trial.repeats}, seed ${trial.seed}`,
      trial.run === null ? NOTHING : String(trial.run),
      run === undefined ? 'deleted' : stateText(run),
      `${trial.epoch}/${trial.totalEpochs}`,
      formatScore(trial.result),
      run === undefined ? NOTHING : testScoreText(run),
      ...paths.map((path) => shown(trial.values[path])),
    ];
  });
  return rows.length === 0 ? '' : renderTable(columns, rows, style);
}

function inOrder({ trials, higherIsBetter }: SweepView): readonly SweepTrial[] {
  const rank = ({ state, epoch }: SweepTrial): number =>
    state === 'completed' ? Number.MAX_SAFE_INTEGER : epoch;
  const value = ({ result }: SweepTrial): number =>
    result === null ? Infinity : higherIsBetter ? -result : result;
  const own = trials
    .filter(({ repeats }) => repeats === null)
    .toSorted((a, b) => rank(b) - rank(a) || compare(value(a), value(b)) || a.trial - b.trial);
  return own.flatMap((trial) => [trial, ...trials.filter(({ repeats }) => repeats === trial.trial)]);
}

const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

const shown = (value: Values[string] | undefined): string => {
  if (value === undefined) return NOTHING;
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  return typeof value === 'string' ? value : JSON.stringify(value);
};
