// Several labels in a cell: `a;b`, `a|b`, `a, b`, or a list as JSON or Python writes it.
import { isMissing } from '../../import/columns/number-style.ts';
import { listIn } from '../token-lists.ts';

/** The labels of a cell, as they are written; none of an empty one. */
export type LabelsOf = (cell: string) => string[];

const LOOKED_AT = 5_000;
const MOST_LABELS = 1_000;
const LONGEST = 60;
/** Of the cells with a list: fewer are rather a class with the sign in its name. */
const LEAST_JOINED = 0.02;
/** Of all labels in the cells: those that come in a second cell too. Parts of sentences do not. */
const LEAST_REPEATED = 0.8;
/** Signs that text is full of: only a column of this name is taken for labels by them. */
const USUAL = /^(labels|tags|genres?|topics|categories|classes|emotions|aspects|keywords)$/i;

const SIGNS = [
  { sign: ';', isUsual: true },
  { sign: '|', isUsual: true },
  { sign: ',', isUsual: false },
] as const;

/** Null where a cell holds one label, or no labels at all. */
export function labelSetsIn(name: string, cells: readonly string[]): LabelsOf | null {
  const some = cells.slice(0, LOOKED_AT).filter((cell) => !isMissing(cell));
  if (some.length === 0) return null;
  if (some.every((cell) => ofWords(wordsIn(cell)))) return labelsInList;
  const isCalledSo = USUAL.test(name.trim());
  const found = SIGNS.find(({ sign, isUsual }) => (isUsual || isCalledSo) && areJoined(some, sign));
  return found ? joinedBy(found.sign) : null;
}

/** The same where the cells are said to hold several: by the sign that most of them have. */
export function askedLabelSets(name: string, cells: readonly string[]): LabelsOf {
  const found = labelSetsIn(name, cells);
  if (found) return found;
  const some = cells.slice(0, LOOKED_AT).filter((cell) => !isMissing(cell));
  if (some.some((cell) => wordsIn(cell) !== null)) return labelsInList;
  const counts = SIGNS.map(({ sign }) => some.filter((cell) => cell.includes(sign)).length);
  const most = counts.reduce((high, count) => Math.max(high, count));
  return joinedBy(SIGNS[most === 0 ? 0 : counts.indexOf(most)]!.sign);
}

const joinedBy =
  (sign: string): LabelsOf =>
  (cell) =>
    isMissing(cell) ? [] : distinct(cell.split(sign));

const labelsInList: LabelsOf = (cell) => (isMissing(cell) ? [] : distinct(wordsIn(cell) ?? [cell]));

const distinct = (labels: readonly string[]): string[] => [
  ...new Set(labels.map((label) => label.trim()).filter((label) => label !== '')),
];

function areJoined(cells: readonly string[], sign: string): boolean {
  const joined = cells.filter((cell) => cell.includes(sign)).length;
  if (joined < Math.max(2, LEAST_JOINED * cells.length)) return false;
  const counts = new Map<string, number>();
  for (const cell of cells)
    for (const label of distinct(cell.toLowerCase().split(sign))) {
      if (label.length > LONGEST) return false;
      counts.set(label, (counts.get(label) ?? 0) + 1);
      if (counts.size > MOST_LABELS) return false;
    }
  const all = [...counts.values()];
  const repeated = all.filter((count) => count > 1).reduce((sum, count) => sum + count, 0);
  return counts.size > 1 && repeated >= LEAST_REPEATED * all.reduce((sum, count) => sum + count, 0);
}

/** A list of numbers is rather a series. */
const ofWords = (list: readonly string[] | null): boolean =>
  list?.every((label) => Number.isNaN(Number(label))) ?? false;

/** Null for what is no list of words and numbers. */
function wordsIn(cell: string): string[] | null {
  const list = listIn(cell);
  return list?.every((one) => typeof one === 'string' || typeof one === 'number') ? list.map(String) : null;
}
