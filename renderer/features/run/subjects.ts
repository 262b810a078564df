// The subjects of scores and charts: the model and the baselines, each with its colour.
import type { Catalogue } from '../../../engine/contract/catalogue.ts';

export const MODEL = 'model';
const MODEL_COLOR = '--hc-series-2';
/** By position in the catalogue; further ones begin again. */
const BASELINE_COLORS = [10, 5, 8, 7, 9, 4].map((number) => `--hc-series-${number}`);
const OTHER_COLOR = '--hc-series-3';

export function colorOfSubject(subject: string, { baselines }: Catalogue): string {
  if (subject === MODEL) return MODEL_COLOR;
  const index = baselines.findIndex((baseline) => baseline.subject === subject);
  return BASELINE_COLORS[index % BASELINE_COLORS.length] ?? OTHER_COLOR;
}

/** What a baseline does, as a title over its name. */
export function meaningOf(subject: string, { baselines }: Catalogue): string | undefined {
  return baselines.find((baseline) => baseline.subject === subject)?.meaning;
}
