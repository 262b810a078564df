// The findings of the doctor: the options of an import with the chosen remedies, and the findings as lines.
import { joinClean } from '../contract/datasets/clean.ts';
import type { ImportOptions, ImportReport } from '../contract/datasets/dataset.ts';
import type { Finding } from '../contract/datasets/findings.ts';
import { FATE_OF_GAPS, IN_TIME, SAME_TIME } from '../contract/runs/note-words.ts';

/** The options with the remedies of some findings. */
export function withRemedies(options: ImportOptions, findings: readonly Finding[]): ImportOptions {
  const cleans = findings.flatMap(({ remedy }) => remedy?.clean ?? []);
  const missing = [
    ...new Set([...(options.missing ?? []), ...findings.flatMap(({ remedy }) => remedy?.missing ?? [])]),
  ];
  const clean = joinClean(options.clean ?? {}, ...cleans);
  const drop = clean.drop && [...new Set(clean.drop)];
  return {
    ...options,
    ...Object.assign({}, ...findings.map(({ remedy }) => remedy?.reads)),
    ...(missing.length > 0 ? { missing } : {}),
    ...(cleans.length > 0 ? { clean: { ...clean, ...(drop ? { drop } : {}) } } : {}),
  };
}

/** Notes that say the same as the findings of a check. */
const TOLD_BY: Readonly<Record<string, ((note: string) => boolean) | undefined>> = {
  gaps: (note) => note.startsWith(FATE_OF_GAPS) || (/gaps? /.test(note) && note.includes(` ${IN_TIME}`)),
  duplicates: (note) => note.includes(` ${SAME_TIME}: `),
};

/** The notes of an import that its findings do not say, for where both are shown. */
export const notesBeside = ({ notes, findings = [] }: Pick<ImportReport, 'notes' | 'findings'>): string[] =>
  notes.filter(
    (note) => !findings.some(({ check, words }) => note.startsWith(words) || TOLD_BY[check]?.(note)),
  );

/** `line 102, 2024-01-05T04:00:00Z` */
export function exampleText({ line, timeUs }: Finding['examples'][number]): string {
  const time = timeUs === 0 ? [] : [new Date(timeUs / 1000).toISOString().slice(0, 19).replace('T', ' ')];
  return [...(line === null ? [] : [`line ${line}`]), ...time].join(', ');
}

/** What becomes of a finding that no remedy of an import repairs. */
const FATES: Readonly<Record<string, string | undefined>> = {
  gaps: 'experiments take the rows for missing values, and windows cross no long gap',
  missing: 'inputs are filled in an experiment (pipeline step fill); a missing target is never scored',
  duplicates: 'the last row of each time is kept',
};

export const fateOf = ({ check }: Pick<Finding, 'check'>): string => FATES[check] ?? 'kept as it is';

/** One line: what was found, examples, the remedy. */
export function findingText({ check, words, examples, remedy }: Finding, most = 3): string {
  const where = examples
    .slice(0, most)
    .map(exampleText)
    .filter((text) => text !== '');
  const shown = where.length > 0 ? ` (${where.join('; ')})` : '';
  return `${words}${shown}; ${remedy ? `remedy: ${remedy.words}` : fateOf({ check })}.`;
}
