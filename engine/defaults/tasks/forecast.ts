// Defaults of a forecast that its experiment leaves out, derived from the dataset: look-back and horizon from its season, model
// and training from its size. They were tuned on the sample data with three seeds each (docs/defaults.md): on CO2 and on the
// weather of Seattle the resulting model is better than repeat, seasonal-naive and linear.
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import type { Model } from '../../contract/experiment/model.ts';
import { isFields, type RecordedFields } from '../../contract/values/fields.ts';
import { seasonOfMonths, seasonOfSeconds } from '../season.ts';
import { inputsFor, isWalk, pipelineFor } from './forecast-columns.ts';

interface Lengths {
  readonly lookback: number;
  readonly horizon: number;
  /** Rows read as one step; null: every row is a step. */
  readonly segment: { readonly length: number; readonly stride: number } | null;
}

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
};
const DAY_SECONDS = 86_400;

/** Without a known season. */
const PLAIN: Lengths = { lookback: 48, horizon: 12, segment: null };

/** `10 minutes` as its number and its unit. */
function stepsOf(frequency: string | null): [number, string] {
  const [, count = '', unit = ''] =
    /^(\d+) (second|minute|hour|day|week|month)s?$/.exec(frequency ?? '') ?? [];
  return [Number(count), unit];
}

/** NaN for months, which are of several lengths, and for what is no step. */
function secondsOf(frequency: string | null): number {
  const [steps, unit] = stepsOf(frequency);
  return steps * (SECONDS[unit] ?? Number.NaN);
}

/** Rows of one season by the word for the frequency (`10 minutes`); null where it has none. */
function seasonOf({ frequency, rows, series, startUs, endUs }: DatasetFacts): number | null {
  const [steps, unit] = stepsOf(frequency);
  if (unit === 'month') return seasonOfMonths(steps);
  const seconds = secondsOf(frequency);
  if (seconds === DAY_SECONDS) {
    // Markets: five of seven days have a row.
    const days = startUs === null || endUs === null ? rows : (endUs - startUs) / (DAY_SECONDS * 1e6) + 1;
    return rows / Math.max(1, series) < 0.8 * days ? 5 : 7;
  }
  return seasonOfSeconds(seconds);
}

/** Every day of the week has a row, so that a season has seven of them. */
const isEveryDay = (facts: DatasetFacts): boolean => seasonOf(facts) === 7;

/** Of all rows: two years of them train, as a draft splits them. */
const YEARS_LEARNED_DAYS = 3 * 365;

/** What returns every year is seen by the date sooner than by four weeks of rows: of daily rows over years, which do not walk. */
function followsYears(task: RecordedFields, facts: DatasetFacts): boolean {
  const { startUs, endUs } = facts;
  if (!isEveryDay(facts) || walks(task, facts) || startUs === null || endUs === null) return false;
  return endUs - startUs >= YEARS_LEARNED_DAYS * DAY_SECONDS * 1e6;
}

/** Share of the rows between first and last that may be missing where windows of a week are found. */
const MOST_MISSING = 0.02;

/** Whether a series lacks rows of its grid: windows cross no long gap, so shorter ones leave more of them. */
function isGappy({ frequency, rows, series, startUs, endUs }: DatasetFacts): boolean {
  const seconds = secondsOf(frequency);
  if (Number.isNaN(seconds) || series > 1 || startUs === null || endUs === null) return false;
  return rows < (1 - MOST_MISSING) * ((endUs - startUs) / (seconds * 1e6) + 1);
}

/** Of daily rows four weeks, of longer seasons at least two of them, of hours a week, of hours with gaps two days. */
function lengthsFor(facts: DatasetFacts): Lengths {
  const season = seasonOf(facts);
  if (season === null || season < 2) return PLAIN;
  if (season < 12) return { lookback: season * Math.ceil(28 / season), horizon: season, segment: null };
  const most = isGappy(facts) ? 2 : 7;
  const seasons = season < 24 ? 3 : Math.min(most, Math.max(2, Math.floor(336 / season)));
  const length = largestDivisor(season, 48);
  return {
    lookback: season * seasons,
    horizon: Math.min(season, 48),
    segment: { length, stride: length },
  };
}

/** The largest divisor of `value` up to `most`. */
function largestDivisor(value: number, most: number): number {
  for (let divisor = Math.min(value, most); divisor > 1; divisor -= 1)
    if (value % divisor === 0) return divisor;
  return 1;
}

/** Rows below which a model of more units, smaller batches and a higher rate learn more. */
const FEW_ROWS = 1_000;

interface Size {
  readonly units: number;
  /** Of the model, beside its units, where the targets walk: of many rows little is learned by heart if half of the units drop out. */
  readonly ofWalk: RecordedFields;
  readonly training: RecordedFields;
}

function sizeFor({ rows }: DatasetFacts): Size {
  const isSmall = rows < FEW_ROWS;
  const learningRate = isSmall ? 0.006 : 0.003;
  return {
    units: isSmall ? 64 : 32,
    ofWalk: isSmall ? {} : { dropout: 0.5 },
    training: {
      epochs: isSmall ? 60 : 40,
      batchSize: isSmall ? 16 : 32,
      optimizer: { kind: 'adam', learningRate },
      schedule: { kind: 'cosine' },
      earlyStopping: { patience: isSmall ? 40 : 10 },
    },
  };
}

