// Leak audit: everything after an origin is replaced by noise, the pipeline is fitted again, and the forecast from that origin must have
// the same bits. Missing values stay missing, and columns that are known ahead stay as they are.
import type { Audit } from '../../contract/studies/audit.ts';
import type { PreparedForecast } from '../../data/prepared.ts';
import type { Series } from '../../data/series.ts';

/** Origins that are looked at, evenly over the test part. */
const ORIGINS = 6;

export interface Audited {
  readonly runId: number;
  readonly series: readonly Series[];
  /** Columns that are known ahead: they stay. */
  readonly knownAhead: readonly string[];
  /** The run's own preparation of its data. */
  prepare(series: readonly Series[]): PreparedForecast;
  /** [horizon, targets] in original units, of the window with that index of the test part. */
  forecast(prepared: PreparedForecast, window: number): Float64Array;
  /** Numbers in [0, 1). */
  uniform(): number;
}

export function audit(audited: Audited): Audit {
  const { runId, series, prepare } = audited;
  const before = prepare(series);
  const { count } = before.windows.test;
  const chosen = Array.from({ length: Math.min(ORIGINS, count) }, (_, at) =>
    Math.floor(((at + 0.5) * count) / Math.min(ORIGINS, count)),
  );
  const leaks = chosen.flatMap((window) => leakAt(audited, before, window));
  return { runId, origins: chosen.length, leaks, words: wordsOf(leaks, chosen.length) };
}

function leakAt(audited: Audited, before: PreparedForecast, window: number): Audit['leaks'] {
  const { origin, series: seriesOf } = before.windows.test;
  const own = before.series[seriesOf[window]!]!;
  const originUs = own.times[origin[window]!]!;
  const noisy = audited.series.map((one) => withNoiseAfter(one, originUs, audited));
  const after = audited.prepare(noisy);
  const other = windowAt(after, own.name, originUs);
  const what: Audit['leaks'][number]['what'] = [];
  if (JSON.stringify(before.fitted) !== JSON.stringify(after.fitted)) what.push('pipeline');
  // Without its window, its origin itself depends on what came after.
  const columns = other === null ? [...before.inputNames] : changedColumns(before, window, after, other);
  if (columns.length > 0) what.push('inputs');
  const isSame = other !== null && sameBits(audited.forecast(before, window), audited.forecast(after, other));
  if (!isSame) what.push('forecast');
  return what.length === 0 ? [] : [{ series: own.name, originUs: Number(originUs), what, columns }];
}

/** Every known value after that time becomes one of the values up to it, changed by up to a half: positive ones stay positive. */
function withNoiseAfter(
  series: Series,
  timeUs: bigint,
  { uniform, knownAhead }: Pick<Audited, 'uniform' | 'knownAhead'>,
): Series {
  const { times } = series;
  const columns = series.columns.map((column) => {
    if (knownAhead.includes(column.name)) return column;
    const values = column.values.slice();
    const known = [...values].filter((value, row) => times[row]! <= timeUs && !Number.isNaN(value));
    const isCategory = column.kind === 'category';
    for (let row = 0; row < values.length; row += 1) {
      if (times[row]! <= timeUs || Number.isNaN(values[row])) continue;
      const drawn = known[Math.floor(uniform() * known.length)] ?? values[row]!;
      values[row] = isCategory ? drawn : drawn * (0.5 + uniform());
    }
    return { ...column, values };
  });
  return { ...series, columns };
}

function windowAt({ windows, series }: PreparedForecast, name: string, originUs: bigint): number | null {
  const { count, origin, series: seriesOf } = windows.test;
  for (let window = 0; window < count; window += 1) {
    const one = series[seriesOf[window]!]!;
    if (one.name === name && one.times[origin[window]!] === originUs) return window;
  }
  return null;
}

function changedColumns(
  before: PreparedForecast,
  window: number,
  after: PreparedForecast,
  other: number,
): string[] {
  const [one, two] = [inputsOf(before, window), inputsOf(after, other)];
  const width = before.inputNames.length;
  return before.inputNames.filter((_, column) =>
    one.some((value, cell) => cell % width === column && !Object.is(value, two[cell])),
  );
}

function inputsOf(prepared: PreparedForecast, window: number): Float32Array {
  const batch = prepared.createBatch(1);
  prepared.gather(prepared.windows.test, [window], batch);
  return batch.inputs;
}

const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, at) => Object.is(value, b[at]));

function wordsOf(leaks: Audit['leaks'], origins: number): string {
  if (leaks.length === 0) {
    return `No leak found: at ${origins} origins of the test part, noise in all that came after changed no bit of the pipeline, the inputs or the forecast.`;
  }
  const what = [...new Set(leaks.flatMap((leak) => leak.what))];
  const columns = [...new Set(leaks.flatMap((leak) => leak.columns))];
  const named = columns.length > 0 ? ` (${columns.join(', ')})` : '';
  const cure = what.includes('pipeline')
    ? ' The pipeline is fitted on rows after the origin: cut all series at the same times (split.cut time).'
    : '';
  return `Leak: at ${leaks.length} of ${origins} origins, what came after the origin changes the ${what.join(', the ')}${named}. The scores of this run cannot be trusted.${cure}`;
}
