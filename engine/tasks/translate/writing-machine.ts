// A model that writes texts for what it reads, tokens or images: trained, scored and asked in one way. The half of such tasks that needs
// TensorFlow.js.
import type { JobProgress } from '../../contract/processes/jobs/job.ts';
import type { Score } from '../../contract/runs/run.ts';
import type { TranslateTask } from '../../contract/tasks/translate.ts';
import type { ScoredPair, ScoredPairs } from '../../evaluation/pairs/scored-pairs.ts';
import { countParameters, type WeightLookup } from '../../models/parameters.ts';
import type { Translator } from '../../models/translation/translator.ts';
import { finished } from '../finished.ts';
import { partScores } from '../part-scores.ts';
import type { ScoredPart, TaskMachine } from '../task-kind.ts';
import { type Forced, forcedOver } from './forced.ts';
import { findPairMetric, type Source } from './prepare.ts';
import type { TrainingPairs } from './read-pairs.ts';
import { type Trained, translateTraining } from './training.ts';
import { pairOf, type Written, writtenFor } from './written.ts';

/** What needs no training: the text that it has for a source. */
export interface SimpleWriter {
  readonly subject: string;
  write(source: Source): string;
}

/** What a model wrote for the sources of a part, in their order. */
export interface WrittenPart {
  readonly part: ScoredPart;
  readonly sources: readonly Source[];
  readonly written: readonly Written[];
}

interface Writing<Read> {
  readonly experiment: Trained<Read>['experiment'] & {
    readonly task: Pick<TranslateTask, 'metrics' | 'beam' | 'lengthPenalty' | 'mostSteps'>;
  };
  readonly prepared: TrainingPairs<Read>;
  readonly model: Translator;
  /** Hears how many sources of a part are written. */
  progress?(reached: JobProgress): void;
  /** Steps of the longest pair. */
  readonly longest: number;
  /** Asked once. */
  baselines(): Generator<void, readonly SimpleWriter[], void>;
  /** As a frame. */
  encode(written: WrittenPart): Uint8Array<ArrayBuffer>;
}

/** Texts of a simple writer before the next turn is given up. */
const YIELD_AFTER = 50;

export function writingMachine<Read extends { readonly length: number }>(
  writing: Writing<Read>,
): Omit<TaskMachine, 'exportModel'> {
  const { experiment, prepared, model, longest } = writing;
  const { task } = experiment;
  let baselines: readonly SimpleWriter[] | undefined;
  return {
    model: {
      specs: model.specs,
      parameterCount: countParameters(model.specs),
      activationFloats: (batch) => model.activationFloats(batch, longest),
    },
    training: () => translateTraining({ experiment, prepared, model }),
    *score(weight, part) {
      return scoresOf(task, 'model', yield* writePart(writing, weight, part));
    },
    *scoreBaselines(part) {
      baselines ??= yield* writing.baselines();
      const sources = prepared.sourcesOf(part);
      const scores: Score[] = [];
      for (const { subject, write } of baselines) {
        const pairs: ScoredPair[] = [];
        for (const [index, source] of sources.entries()) {
          pairs.push(pairOf(write(source), source.references, prepared.target));
          if (index % YIELD_AFTER === 0) yield;
        }
        scores.push(...baselineScores(task, subject, { part, pairs }));
      }
      return scores;
    },
    predict(weight, part) {
      const sources = prepared.sourcesOf(part);
      const written = finished(writtenFor(model, weight, { prepared, sources, how: task }));
      return writing.encode({ part, sources, written });
    },
  };
}

/** What the model writes for a part, and what it says of the texts that are right; each `next` does a batch. */
export function* writePart<Read extends { readonly length: number }>(
  {
    experiment,
    prepared,
    model,
    progress,
  }: Pick<Writing<Read>, 'experiment' | 'prepared' | 'model' | 'progress'>,
  weight: WeightLookup,
  part: ScoredPart,
): Generator<void, ScoredWriting, void> {
  const sources = prepared.sourcesOf(part);
  const written = yield* writtenFor(model, weight, { prepared, sources, how: experiment.task, progress });
  const forced = yield* forcedOver(model, weight, prepared, prepared.parts[part]);
  return { part, sources, written, forced };
}

export interface ScoredWriting extends WrittenPart {
  readonly forced: Forced;
}

type Scoring = Pick<TranslateTask, 'metrics'>;

export const scoresOf = (task: Scoring, subject: string, { part, written, forced }: ScoredWriting): Score[] =>
  measured(task, subject, { part, pairs: written.map(({ pair }) => pair), forced });

/** A baseline has no probabilities. */
const baselineScores = (task: Scoring, subject: string, scored: Measured): Score[] =>
  measured(task, subject, scored).filter(({ value }) => !Number.isNaN(value));

type Measured = ScoredPairs & { readonly part: ScoredPart };

const measured = ({ metrics }: Scoring, subject: string, { part, ...scored }: Measured): Score[] =>
  partScores({ part, subject, metrics, count: scored.pairs.length }, (metric) =>
    findPairMetric(metric).value(scored),
  );