/** No look-back may leave the training part without windows. */
const LARGEST_SHARE = 0.2;

/**
 * The configuration of a forecast with what it leaves out: only fields that are missing are added. Another task's is given back.
 * @param facts null: the dataset is not known yet
 */
export function completeForecast(written: RecordedFields, facts: DatasetFacts | null): RecordedFields {
  if ((written.task as RecordedFields).kind !== 'forecast') return written;
  const configuration = withColumns(written, facts);
  const task = configuration.task as RecordedFields;
  const lengths = facts === null ? PLAIN : lengthsFor(facts);
  const most =
    facts === null ? lengths.lookback : Math.floor((LARGEST_SHARE * facts.rows) / Math.max(1, facts.series));
  const lookback = Math.max(1, Math.min(lengths.lookback, most));
  const isWhole = lookback === lengths.lookback;
  const horizon = Math.max(1, Math.min(lengths.horizon, lookback));
  const segment = isWhole && task.lookback === undefined ? lengths.segment : null;
  const size = sizeFor(facts ?? { rows: FEW_ROWS, series: 1, frequency: null, startUs: null, endUs: null });
  const { model, training } = configuration;
  const decided: ModelDefaults = isFields(model)
    ? defaultsOfModel(model, {
        network: { units: size.units, ...(walks(task, facts) && size.ofWalk) },
        segment,
        task,
        training: size.training,
      })
    : { training: size.training };
  const lengthened: RecordedFields = { lookback, horizon, ...task };
  // What is known ahead is read no further ahead than the look-back is long.
  const hasRoom = Number(lengthened.horizon) <= Number(lengthened.lookback);
  const hasCalendar =
    decided.readsCalendar === true && facts !== null && followsYears(task, facts) && hasRoom;
  return {
    ...configuration,
    task: { ...(hasCalendar && { calendar: ['time-of-year'] }), ...lengthened },
    ...(isFields(model) && { model: { ...decided.model, ...model } }),
    ...((training === undefined || isFields(training)) && { training: { ...decided.training, ...training } }),
  };
}

const walks = ({ targets }: RecordedFields, facts: DatasetFacts | null): boolean =>
  facts?.columns !== undefined && isWalk(targets, facts.columns);

/** With inputs, pipeline and first forecast, where the columns are known. */
function withColumns(written: RecordedFields, facts: DatasetFacts | null): RecordedFields {
  if (!facts?.columns) return written;
  const { columns } = facts;
  const given = written.task as RecordedFields;
  const task: RecordedFields = {
    features: inputsFor(written, columns, isEveryDay(facts)),
    ...(walks(given, facts) && { firstForecast: 'zero' }),
    ...given,
  };
  return { pipeline: pipelineFor([task.targets, task.features].flat(), columns), ...written, task };
}

/** A recorded task left its inputs out where they were the targets, its first forecast where that was random, and a calendar that it did not read. */
export const nameForecast = (task: RecordedFields): RecordedFields =>
  task.kind === 'forecast'
    ? { features: task.targets, firstForecast: 'random', calendar: [], ...task }
    : task;

interface Decided {
  /** Units, and dropout where it has a default of its own. */
  readonly network: RecordedFields;
  readonly segment: Lengths['segment'];
  readonly task: RecordedFields;
  readonly training: RecordedFields;
}

interface ModelDefaults {
  readonly model?: RecordedFields;
  readonly training: RecordedFields;
  /** It makes something of the calendar beside its other inputs. */
  readonly readsCalendar?: boolean;
}

/** A model of each column from itself alone has no room for other inputs. */
const readsMore = ({ channelIndependent }: RecordedFields): boolean => channelIndependent !== true;

const inSegments = ({ network, segment, training }: Decided, model: RecordedFields): ModelDefaults => ({
  model: { ...network, segment },
  training,
  readsCalendar: readsMore(model),
});

/** By kind of model: what it and its training begin with. */
const MODEL_DEFAULTS: Readonly<
  Record<Model['kind'], (decided: Decided, model: RecordedFields) => ModelDefaults>
> = {
  rnn: inSegments,
  gru: inSegments,
  lstm: inSegments,
  attention: inSegments,
  /** It reads row by row. */
  'encoder-decoder': ({ network, training }) => ({ model: network, training, readsCalendar: true }),
  dense: ({ network, training }, model) => ({ model: network, training, readsCalendar: readsMore(model) }),
  /** One map for all columns where each is forecast from itself; solved in closed form it takes one step. */
  linear: ({ task, training }, { fit }) => ({
    model: { channelIndependent: readsTargetsAlone(task) },
    training: fit === 'gradient' ? training : { ...training, epochs: 1 },
  }),
};

/** No column beside the targets, nor anything that is known ahead, nor the series itself. */
function readsTargetsAlone({
  features,
  targets,
  knownAhead,
  calendar,
  seriesIdentity,
}: RecordedFields): boolean {
  const more = [knownAhead, calendar].some((names) => Array.isArray(names) && names.length > 0);
  if (more || seriesIdentity === true) return false;
  return features === undefined || String(features) === String(targets);
}

function defaultsOfModel(model: RecordedFields, decided: Decided): ModelDefaults {
  const known = Object.entries(MODEL_DEFAULTS).find(([kind]) => kind === model.kind);
  return known ? known[1](decided, model) : { training: decided.training };
}
