// The subjects of scores and charts: the model and the baselines, each with a look of its own.
import type { Catalogue } from '../../../engine/contract/runs/catalogue.ts';
import type { Line } from '../../charts/draw.ts';

export const MODEL = 'model';
const MODEL_COLOR = '--hc-series-2';
/** By position in the catalogue; further ones begin again with the next dash. */
const BASELINE_COLORS = [10, 5, 8, 7, 9, 4, 6, 3].map((number) => `--hc-series-${number}`);
const BASELINE_DASHES = [
  [6, 3],
  [1.5, 2.5],
  [7, 2.5, 1.5, 2.5],
  [12, 4],
  [7, 2, 1.5, 2, 1.5, 2],
  [18, 3],
  [2, 6],
];

export type Look = Pick<Line, 'color' | 'dash' | 'width'>;

/** Baselines are dashed, so that the model stands out; two of one colour differ in their dash. */
export function lookOfSubject(subject: string, { baselines }: Catalogue): Look {
  if (subject === MODEL) return { color: MODEL_COLOR, width: 2 };
  const index = Math.max(
    0,
    baselines.findIndex((baseline) => baseline.subject === subject),
  );
  const round = Math.floor(index / BASELINE_COLORS.length) % BASELINE_DASHES.length;
  return {
    color: BASELINE_COLORS[index % BASELINE_COLORS.length]!,
    dash: BASELINE_DASHES[round]!,
    width: 1.5,
  };
}

/** What a baseline does, as a title over its name. */
export function meaningOf(subject: string, { baselines }: Catalogue): string | undefined {
  return baselines.find((baseline) => baseline.subject === subject)?.meaning;
}
