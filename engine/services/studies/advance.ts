// Asks a study's kind for the next experiments and queues them: at its start, and whenever one of its runs has ended.

import { ACTIVE_STATES } from '../../contract/runs/run.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId, StudyId } from '../../contract/values/ids.ts';
import { isPassing } from '../../store/file/sqlite-errors.ts';
import type { StudyRow } from '../../store/runs/studies.ts';
import { studyKind } from '../../studies/registry.ts';
import type { StudyExperiment } from '../../studies/study-kind.ts';
import type { RunMaker } from '../run-maker.ts';
import { keepScores } from '../runs/standing.ts';
import { createQueuedRun, queueRun } from '../runs/start.ts';
import { studyOf } from './study-of.ts';

const LONGEST_NAME = 200;

/** `CO2 gru 32 seed 2`. The label stays whole. */
export function memberName(study: string, label: string): string {
  return `${study.slice(0, Math.max(0, LONGEST_NAME - label.length - 1)).trimEnd()} ${label}`;
}

/** All that it asks for now, or nothing; a study that has come to its end is closed. Returns how many runs it queued or waits for, resumed ones included. */
export function advanceStudy(context: RunMaker, id: StudyId): number {
  const { workspace, hub, suggestions } = context;
  return workspace.transaction(() => {
    const study = workspace.studies.get(id);
    if (!study.open) return 0;
    const runs = workspace.studies.runs(id).map(workspace.runs.summary);
    const wanted = studyKind(study.plan.kind).next(studyOf(workspace, study, suggestions), runs);
    let issued = study.issued;
    for (const ask of wanted) {
      if ('resume' in ask) queueRun(context, ask.resume, ask.hold);
      else if ('experiment' in ask) queueMember(context, study, ++issued, ask);
    }
    const open = wanted.length > 0 || runs.some(({ state }) => ACTIVE_STATES.includes(state));
    workspace.studies.update(id, { issued, open });
    // One that was interrupted has more to do once it is resumed.
    if (!open && !runs.some(({ state }) => state === 'interrupted')) showTests(workspace, id);
    if (!open) hub.append({ type: 'study.changed', studyId: id, name: study.name });
    return wanted.length;
  });
}

function queueMember(
  context: RunMaker,
  study: Pick<StudyRow, 'id' | 'name'>,
  position: number,
  { label, experiment, record, basis, hold }: StudyExperiment,
): void {
  const name = memberName(study.name, label);
  createQueuedRun(context, { experiment: { ...experiment, name }, study: { id: study.id, position }, hold });
  if (record !== undefined) context.workspace.studies.addRecord(study.id, position, record, basis);
}

/** From now on the test scores of its runs are shown. */
export function showTests(workspace: RunMaker['workspace'], id: StudyId): void {
  if (!workspace.studies.shown(id).hidesTest) return;
  workspace.studies.update(id, { hidesTest: false });
  for (const run of workspace.studies.runs(id)) {
    // Nothing is computed from damaged rows, and a repair may find them in a backup.
    if (workspace.runs.damage(run) === null) keepScores(workspace, run, workspace.scores.of(run));
  }
}

/** Again, of a study that is resumed: it makes choices again. */
export function hideTests(workspace: RunMaker['workspace'], id: StudyId): void {
  const { plan, hidesTest } = workspace.studies.get(id);
  if (hidesTest || studyKind(plan.kind).hidesTest !== true) return;
  workspace.transaction(() => {
    const whole = workspace.studies.runs(id).filter((run) => workspace.runs.damage(run) === null);
    const known = whole.map((run) => ({ run, scores: workspace.scores.of(run) }));
    workspace.studies.update(id, { hidesTest: true });
    for (const { run, scores } of known) keepScores(workspace, run, scores);
  });
}

/** After the end of a run. A run that is gone has no study. */
export function continueStudyOf(context: RunMaker, runId: RunId): void {
  const studyId = context.workspace.runs.studyId(runId);
  if (studyId !== null) continueStudy(context, studyId);
}

/** No caller waits for what it asks: a study that cannot say what comes next has come to its end. */
export function continueStudy(context: RunMaker, id: StudyId): void {
  try {
    advanceStudy(context, id);
  } catch (cause) {
    const { workspace, hub, host } = context;
    const error = HindcastError.wrap(cause, `Study s${id} could not be continued`);
    if (isPassing(error)) throw error;
    host.log({ level: 'error', message: error.message });
    workspace.transaction(() => {
      workspace.studies.update(id, { open: false });
      showTests(workspace, id);
      hub.append({ type: 'study.changed', studyId: id, name: workspace.studies.shown(id).name });
    });
  }
}

/** Every study that is open, or those of the pool alone: at the start of a host. */
export function continueStudies(context: RunMaker, ofPool = false): void {
  for (const { id, open, onPool } of context.workspace.studies.list())
    if (open && (onPool || !ofPool)) continueStudy(context, id);
}
