// A study of the store as its kind reads it.
import type { RunId } from '../../contract/values/ids.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import type { StudyRow } from '../../store/runs/studies.ts';
import type { Workspace } from '../../store/workspace.ts';
import type { Study } from '../../studies/study-kind.ts';
import type { Suggestions } from './suggestions.ts';

export function studyOf(workspace: Workspace, row: StudyRow, suggestions?: Suggestions): Study {
  return {
    ...row,
    experiment: workspace.studies.experiment(row.id),
    records: workspace.studies.records(row.id),
    catalogue: CATALOGUE,
    ...(suggestions && { suggest: (question) => suggestions.of(row.id, question) }),
    curve: (run, metric) => keptCurve(workspace, run, metric),
  };
}

interface Curve {
  /** The run as the list has it: another object once it has changed. */
  readonly row: Buffer | undefined;
  readonly values: readonly number[];
}

/** A page of a sweep asks for the curves of all its trials again and again, and few of them have changed. */
const curves = new WeakMap<Workspace, Map<string, Curve>>();
const MOST_CURVES = 2_000;

function keptCurve(workspace: Workspace, run: RunId, metric: string): readonly number[] {
  const kept = curves.get(workspace) ?? new Map<string, Curve>();
  curves.set(workspace, kept);
  const key = `${run} ${metric}`;
  const [row] = workspace.runs.list.rows([run]);
  const known = kept.get(key);
  if (known !== undefined && known.row === row) return known.values;
  const values = curveOf(workspace, run, metric);
  kept.delete(key);
  kept.set(key, { row, values });
  for (const oldest of kept.keys()) if (kept.size > MOST_CURVES) kept.delete(oldest);
  return values;
}

function curveOf({ metrics }: Workspace, run: RunId, metric: string): readonly number[] {
  if (!metrics.names(run, 'epoch').includes(metric)) return [];
  const [values] = metrics.read(run, 'epoch', { names: [metric] }).columns.values;
  return [...(values ?? [])];
}
