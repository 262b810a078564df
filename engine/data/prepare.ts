// From an experiment and its series to windows that a model can be trained on: split, fitted pipeline, windows, fingerprint.
//
// Everything estimated is estimated from known cells of training rows only. Cells that are missing, filled or not, are
// masked as targets and never scored.
import { HindcastError } from '../contract/errors.ts';
import type { Experiment, ForecastTask } from '../contract/experiment.ts';
import type { PartInfo } from '../contract/run.ts';
import { protocolFingerprint } from './fingerprint.ts';
import { detectFrequency, seasonOf } from './frequency.ts';
import { createGatherer } from './gather.ts';
import { createNotes, type Notes } from './notes.ts';
import { nameList } from './pipeline/did-you-mean.ts';
import { fitPipeline, pipelineState } from './pipeline/pipeline.ts';
import { statisticsOf } from './pipeline/sums.ts';
import { createTable, type SeriesTable } from './pipeline/table.ts';
import type { Part, PreparedForecast, PreparedSeries, WindowSet } from './prepared.ts';
import { chooseSeries, PARTS, requireDistinct, requireWindows } from './requirements.ts';
import type { Series } from './series.ts';
import { type PartRanges, splitRows } from './split.ts';
import { createWindowSet } from './windows.ts';

/** The input columns of a task: its features or, by default, its targets. */
export function featuresOf(task: ForecastTask): readonly string[] {
  return task.features ?? task.targets;
}

/** Every column that the experiment uses; no other needs to be read. Steps of the pipeline act on these only. */
export function columnsNeeded(experiment: Experiment): string[] {
  return [...new Set([...featuresOf(experiment.task), ...experiment.task.targets])];
}

/**
 * Splits, fits and windows the series of a dataset version.
 * Errors: `unknown-column`, `not-found` (series), `too-few-rows`, and `invalid-input` for everything else about the
 * experiment that does not suit the data; `details.field` names the field of the experiment.
 */
export function prepareForecast(
  experiment: Experiment,
  series: readonly Series[],
  datasetName: string,
): PreparedForecast {
  const { task, evaluation, pipeline } = experiment;
  const chosen = chooseSeries(task, series, datasetName);
  const raw = createTables(task, chosen, datasetName);
  const splits = splitRows(
    experiment.split,
    raw.map((table) => table.times),
  );
  const windows = createWindows(task, raw, splits);
  requireWindows({ task, evaluation, datasetName, splits, windows });

  const notes = createNotes();
  const prepared = raw.map((table, index) => prepareSeries(task, table, splits[index]!));
  noteTargets(prepared, task, splits, notes);
  noteSeriesWithoutWindows(raw, windows, notes);
  noteSeason(experiment, raw, notes);

  const trainRows = splits.map((split) => split.train.to);
  const { steps, tables } = fitPipeline(pipeline, raw, { trainRows, note: notes.add });
  const { lookback, horizon, targets } = task;
  const gatherer = createGatherer({ tables, steps, targets, lookback, horizon });
  return {
    ...gatherer,
    targetNames: targets,
    lookback,
    horizon,
    fitted: pipelineState(steps, gatherer.inputNames),
    windows,
    series: prepared,
    parts: PARTS.map((part) => describePart(part, splits, raw, windows[part])),
    fingerprint: protocolFingerprint({ task, evaluation, series: prepared, windows: windows.test }),
    notes: notes.list(),
  };
}

/** The columns of a task as the pipeline takes them, by series. */
export function createTables(
  task: ForecastTask,
  series: readonly Series[],
  datasetName: string,
): SeriesTable[] {
  requireDistinct(task.targets, 'task.targets');
  const features = featuresOf(task);
  requireDistinct(features, 'task.features');
  return series.map((one) => createTable(one, { datasetName, features, targets: task.targets }));
}

function targetChannels(task: ForecastTask, table: SeriesTable) {
  return task.targets.map((name) => table.channels.find((channel) => channel.name === name)!);
}

