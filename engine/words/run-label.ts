// What tells a run from others, in legends, pickers and lists: its number, its name and its model.
import type { RunSummary } from '../contract/runs/run.ts';
import type { StudySummary } from '../contract/studies/study.ts';

export type LabelledRun = Pick<RunSummary, 'id' | 'name' | 'modelKind'>;

/** `12 CO2 gru 32`; the model comes after a name that does not hold it: `12 wide, gru`. */
export function runLabel({ id, name, modelKind }: LabelledRun): string {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}-]+/u);
  // A damaged run has no model that could be named.
  if (modelKind === '') return `${id} ${name}`;
  return words.includes(modelKind.toLowerCase()) ? `${id} ${name}` : `${id} ${name}, ${modelKind}`;
}

/** `s3 CO2 gru 32, 5 runs` */
export function studyLabel(
  { id, name }: Pick<StudySummary, 'id' | 'name'>,
  runs: readonly unknown[],
): string {
  return `s${id} ${name}, ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
}
