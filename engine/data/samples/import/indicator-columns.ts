// Labels that have a column each, 1 where a sample has the label and 0 where it has not, as one column of labels.
import { isReadAsTokens } from '../../../contract/datasets/samples.ts';
import type { RawSamples } from './raw-samples.ts';
import type { TextColumn } from './text-columns.ts';

const FEWEST = 2;
const YES = /^1(\.0*)?$/;

/**
 * Null where fewer than two columns hold 0 and 1 alone, or nothing stands beside them.
 * @param columns of `raw`
 */
export function withIndicators(raw: RawSamples, columns: readonly TextColumn[]): RawSamples | null {
  const indices = [...columns.keys()].filter((index) => columns[index]!.isOfBits);
  const hasInput = raw.input !== undefined || columns.some(isReadAsTokens);
  if (indices.length < FEWEST || !hasInput) return null;
  const isBit = new Set(indices);
  const rest = [...columns.keys()].filter((index) => !isBit.has(index));
  const taken = new Set(rest.map((index) => raw.names[index]));
  const name = ['labels', 'labels of the row'].find((one) => !taken.has(one)) ?? 'all labels';
  const named = indices.map((index) => raw.names[index]!);
  return {
    ...raw,
    names: [...rest.map((index) => raw.names[index]!), name],
    rows: raw.rows.map((row) => [
      ...rest.map((index) => row[index] ?? ''),
      JSON.stringify(
        indices.filter((index) => YES.test((row[index] ?? '').trim())).map((index) => raw.names[index]),
      ),
    ]),
    roles: { ...raw.roles, labelColumn: name },
    notes: [
      ...raw.notes,
      `The columns of 0 and 1 are read as labels: ${named.slice(0, 8).join(', ')}${named.length > 8 ? ', ...' : ''}.`,
    ],
  };
}
