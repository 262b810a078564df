// studies.change and studies.sweep.

import { parseRunList } from '../../contract/runs/run-list.ts';
import type { StudySummary } from '../../contract/studies/study.ts';
import type { SweepView } from '../../contract/studies/sweep.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { StudyReference } from '../../contract/values/ids.ts';
import { parsePlan, studyKind } from '../../studies/registry.ts';
import type { EngineContext } from '../context.ts';
import { advanceStudy } from './advance.ts';
import { studySummary } from './studies.ts';
import { studyOf } from './study-of.ts';

/** A part that is an object keeps what is not named; null takes a value out of it. */
export function changeStudy(
  context: EngineContext,
  reference: StudyReference,
  changes: Readonly<Record<string, unknown>>,
): StudySummary {
  const { workspace, hub, supervisor } = context;
  const id = workspace.studies.resolve(reference);
  const { plan, name, open } = workspace.studies.get(id);
  const changeable = studyKind(plan.kind).changeable ?? [];
  const fixed = Object.keys(changes).find((key) => !changeable.includes(key));
  if (fixed !== undefined) {
    const may = changeable.length === 0 ? 'nothing' : changeable.join(', ');
    const message = `The ${fixed} of study s${id} "${name}" is fixed since its start; of a study of kind "${plan.kind}" ${may} may change.`;
    throw new HindcastError('invalid-input', message, { details: { field: `plan.${fixed}` } });
  }
  const merged = Object.entries(changes).map(([key, change]) => [key, mergedWith(plan[key], change)]);
  const next = parsePlan({ ...plan, ...Object.fromEntries(merged) });
  workspace.transaction(() => {
    workspace.studies.update(id, { plan: next });
    hub.append({ type: 'study.changed', studyId: id, name });
    if (open) advanceStudy(context, id);
  });
  supervisor.workQueue();
  return studySummary(context, id);
}

function mergedWith(before: unknown, change: unknown): unknown {
  if (typeof before !== 'object' || typeof change !== 'object' || change === null) return change;
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== null));
}

/** @throws HindcastError `invalid-input` for a study that does not search */
export function sweepOf({ workspace }: EngineContext, reference: StudyReference): SweepView {
  const row = workspace.studies.get(workspace.studies.resolve(reference));
  const { sweep } = studyKind(row.plan.kind);
  if (sweep === undefined) {
    const message = `Study s${row.id} "${row.name}" is of kind "${row.plan.kind}": only a sweep has trials.`;
    throw new HindcastError('invalid-input', message, { details: { study: row.id } });
  }
  const runs = parseRunList(workspace.runs.list.json(workspace.studies.runs(row.id)).toString());
  return sweep(studyOf(workspace, row), runs);
}
