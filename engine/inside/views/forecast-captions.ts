// The view `captions`: units that follow something readable: an input, its change, its moving mean, or the season.
import type { InsideCaptions, JacobianChoice } from '../../contract/inside/memory.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { spacedIndices } from '../../data/complete-windows.ts';
import { rowsOfStep } from '../anatomy.ts';
import { addPair, correlationOf, noPairs, type PairSums } from '../correlation.ts';
import { capture } from '../forecaster/capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { seasonOfRun } from '../forecaster/season.ts';
import { chooseWindow } from '../forecaster/window.ts';
import { planAt } from '../site-values.ts';
import { windowsThatFit } from './forecast-gates.ts';

/** Correlations over fewer windows are not trusted. */
const FEWEST_WINDOWS = 200;
const MOST_WINDOWS = 256;
const BATCH = 32;
/** |r| from which a unit is said to follow. */
const FOLLOWS = 0.8;
/** Rows of a moving mean where no season is known. */
const MEAN_ROWS = 12;

interface Readable {
  readonly name: string;
  /** Parts whose squared correlations add up: sine and cosine of a season. */
  readonly parts: readonly ((window: Window, row: number) => number)[];
}

interface Window {
  /** [lookback, inputs], model units. */
  readonly inputs: Float32Array;
  readonly width: number;
  /** Row of the origin in its series. */
  readonly origin: number;
}

export function captions(inspected: Inspected, choice: WindowChoice & JacobianChoice): InsideCaptions {
  const { anatomy, prepared } = inspected;
  const plan = planAt(anatomy, choice.place);
  const chosen = chooseWindow(prepared, choice);
  const set = prepared.windows.train;
  const windows = spacedIndices(set.count, MOST_WINDOWS);
  const none: InsideCaptions = { place: plan.place, windows: windows.length, captions: [] };
  if (plan.place.part !== 'encoder' || windows.length < FEWEST_WINDOWS) return none;
  const row = anatomy.isByColumn ? chosen.target : 0;
  const rows = anatomy.isByColumn ? prepared.targetNames.length : 1;
  const all = readables(inspected, seasonOfRun(inspected, chosen.series));
  const sums = all.map(({ parts }) => parts.map(() => Array.from({ length: plan.units }, noPairs)));
  const size = Math.min(BATCH, windowsThatFit(inspected));
  const width = prepared.inputNames.length;
  for (let first = 0; first < windows.length; first += size) {
    const some = windows.slice(first, first + size);
    const seen = capture(inspected, { part: 'train', windows: some });
    const { hidden } = seen.sites[anatomy.sites.indexOf(plan)]!;
    for (const [index, window] of some.entries()) {
      const inputs = seen.inputs.subarray(
        index * prepared.lookback * width,
        (index + 1) * prepared.lookback * width,
      );
      const about: Window = { inputs, width, origin: set.origin[window]! };
      for (let step = 0; step < plan.steps; step++) {
        const at = rowsOfStep(anatomy, 'encoder', step, prepared.lookback).end - 1;
        const from = ((index * rows + row) * plan.steps + step) * plan.units;
        for (const [which, { parts }] of all.entries()) {
          for (const [part, read] of parts.entries()) {
            const value = read(about, at);
            if (Number.isNaN(value)) continue;
            for (let unit = 0; unit < plan.units; unit++)
              addPair(sums[which]![part]![unit]!, value, hidden[from + unit]!);
          }
        }
      }
    }
  }
  const found = Array.from({ length: plan.units }, (_, unit) => bestOf(all, sums, unit));
  return { ...none, captions: found.flatMap((one, unit) => (one ? [{ unit, ...one }] : [])) };
}

function bestOf(
  all: readonly Readable[],
  sums: readonly (readonly (readonly PairSums[])[])[],
  unit: number,
): { readonly follows: string; readonly correlation: number } | null {
  let best: { follows: string; correlation: number } | null = null;
  for (const [which, { name }] of all.entries()) {
    const parts = sums[which]!.map((units) => correlationOf(units[unit]!));
    const correlation = parts.length === 1 ? parts[0]! : Math.hypot(...parts);
    if (Math.abs(correlation) >= FOLLOWS && Math.abs(correlation) > Math.abs(best?.correlation ?? 0)) {
      best = { follows: name, correlation };
    }
  }
  return best;
}

function readables({ prepared }: Inspected, season: number | null): Readable[] {
  const meanRows = Math.min(season ?? MEAN_ROWS, prepared.lookback);
  const ofInputs = prepared.inputNames.flatMap((name, input): Readable[] => {
    const at = ({ inputs, width }: Window, row: number) => inputs[row * width + input]!;
    return [
      { name, parts: [at] },
      {
        name: `the change of ${name}`,
        parts: [(window, row) => (row > 0 ? at(window, row) - at(window, row - 1) : Number.NaN)],
      },
      { name: `the mean of ${name} over ${meanRows} rows`, parts: [movingMean(at, meanRows)] },
    ];
  });
  if (season === null || season < 2) return ofInputs;
  const phase = ({ origin }: Window, row: number) =>
    (2 * Math.PI * (origin - prepared.lookback + 1 + row)) / season;
  const wave: Readable = {
    name: `the season of ${season} rows`,
    parts: [(window, row) => Math.sin(phase(window, row)), (window, row) => Math.cos(phase(window, row))],
  };
  return [...ofInputs, wave];
}

function movingMean(at: (window: Window, row: number) => number, count: number) {
  return (window: Window, row: number): number => {
    if (row < count - 1) return Number.NaN;
    let sum = 0;
    for (let back = 0; back < count; back++) sum += at(window, row - back);
    return sum / count;
  };
}
