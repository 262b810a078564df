// Turns an experiment and its series into windows for training: split, fitted pipeline, windows, fingerprint.
//
// All estimates use known cells of training rows only. Missing cells, filled or not, are masked as targets and never scored.

import { MISSING_ORIGIN } from '../../../contract/runs/note-words.ts';
import type { PartInfo } from '../../../contract/runs/run.ts';
import type { ForecastTask } from '../../../contract/tasks/forecast.ts';
import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { calendarChannels, identityChannels } from '../../../data/calendar.ts';
import { createGatherer } from '../../../data/gather.ts';
import { fitPipeline, pipelineState } from '../../../data/pipeline/pipeline.ts';
import { statisticsOf } from '../../../data/pipeline/sums.ts';
import { createTable, type SeriesTable } from '../../../data/pipeline/table.ts';
import type { Part, PreparedForecast, PreparedSeries, WindowSet } from '../../../data/prepared.ts';
import type { Series } from '../../../data/series.ts';
import { type PartRanges, skippedRows, splitRows } from '../../../data/split.ts';
import { crossedGap, type GriddedSeries, gapGuard, putOnGrid } from '../../../data/time-grid.ts';
import { createWindowSet, leftOutByReason } from '../../../data/windows.ts';
import { findMetric } from '../../../evaluation/metrics/registry.ts';
import { CROSSING, fewWindowsNote } from '../notes/few-windows.ts';
import { ineffectiveNotes } from '../notes/ineffective-notes.ts';
import { createNotes, noteData, noteGaps } from '../notes/notes.ts';
import { resolutionNotes } from '../notes/resolution.ts';
import { spikeNotes } from '../notes/spike-notes.ts';
import { unjudgedTargets } from '../training/unjudged.ts';
import { protocolFingerprint } from './fingerprint.ts';
import { calibrationNote, holdBack, requireCalibration } from './hold-back.ts';
import { requireKnownAhead, requireKnownSeries } from './known-ahead.ts';
import { chooseSeries, PARTS, requireDistinct, requireWindows } from './requirements.ts';
import { requireStatic } from './static-features.ts';

/** The input columns of a task: its features or, by default, its targets. */
export function featuresOf(task: ForecastTask): readonly string[] {
  return task.features ?? task.targets;
}

/** Every column that the task uses; no other needs to be read. Steps of the pipeline act on these only. */
export function columnsNeeded(task: ForecastTask): string[] {
  return [...new Set([...featuresOf(task), ...task.targets])];
}

/**
 * Splits, fits and windows the series of a dataset version.
 * Errors: `unknown-column`, `not-found` (series), `too-few-rows`, and `invalid-input` for everything else about the
 * experiment that does not suit the data; `details.field` names the field of the experiment.
 */
export function prepareForecast(
  experiment: ForecastExperiment,
  series: readonly Series[],
  datasetName: string,
): PreparedForecast {
  const { task, evaluation, pipeline } = experiment;
  const chosen = chooseSeries(task, series, datasetName);
  const gridded = onGrid(task, chosen).map((one) => withoutFirst(one, skippedRows(experiment.split)));
  const raw = createTables(
    task,
    gridded.map((one) => one.series),
    datasetName,
  );
  const whole = splitRows(
    experiment.split,
    raw.map((table) => table.times),
  );
  const { splits, calibration: heldBack } = holdBack(task, whole);
  const windowsOf = windowMaker({ task, tables: raw, gridded });
  const windows = {
    train: windowsOf('train', splits),
    validation: windowsOf('validation', splits),
    test: windowsOf('test', splits),
  };
  const calibration = heldBack && windowsOf('validation', heldBack);
  const isGappy = gridded.some(({ gapLength }) => gapLength !== null);
  const validation = heldBack ? windowsOf('validation', whole) : windows.validation;
  requireWindows({
    task,
    evaluation,
    split: experiment.split,
    datasetName,
    splits: whole,
    isGappy,
    windows: { ...windows, validation },
  });

  const notes = createNotes();
  const prepared = raw.map((table, index) => prepareSeries(task, table, splits[index]!));
  if (calibration) {
    requireCalibration({ task, datasetName, windows, calibration, series: prepared });
    notes.add(calibrationNote({ windows, calibration }));
  }
  for (const text of ineffectiveNotes(experiment, splits)) notes.add(text);
  notes.add(fewWindowsNote({ task, series: chosen, gridded, windows }));
  for (const text of spikeNotes(raw)) notes.add(text);
  noteGaps(task, chosen, notes);

  const trainRows = splits.map((split) => split.train.to);
  const fitNotes: string[] = [];
  const note = (text: string) => fitNotes.push(text);
  const { steps, tables, unscaled } = fitPipeline(pipeline, raw, { trainRows, note });
  const { lookback, horizon, targets } = task;
  const judged = { targets, horizon, series: prepared, validation: windows.validation, unscaled };
  const unjudged = unjudgedTargets(judged);
  noteData({ experiment, series: prepared, windows, unjudged }, notes);
  for (const text of [...fitNotes, ...resolutionNotes(tables, trainRows)]) notes.add(text);
  const gatherer = createGatherer({ tables, steps, targets, lookback, horizon });
  return {
    ...gatherer,
    targetNames: targets,
    lookback,
    horizon,
    fitted: pipelineState(steps, gatherer.inputNames),
    windows,
    ...(calibration && { calibration }),
    series: prepared,
    parts: PARTS.map((part) => describePart(windows[part], splits, prepared)),
    fingerprint: protocolFingerprint({ task, evaluation, series: prepared, windows: windows.test }),
    ...(unjudged.length > 0 && { unjudged }),
    notes: notes.list(),
  };
}

