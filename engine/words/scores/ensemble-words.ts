// What an ensemble came to, in sentences: against its best member and against the best baseline.
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import type { EnsembleScore, EnsembleWay } from '../../contract/studies/ensemble.ts';
import { isBetter, metricInfo, metricInSentence, scoreFormat } from './metric-info.ts';

interface Scored {
  readonly way: EnsembleWay;
  /** The ensemble first, then its members. */
  readonly scores: readonly EnsembleScore[];
  readonly baselines: readonly EnsembleScore[];
  readonly catalogue: Catalogue;
}

const SHARES =
  'The shares were chosen by the errors on the validation part, which also chose the epochs of the runs; the test part had no say.';

export function ensembleWords({ way, scores, baselines, catalogue }: Scored): string[] {
  const own = scores[0];
  if (!own) return [];
  const info = metricInfo(catalogue, own.metric);
  const format = scoreFormat(catalogue, own.metric, (value) => String(Number(value.toPrecision(4))));
  const bestOf = (rivals: readonly EnsembleScore[]): EnsembleScore | undefined =>
    rivals
      .filter(({ metric }) => metric === own.metric)
      .reduce<EnsembleScore | undefined>(
        (best, one) => (best === undefined || isBetter(info, one.value, best.value) ? one : best),
        undefined,
      );
  const against = (rival: EnsembleScore | undefined, what: string): string[] => {
    if (rival === undefined) return [];
    const stands = isBetter(info, own.value, rival.value)
      ? 'better than'
      : own.value === rival.value
        ? 'as good as'
        : 'worse than';
    return [`${stands} ${what} ${rival.subject} (${format(rival.value)})`];
  };
  const parts = [
    ...against(bestOf(scores.filter(({ subject }) => subject !== own.subject)), 'its best member,'),
    ...against(bestOf(baselines), 'the best baseline,'),
  ];
  const verdict = `Test ${metricInSentence(catalogue, own.metric)} of the ensemble: ${format(own.value)}, ${parts.join(', and ')}.`;
  return way === 'weights' ? [verdict, SHARES] : [verdict];
}
