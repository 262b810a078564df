// runs.ensemble: several runs of one protocol put together, beside each of them and the best baseline.

import type { RunDetail } from '../../contract/runs/run.ts';
import type { EnsembleScore, EnsembleWay } from '../../contract/studies/ensemble.ts';
import { MOST_MEMBERS, memberSubject } from '../../contract/studies/ensemble.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId, RunReference } from '../../contract/values/ids.ts';
import type { CallProgress } from '../../contract/values/progress.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import { studyKind } from '../../studies/registry.ts';
import { TASKS } from '../../tasks/registry.ts';
import type { TaskKind } from '../../tasks/task-kind.ts';
import { taskOf } from '../../tasks/task-of.ts';
import { ensembleWords } from '../../words/scores/ensemble-words.ts';
import { rankedScores } from '../../words/scores/ranked-scores.ts';
import type { EngineContext } from '../context.ts';
import { findByReference } from '../studies/studies.ts';
import { timedProgress } from '../watched.ts';
import { memberOf } from './ensemble-member.ts';
import { namedTwice } from './named-twice.ts';

interface Asked {
  readonly runs: readonly RunReference[];
  readonly way: EnsembleWay;
  readonly withTable: boolean;
}

interface Following {
  readonly signal?: AbortSignal | undefined;
  /** Hears how far it is. */
  reached?(progress: CallProgress): void;
}

/** @throws HindcastError `invalid-input` for too few or too many runs, `conflict` for runs that do not go together */
export async function ensembleRuns(context: EngineContext, asked: Asked, following: Following = {}) {
  const { workspace, runJob, host } = context;
  const { signal, reached } = following;
  const { way, withTable } = asked;
  const runs = membersOf(context, asked.runs).map((id) => workspace.runs.wholeDetail(id));
  requireEnsembles(runs);
  requireOneProtocol(runs);
  const members = runs.map((run) => memberOf(context, run));
  const found = await runJob(
    'ensemble',
    { members, way, withTable },
    { signal, ...(reached && { onProgress: timedProgress(host.now, reached) }) },
  );
  const { weights, windows, table } = found;
  const baselines = baselineScores(runs[0]!);
  const scores = [...found.scores, ...runs.flatMap((run) => ownScores(run, found.scores))];
  return {
    way,
    members: runs.map(({ id, name }, index) => ({ run: id, name, weight: weights?.[index] ?? null })),
    scores: rankedScores([...scores, ...baselines], CATALOGUE),
    windows,
    words: ensembleWords({ way, scores, baselines, catalogue: CATALOGUE }),
    table: table === null ? null : new Blob([table], { type: 'text/csv' }),
  };
}

function membersOf(context: EngineContext, references: readonly RunReference[]): RunId[] {
  const ids = references.flatMap((reference): RunId[] => {
    const { run, study } = findByReference(context, reference);
    if (study !== null) {
      if (studyKind(context.workspace.studies.get(study).plan.kind).hasFolds === true) throw byFolds(study);
      return context.workspace.studies.runs(study);
    }
    return run === null ? [] : [run];
  });
  const twin = namedTwice(ids);
  if (twin !== undefined) throw wrong(`Run ${twin} is named twice: an ensemble takes different runs.`);
  if (ids.length >= 2 && ids.length <= MOST_MEMBERS) return ids;
  throw wrong(
    `An ensemble takes 2 to ${MOST_MEMBERS} runs, and ${ids.length === 1 ? 'this is 1' : `these are ${ids.length}`}.`,
  );
}

const wrong = (message: string): HindcastError =>
  new HindcastError('invalid-input', message, { details: { field: 'runs' } });

const byFolds = (study: number): HindcastError =>
  wrong(
    `The folds of study s${study} are tested on other rows each, so they are put together fold by fold: \`hindcast folds s${study}\`, or Folds in Compare.`,
  );

function requireEnsembles(runs: readonly RunDetail[]): void {
  const alone = runs.find(({ configuration: { task } }) => !taskOf(task).ensemble);
  if (!alone) return;
  const kinds = Object.values<TaskKind>(TASKS).filter(({ ensemble }) => ensemble);
  const message = `Runs of the task "${taskOf(alone.configuration.task).kind}", such as run ${alone.id}, cannot be put together; choose runs of the task ${kinds.map(({ kind }) => `"${kind}"`).join(' or ')}.`;
  throw new HindcastError('conflict', message, { details: { run: alone.id } });
}

/** Answers to other questions, such as forecasts of other times, cannot be put together. */
function requireOneProtocol(runs: readonly RunDetail[]): void {
  const [first] = runs;
  const unscored = runs.find(({ fingerprint }) => fingerprint === null);
  if (unscored) {
    const message = `Run ${unscored.id} has not begun to train, so it has no answers yet; wait for its end.`;
    throw new HindcastError('conflict', message, { details: { run: unscored.id } });
  }
  const other = runs.find(({ fingerprint }) => fingerprint !== first?.fingerprint);
  if (!first || !other) return;
  const message = `Runs ${first.id} and ${other.id} were scored by different protocols (other data, another test part or other metrics; of forecasts also other targets or another horizon), so their answers cannot be put together.`;
  throw new HindcastError('conflict', message, { details: { runs: [first.id, other.id] } });
}

/** Of its test part as it was stored, unless the job asked the run again. */
const ownScores = ({ id, scores }: RunDetail, found: readonly EnsembleScore[]): EnsembleScore[] =>
  found.some(({ subject }) => subject === memberSubject(id))
    ? []
    : testScores(scores.filter(({ subject }) => subject === 'model')).map((score) => ({
        ...score,
        subject: memberSubject(id),
      }));

const baselineScores = ({ scores }: RunDetail): EnsembleScore[] =>
  testScores(scores.filter(({ subject }) => subject !== 'model'));

const testScores = (scores: RunDetail['scores']): EnsembleScore[] =>
  scores.flatMap(({ part, subject, metric, unit, target, value }) =>
    part === 'test' && target === null ? [{ subject, metric, unit, value }] : [],
  );