/** The series as the task counts their rows: on their time grid, or as they are. */
export function onGrid({ gaps }: ForecastTask, series: readonly Series[]): GriddedSeries[] {
  return series.map((one) => (gaps === 'grid' ? putOnGrid(one) : { series: one, gapLength: null }));
}

/** The series as if it began that many rows later. */
function withoutFirst({ series, gapLength }: GriddedSeries, rows: number): GriddedSeries {
  if (rows === 0) return { series, gapLength };
  const columns = series.columns.map((column) => ({ ...column, values: column.values.slice(rows) }));
  return {
    series: { ...series, times: series.times.slice(rows), columns },
    gapLength: gapLength?.slice(rows) ?? null,
  };
}

/** The columns of a task as the pipeline takes them, by series. */
export function createTables(
  task: ForecastTask,
  series: readonly Series[],
  datasetName: string,
  /** Of the series that a model was trained on, where it knows them by name. Default: these. */
  names?: readonly string[],
): SeriesTable[] {
  for (const name of task.metrics) findMetric(name);
  requireDistinct(task.targets, 'task.targets');
  const features = featuresOf(task);
  requireDistinct(features, 'task.features');
  requireKnownAhead(task, features);
  requireStatic(task, features);
  const { targets, knownAhead = [], staticFeatures = [], calendar = [] } = task;
  const known = task.seriesIdentity ? (names ?? series.map(({ name }) => name)) : [];
  if (task.seriesIdentity) requireKnownSeries(series, known);
  return series.map((one) => {
    const table = createTable(one, { datasetName, features, targets, knownAhead, staticFeatures });
    const further = [
      ...calendarChannels([...new Set(calendar)], one.times),
      ...identityChannels(known, one.name, one.times.length),
    ];
    return further.length === 0 ? table : { ...table, channels: [...table.channels, ...further] };
  });
}

function targetChannels(task: ForecastTask, table: SeriesTable) {
  return task.targets.map((name) => table.channels.find((channel) => channel.name === name)!);
}

const INCOMPLETE = 'a target value of its horizon is missing (task.origins)';

interface WindowedData {
  readonly task: ForecastTask;
  readonly tables: readonly SeriesTable[];
  readonly gridded: readonly GriddedSeries[];
}

/** Makes the windows of a part. */
function windowMaker({ task, tables, gridded }: WindowedData) {
  const { lookback, horizon, stride } = task;
  const crossGaps = crossedGap(task);
  const guards = gridded.map(({ gapLength }) => gapGuard(gapLength, { lookback, horizon, crossGaps }));
  const targets = tables.map((table) => targetChannels(task, table));
  const hasKnownTarget = (series: number, origin: number) =>
    targets[series]!.some(({ known }) => {
      if (known === null) return true;
      const first = known.indexOf(1, origin + 1);
      return first >= 0 && first <= origin + horizon;
    });
  const isComplete = (series: number, origin: number) =>
    targets[series]!.every(({ known }) => {
      const missing = known?.indexOf(0, origin + 1) ?? -1;
      return missing < 0 || missing > origin + horizon;
    });
  const crossing = `${CROSSING}${crossGaps} ${crossGaps === 1 ? 'row' : 'rows'} lies in it (task.crossGaps)`;
  const whyUnwanted = (series: number, origin: number): string | null => {
    if (guards[series]?.(origin) === false) {
      return gridded[series]!.gapLength?.[origin] ? MISSING_ORIGIN : crossing;
    }
    return task.origins === 'every' || isComplete(series, origin) ? null : INCOMPLETE;
  };
  const options = { lookback, horizon, stride, hasKnownTarget, whyUnwanted };
  return (part: Part, splits: readonly PartRanges[]) => createWindowSet(part, splits, options);
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
    trainRows: split.train.to,
    actuals,
    trainMean: Float64Array.from(statistics, ({ mean }) => mean),
    trainStd: Float64Array.from(statistics, ({ std }) => std),
  };
}

function describePart(
  { part, count, leftOut }: WindowSet,
  splits: readonly PartRanges[],
  series: readonly PreparedSeries[],
): PartInfo {
  let rows = 0;
  let fromUs: number | null = null;
  let toUs: number | null = null;
  splits.forEach((split, index) => {
    const { from, to } = split[part];
    if (to <= from) return;
    rows += to - from;
    const first = Number(series[index]!.times[from]);
    const last = Number(series[index]!.times[to - 1]);
    fromUs = fromUs === null ? first : Math.min(fromUs, first);
    toUs = toUs === null ? last : Math.max(toUs, last);
  });
  const none = leftOut.length === 0;
  return {
    part,
    rows,
    windows: count,
    fromUs,
    toUs,
    ...(none ? {} : { leftOut: leftOutByReason(leftOut) }),
  };
}
