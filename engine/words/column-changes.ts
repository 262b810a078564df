// Sentences about columns that a dataset's new version lacks, for window and command line.
import type { DatasetSummary } from '../contract/datasets/dataset.ts';

type Column = DatasetSummary['columns'][number];

const MOST_NAMED = 6;
const HOLDS: Readonly<Record<Column['kind'], string>> = {
  numeric: 'numbers',
  category: 'words',
  labels: 'labels',
  text: 'texts',
  tokens: 'lists of tokens',
  sequence: 'sequences',
  events: 'events',
  audio: 'recordings',
  image: 'images',
  frames: 'videos',
};

/**
 * `temp is missing; runs that use it cannot be repeated with this version.` Empty where every column is there as it was; new ones say nothing,
 * but one that is new where one of the same kind is missing may be the same under another name.
 * `shown`: a name as the caller can show it (cut, without control characters).
 */
export function columnWarnings(
  before: readonly Column[],
  after: readonly Column[],
  shown: (name: string) => string = (name) => name,
): string[] {
  const now = new Map(after.map(({ name, kind }) => [name, kind]));
  const known = new Set(before.map(({ name }) => name));
  const missing = before.filter(({ name }) => !now.has(name));
  const added = after.filter(({ name }) => !known.has(name));
  const changed = before.filter(({ name, kind }) => now.has(name) && now.get(name) !== kind);
  const warnings = changed.map(({ name, kind }) => {
    const what = `${shown(name)} held ${HOLDS[kind]} and holds ${HOLDS[now.get(name) ?? kind]} now`;
    return `${what}; ${consequence(1)}`;
  });
  if (missing.length === 0) return warnings;
  const verb = missing.length === 1 ? 'is' : 'are';
  const names = missing.map(({ name }) => shown(name));
  return [
    `${listed(names)} ${verb} missing${renamed(missing, added, shown)}; ${consequence(missing.length)}`,
    ...warnings,
  ];
}

const consequence = (count: number): string =>
  `runs that use ${count === 1 ? 'it' : 'them'} cannot be repeated with this version.`;

/** Only where there is nothing to guess. */
function renamed(
  [missing, ...others]: readonly Column[],
  [added, ...more]: readonly Column[],
  shown: (name: string) => string,
): string {
  const one = missing && added && others.length === 0 && more.length === 0;
  return one && missing.kind === added.kind ? ` (${shown(added.name)} is new; is it the same?)` : '';
}

/** `a`, `a and b`, `a, b and c`, and at most `most` names. */
function listed(names: readonly string[]): string {
  if (names.length > MOST_NAMED) {
    const rest = (names.length - MOST_NAMED).toLocaleString('en-US');
    return `${names.slice(0, MOST_NAMED).join(', ')} and ${rest} more`;
  }
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
