// The catalogue's facts about a metric: which of two scores is better, and how a score is written.
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import type { MetricInfo } from '../../contract/runs/metrics.ts';

/** A metric that the catalogue lacks (another version made the scores) is shown by its name and taken for an error. */
export function metricInfo({ metrics }: Pick<Catalogue, 'metrics'>, name: string): MetricInfo {
  return (
    metrics.find((metric) => metric.name === name) ?? {
      name,
      label: name.toUpperCase(),
      meaning: '',
      definition: '',
      better: 'lower',
      unit: 'target',
      format: 'number',
    }
  );
}

type Direction = Pick<MetricInfo, 'better'>;

/** Of two scores the better one has the lower cost, whatever the metric. */
export function costOf({ better }: Direction, value: number): number {
  if (better === 'zero') return Math.abs(value);
  return better === 'higher' ? -value : value;
}

/** Whether a forecast that is worse by it counts as worse. */
export const decides = ({ better }: Direction): boolean => better === 'lower' || better === 'higher';

/** Whether `value` is a better score than `other`; what is no number is never better. */
export function isBetter(info: Direction, value: number, other: number): boolean {
  if (Number.isNaN(value) || info.better === 'neither') return false;
  return Number.isNaN(other) || costOf(info, value) < costOf(info, other);
}

/** How scores of that metric are written: `38 %` of a share, `37.9` of everything else; `number` writes a number. */
export function scoreFormat(
  catalogue: Pick<Catalogue, 'metrics'>,
  metric: string,
  number: (value: number) => string,
): (value: number) => string {
  const { format } = metricInfo(catalogue, metric);
  return (value) =>
    format === 'percent' && Number.isFinite(value) ? `${number(100 * value)} %` : number(value);
}

/** Names of people, which keep their capital. */
const NAMES = /^(Brier|Hamming)/;

/** The label of a metric inside a sentence: `exact match`, `macro-F1`, but `MAE`, `ROC AUC` and `Brier` as they are. */
export function metricInSentence(catalogue: Pick<Catalogue, 'metrics'>, name: string): string {
  const { label } = metricInfo(catalogue, name);
  const isWord = /^\p{Lu}\p{Ll}/u.test(label) && !NAMES.test(label);
  return isWord ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
