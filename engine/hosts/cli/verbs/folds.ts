// `hindcast folds STUDY...`: the folds of backtests side by side, their forecasts put together, and intervals by the folds before.
import type { EnsembleScore, EnsembleWay } from '../../../contract/studies/ensemble.ts';
import type { FoldIntervals, FoldsAnswer } from '../../../contract/studies/folds.ts';
import type { StudyReference } from '../../../contract/values/ids.ts';
import { CATALOGUE } from '../../../evaluation/catalogue.ts';
import { metricInSentence, scoreFormat } from '../../../words/scores/metric-info.ts';
import { shareCell } from '../../../words/share-text.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { formatCount, formatDataTime, formatScore, NOTHING } from '../text/format.ts';
import { type Column, renderTable } from '../text/table.ts';
import { UsageError } from '../usage.ts';
import { tableStyle } from './style.ts';

export interface FoldsArguments {
  readonly studies: readonly StudyReference[];
  readonly way: EnsembleWay;
  /** Default: the first of the task. */
  readonly metric?: string;
}

export async function folds(context: VerbContext, given: FoldsArguments): Promise<Outcome> {
  const { studies, way } = given;
  const { client } = await context.connect('existing');
  const answer = await client.studies.folds({ studies: [...studies], way });
  const metrics = [...new Set(answer.means.map(({ metric }) => metric))];
  const metric = given.metric ?? metrics[0] ?? '';
  if (!metrics.includes(metric)) {
    throw new UsageError(`The folds are not scored by "${metric}"; they are by ${metrics.join(', ')}.`);
  }
  const style = tableStyle(context.terminal);
  const head = `Test ${metricInSentence(CATALOGUE, metric)} of each fold.`;
  const table = renderTable(columnsOf(answer, metric), rowsOf(answer, metric), style);
  return { json: answer, text: `${head}\n\n${table}\n\n${answer.words.join('\n')}` };
}

const subjectsOf = ({ means }: FoldsAnswer, metric: string): string[] =>
  means.filter((score) => score.metric === metric).map(({ subject }) => subject);

const columnsOf = (answer: FoldsAnswer, metric: string): Column[] => [
  { header: 'FOLD' },
  { header: 'FIRST ORIGIN' },
  { header: 'LAST ORIGIN' },
  { header: 'WINDOWS', right: true },
  ...subjectsOf(answer, metric).map((subject) => ({ header: subject, right: true })),
  { header: 'INSIDE', right: true },
  { header: 'WIDTH', right: true },
];

function rowsOf(answer: FoldsAnswer, metric: string): string[][] {
  const format = scoreFormat(CATALOGUE, metric, formatScore);
  const cells = (scores: readonly EnsembleScore[]): string[] =>
    subjectsOf(answer, metric).map((subject) => {
      const score = scores.find((one) => one.subject === subject && one.metric === metric);
      return score ? format(score.value) : NOTHING;
    });
  return [
    ...answer.folds.map(({ label, fromUs, untilUs, windows, scores, intervals }) => [
      label,
      formatDataTime(fromUs),
      formatDataTime(untilUs),
      formatCount(windows),
      ...cells(scores),
      ...intervalCells(intervals),
    ]),
    ['mean', '', '', '', ...cells(answer.means), ...intervalCells(answer.intervals)],
  ];
}

const intervalCells = (intervals: FoldIntervals | null): string[] =>
  intervals === null ? [NOTHING, NOTHING] : [shareCell(intervals.coverage), formatScore(intervals.width)];