function createWindows(task: ForecastTask, tables: readonly SeriesTable[], splits: readonly PartRanges[]) {
  const { lookback, horizon, stride } = task;
  const targets = tables.map((table) => targetChannels(task, table));
  const hasKnownTarget = (series: number, origin: number) =>
    targets[series]!.some(({ known }) => {
      if (known === null) return true;
      const first = known.indexOf(1, origin + 1);
      return first >= 0 && first <= origin + horizon;
    });
  const options = { lookback, horizon, stride, hasKnownTarget };
  const windowsOf = (part: Part) => createWindowSet(part, splits, options);
  return { train: windowsOf('train'), validation: windowsOf('validation'), test: windowsOf('test') };
}

/** True values and the scaler of standardized scores, from the raw training rows. */
function prepareSeries(task: ForecastTask, table: SeriesTable, split: PartRanges): PreparedSeries {
  const actuals = targetChannels(task, table).map((channel) => channel.values);
  const statistics = actuals.map((values) => statisticsOf([values.subarray(0, split.train.to)]));
  statistics.forEach(({ count, mean, std }, target) => {
    if (count > 0 && Number.isFinite(mean) && Number.isFinite(std)) return;
    const name = task.targets[target]!;
    const why = count === 0 ? 'has no value' : 'is too large to be added up';
    const message = `The target "${name}" of series "${table.name}" ${why} in the training part; leave the series out in task.series, or move the split.`;
    const code = count === 0 ? 'too-few-rows' : 'invalid-input';
    throw new HindcastError(code, message, { details: { column: name, series: table.name } });
  });
  return {
    name: table.name,
    times: table.times,
    actuals,
    trainMean: Float64Array.from(statistics, ({ mean }) => mean),
    trainStd: Float64Array.from(statistics, ({ std }) => (std === 0 ? 1 : std)),
  };
}

function describePart(
  part: Part,
  splits: readonly PartRanges[],
  tables: readonly SeriesTable[],
  windows: WindowSet,
): PartInfo {
  let rows = 0;
  let fromUs: number | null = null;
  let toUs: number | null = null;
  splits.forEach((split, series) => {
    const { from, to } = split[part];
    if (to <= from) return;
    rows += to - from;
    const first = Number(tables[series]!.times[from]);
    const last = Number(tables[series]!.times[to - 1]);
    fromUs = fromUs === null ? first : Math.min(fromUs, first);
    toUs = toUs === null ? last : Math.max(toUs, last);
  });
  return { part, rows, windows: windows.count, fromUs, toUs };
}

function noteTargets(
  prepared: readonly PreparedSeries[],
  task: ForecastTask,
  splits: readonly PartRanges[],
  notes: Notes,
): void {
  prepared.forEach((series, index) => {
    series.actuals.forEach((values, target) => {
      const place = `The target "${task.targets[target]}" of series "${series.name}"`;
      const missing = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
      if (missing > 0) {
        notes.add(
          `${place} lacks ${missing} of ${values.length} values: they are neither trained on nor scored.`,
        );
      }
      const { std } = statisticsOf([values.subarray(0, splits[index]!.train.to)]);
      if (std === 0) notes.add(`${place} is constant in the training part: there is nothing to learn from.`);
    });
  });
}

function noteSeriesWithoutWindows(
  tables: readonly SeriesTable[],
  windows: Readonly<Record<Part, WindowSet>>,
  notes: Notes,
): void {
  for (const part of PARTS) {
    const present = new Set(windows[part].series);
    const absent = tables.filter((_, index) => !present.has(index)).map((table) => table.name);
    if (absent.length === 0) continue;
    notes.add(
      `${absent.length} of ${tables.length} series have no window in the part "${part}": ${nameList(absent)}.`,
    );
  }
}

function noteSeason(experiment: Experiment, tables: readonly SeriesTable[], notes: Notes): void {
  if (experiment.evaluation.season !== undefined) return;
  const without = tables.filter((table) => seasonOf(detectFrequency(table.times)) === null);
  if (without.length === 0) return;
  const names = nameList(without.map((table) => table.name));
  notes.add(`No seasonal-naive baseline: the rows of ${names} suggest no season; set evaluation.season.`);
}
