// What the run list has rows for: runs, and studies with their runs below them. Pure.
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import type { StudySummary } from '../../../engine/contract/studies/study.ts';
import type { ListedRun } from './run-filter.ts';

/** A study as it is now. */
export interface ListedStudy {
  readonly study: StudySummary;
  /** All its runs, in their order. */
  readonly members: readonly ListedRun[];
}

export type Entry = RunEntry | StudyEntry;

export interface RunEntry {
  readonly key: string;
  readonly run: ListedRun;
  readonly study: null;
}

export interface StudyEntry {
  readonly key: string;
  readonly run: null;
  readonly study: ListedStudy;
  /** Of its runs those that the filter leaves. */
  readonly below: readonly RunEntry[];
}

export const runKey = (id: number): string => `run-${id}`;
export const studyKey = (id: number): string => `study-${id}`;

/** `s3`: how a study is named in an address and in the terminal. */
export const studyReference = ({ id }: Pick<StudySummary, 'id'>): string => `s${id}`;

/** Studies by their numbers, each with its runs. */
export function listStudies(
  runs: readonly ListedRun[],
  studies: readonly StudySummary[],
): ReadonlyMap<number, ListedStudy> {
  const members = Map.groupBy(runs, ({ studyId }) => studyId);
  const listed = studies.flatMap((study): ListedStudy[] => {
    const ofStudy = members.get(study.id);
    return ofStudy ? [{ study, members: inOrder(ofStudy) }] : [];
  });
  return new Map(listed.map((one) => [one.study.id as number, one]));
}

const inOrder = <Run extends RunSummary>(runs: readonly Run[]): readonly Run[] =>
  runs.toSorted((a, b) => (a.studyPosition ?? 0) - (b.studyPosition ?? 0));

/** One entry for each run and each study; runs of a study that is known stand below it. */
export function entriesOf(
  runs: readonly ListedRun[],
  studies: ReadonlyMap<number, ListedStudy>,
): readonly Entry[] {
  const below = new Map<number, RunEntry[]>();
  const entries: Entry[] = [];
  for (const run of runs) {
    const entry: RunEntry = { key: runKey(run.id), run, study: null };
    const study = run.studyId === null ? undefined : studies.get(run.studyId);
    const others = study && below.get(study.study.id);
    if (!study) entries.push(entry);
    else if (others) others.push(entry);
    else {
      const first = [entry];
      below.set(study.study.id, first);
      entries.push({ key: studyKey(study.study.id), run: null, study, below: first });
    }
  }
  return entries;
}

/** The runs that an entry stands for. */
export const runsOf = (entry: Entry): readonly ListedRun[] =>
  entry.study ? entry.study.members : [entry.run];

/** A study whose runs are partly left out by the filter shows the others; the user's choice has priority. */
export function isUnfolded(entry: StudyEntry, chosen: ReadonlyMap<string, boolean>): boolean {
  return chosen.get(entry.key) ?? entry.below.length < entry.study.members.length;
}

/** What is to be compared: a study whose runs are all chosen stands for them. */
export function referencesTo(
  chosen: readonly ListedRun[],
  studies: ReadonlyMap<number, ListedStudy>,
): readonly string[] {
  const ids = new Set<number>(chosen.map(({ id }) => id));
  const references = chosen.map((run) => {
    const listed = run.studyId === null ? undefined : studies.get(run.studyId);
    const isWhole = listed !== undefined && listed.members.length > 1;
    return isWhole && listed.members.every(({ id }) => ids.has(id))
      ? studyReference(listed.study)
      : String(run.id);
  });
  return [...new Set(references)];
}
