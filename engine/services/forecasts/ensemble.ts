// runs.ensemble: the forecasts of several runs put together, beside each of them and the best baseline.

import type { RunDetail } from '../../contract/runs/run.ts';
import type { EnsembleScore, EnsembleWay } from '../../contract/studies/ensemble.ts';
import { MOST_MEMBERS } from '../../contract/studies/ensemble.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { answerOfBytes } from '../../contract/values/frame-answer.ts';
import type { RunId, RunReference } from '../../contract/values/ids.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import { studyKind } from '../../studies/registry.ts';
import { ensembleWords } from '../../words/scores/ensemble-words.ts';
import { rankedScores } from '../../words/scores/ranked-scores.ts';
import type { EngineContext } from '../context.ts';
import { findByReference } from '../studies/studies.ts';
import { memberOf } from './ensemble-member.ts';

interface Asked {
  readonly runs: readonly RunReference[];
  readonly way: EnsembleWay;
  readonly withForecasts: boolean;
}

/** @throws HindcastError `invalid-input` for too few or too many runs, `conflict` for runs that do not go together */
export async function ensembleRuns(context: EngineContext, asked: Asked, signal: AbortSignal | undefined) {
  const { workspace, runJob } = context;
  const { way, withForecasts } = asked;
  const runs = membersOf(context, asked.runs).map((id) => workspace.runs.wholeDetail(id));
  requireOneProtocol(runs);
  const members = runs.map((run) => memberOf(context, run));
  const found = await runJob('ensemble', { members, way, withForecasts }, { signal });
  const { scores, weights, windows } = found;
  return {
    way,
    members: runs.map(({ id, name }, index) => ({ run: id, name, weight: weights?.[index] ?? null })),
    scores: rankedScores([...scores, ...baselineScores(runs[0]!)], CATALOGUE),
    windows,
    words: ensembleWords({ way, scores, baselines: baselineScores(runs[0]!), catalogue: CATALOGUE }),
    // A copy that owns its bytes: the frame may be a view into a message.
    forecasts: found.forecasts && answerOfBytes(found.forecasts.slice()),
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
  const twin = ids.find((id, index) => ids.indexOf(id) < index);
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

/** Forecasts of other values, or of other times, cannot be put together. */
function requireOneProtocol(runs: readonly RunDetail[]): void {
  const [first] = runs;
  const unscored = runs.find(({ fingerprint }) => fingerprint === null);
  if (unscored) {
    const message = `Run ${unscored.id} has not begun to train, so it forecasts nothing yet; wait for its end.`;
    throw new HindcastError('conflict', message, { details: { run: unscored.id } });
  }
  const other = runs.find(({ fingerprint }) => fingerprint !== first?.fingerprint);
  if (!first || !other) return;
  const message = `Runs ${first.id} and ${other.id} were scored by different protocols (other targets, horizon, data or test part), so their forecasts cannot be put together.`;
  throw new HindcastError('conflict', message, { details: { runs: [first.id, other.id] } });
}

const baselineScores = ({ scores }: RunDetail): EnsembleScore[] =>
  scores.flatMap(({ part, subject, metric, unit, target, value }) =>
    part === 'test' && target === null && subject !== 'model' ? [{ subject, metric, unit, value }] : [],
  );
