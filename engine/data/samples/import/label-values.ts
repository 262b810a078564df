// The labels of samples as a column: one of several classes each, or any number of labels.
import { isMissing } from '../../import/columns/number-style.ts';
import type { SampleValues } from '../sample-table.ts';
import type { LabelsOf } from './label-sets.ts';
import { tidyLabels } from './tidy-labels.ts';

export interface LabelValues {
  readonly column: SampleValues;
  /** With their samples, the most frequent first. */
  readonly classes: readonly { readonly name: string; readonly samples: number }[];
  /** [rows] what is said of a sample, as one text. */
  readonly texts: readonly string[];
  readonly notes: readonly string[];
}

/** @param labelsOf where a cell holds several; null: each is one label */
export function labelValues(name: string, cells: readonly string[], labelsOf: LabelsOf | null): LabelValues {
  return labelsOf ? severalLabels(name, cells.map(labelsOf)) : oneLabel(name, cells);
}

function oneLabel(name: string, cells: readonly string[]): LabelValues {
  const { labels, notes } = tidyLabels(cells);
  return { column: categoryColumn(name, labels), classes: classesOf(labels), texts: labels, notes };
}

function severalLabels(name: string, lists: readonly (readonly string[])[]): LabelValues {
  const { labels, notes } = tidyLabels(lists.flat());
  const names = [...new Set(labels)].toSorted(byCode);
  const codes = new Map(names.map((label, code) => [label, code]));
  let at = 0;
  const sets = lists.map(({ length }) => {
    const own = labels.slice(at, at + length).map((label) => codes.get(label)!);
    at += length;
    return [...new Set(own)].toSorted((a, b) => a - b);
  });
  const without = sets.filter(({ length }) => length === 0).length;
  const none =
    without === 0
      ? []
      : [
          `${without.toLocaleString('en-US')} ${without === 1 ? 'sample has' : 'samples have'} no label: none of the labels is true of ${without === 1 ? 'it' : 'them'}.`,
        ];
  return {
    column: { name, kind: 'labels', sets, labels: names },
    classes: classesOf(sets.flatMap((set) => set.map((code) => names[code]!))),
    texts: sets.map((set) => JSON.stringify(set.map((code) => names[code]))),
    notes: [...notes, ...none],
  };
}

const classesOf = (labels: readonly string[]) =>
  [...Map.groupBy(labels, (label) => label)]
    .map(([name, members]) => ({ name, samples: members.length }))
    .toSorted((a, b) => b.samples - a.samples || byCode(a.name, b.name));

/** Codes in the order of the names, whatever order the rows have. */
export function categoryColumn(
  name: string,
  cells: readonly string[],
): Extract<SampleValues, { kind: 'category' }> {
  const categories = [...new Set(cells.filter((cell) => !isMissing(cell)))].toSorted(byCode);
  const codes = new Map(categories.map((category, code) => [category, code]));
  return {
    name,
    kind: 'category',
    codes: Float64Array.from(cells, (cell) => codes.get(cell) ?? Number.NaN),
    categories,
  };
}

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
