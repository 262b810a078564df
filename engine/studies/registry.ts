// The kinds of studies by name. A new kind is a file beside this one and a line here.

import type { StudyPlan } from '../contract/studies/study.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { fieldIssues, issueText } from '../contract/values/issues.ts';
import { backtest } from './backtest.ts';
import { duel } from './duel.ts';
import { seeds } from './seeds.ts';
import type { StudyKind } from './study-kind.ts';
import { sweep } from './sweep.ts';

/** Each kind checks its plan before anything else reads it, so that the plan fits whichever kind is found. */
const erased = <Plan extends StudyPlan>(kind: StudyKind<Plan>): StudyKind => kind as unknown as StudyKind;

export const STUDY_KINDS = new Map<string, StudyKind>(
  [erased(seeds), erased(sweep), erased(backtest), erased(duel)].map((kind) => [kind.kind, kind]),
);

/** Throws `workspace-newer` for a kind that this version does not know. */
export function studyKind(kind: string): StudyKind {
  const found = STUDY_KINDS.get(kind);
  if (found) return found;
  throw new HindcastError(
    'workspace-newer',
    `This version of Hindcast knows no study of kind "${kind}": it knows ${[...STUDY_KINDS.keys()].join(', ')}.`,
    { details: { kind } },
  );
}

/** Throws `invalid-input` that names the field and what it must be. */
export function parsePlan(plan: StudyPlan): StudyPlan {
  const known = STUDY_KINDS.get(plan.kind);
  if (!known) {
    const message = `There is no study of kind "${plan.kind}": the kinds are ${[...STUDY_KINDS.keys()].join(', ')}.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'plan.kind' } });
  }
  const result = known.plan.safeParse(plan);
  if (result.success) return result.data;
  const issues = fieldIssues(result.error, plan);
  throw new HindcastError('invalid-input', `The study cannot be used: ${issueText(issues)}.`, {
    details: { issues },
  });
}
