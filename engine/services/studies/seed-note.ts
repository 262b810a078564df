// A run of a study of seeds with a note on what the other seeds reached.
import type { RunDetail } from '../../contract/runs/run.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import { studyKind } from '../../studies/registry.ts';
import { seedRemark } from '../../words/scores/seed-remark.ts';
import type { EngineContext } from '../context.ts';

const DIGITS = 4;

export function withSeedNote(workspace: EngineContext['workspace'], run: RunDetail): RunDetail {
  if (run.studyId === null) return run;
  const { plan, damage } = workspace.studies.shown(run.studyId);
  if (damage !== null) return run;
  if (!studyKind(plan.kind).seedsAlone) return run;
  const runs = workspace.studies.runs(run.studyId).map(workspace.runs.summary);
  const number = (value: number): string => String(Number(value.toPrecision(DIGITS)));
  const remark = seedRemark(run, runs, { number, catalogue: CATALOGUE });
  return remark === null ? run : { ...run, notes: [...run.notes, remark] };
}
