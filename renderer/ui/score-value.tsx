// A score in the format of its metric; a dash if there is none.
import { scoreFormat } from '../../engine/words/scores/metric-info.ts';
import { useCatalogue } from '../engine/use-catalogue.ts';
import { formatNumber } from './format.ts';

interface ScoreValueProps {
  readonly metric: string | null;
  readonly value: number | null | undefined;
  readonly digits?: number;
}

export function ScoreValue({ metric, value, digits }: ScoreValueProps) {
  const number = (one: number | null | undefined): string => formatNumber(one, digits);
  const format = scoreFormat(useCatalogue(), metric ?? '', number);
  return value === null || value === undefined ? number(value) : format(value);
}
