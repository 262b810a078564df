// A run in words: scores beside the baselines, the epoch of its weights, and how it ended.

import { RESUMABLE_STATES, type RunDetail, type Score } from '../../../contract/runs/run.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { CATALOGUE } from '../../../evaluation/catalogue.ts';
import { taskOf } from '../../../tasks/task-of.ts';
import { baselineWarning, improvingRemark } from '../../../words/scores/baseline-check.ts';
import { BEST_RULE, markBest } from '../../../words/scores/best-scores.ts';
import { metricInfo, scoreFormat } from '../../../words/scores/metric-info.ts';
import { lossUnit } from '../../../words/tasks/loss-unit.ts';
import { secondsTrained } from '../../../words/time-trained.ts';
import { counted, formatDuration, formatScore, NOTHING } from '../text/format.ts';
import { type Column, renderTable, type TableStyle } from '../text/table.ts';

const PARTS = ['validation', 'test'] as const;

export interface ScoreTableOptions {
  /** One row for each target beside the mean over all of them. */
  readonly eachTarget?: boolean;
  readonly style: TableStyle;
}

/** A row for the model and for each baseline on each part, a column for each metric, the best of its part marked; null without scores. */
export function scoreTable(run: RunDetail, options: ScoreTableOptions): string | null {
  if (run.scores.length === 0) return null;
  const targets = scoredTargets(run.scores, options.eachTarget ?? false);
  const metrics = [...new Set(run.scores.map((score) => score.metric))];
  const rows = PARTS.flatMap((part) => {
    const ofPart = run.scores.filter((score) => score.part === part);
    const subjects = [...new Set(ofPart.map((score) => score.subject))];
    return targets.flatMap((target) =>
      subjects.map((subject) => {
        const rivals = ofPart
          .filter((score) => score.target === target)
          .map((score) => ({ ...score, key: score.subject }));
        const best = markBest(rivals, CATALOGUE);
        const cells = metrics.map((metric) => {
          const score = rivals.find((rival) => rival.metric === metric && rival.subject === subject);
          return score
            ? `${scoreFormat(CATALOGUE, metric, formatScore)(score.value)}${best.has(score) ? ' *' : '  '}`
            : `${NOTHING}  `;
        });
        return [part, rowName(run, subject, target, targets.length > 1), ...cells];
      }),
    );
  });
  const columns: Column[] = [
    { header: 'PART' },
    { header: 'SCORES OF', cut: true },
    ...metrics.map((metric) => ({ header: `${metricInfo(CATALOGUE, metric).label}  `, right: true })),
  ];
  return `${renderTable(columns, rows, options.style)}\n* ${[BEST_RULE, ...scoreUnit(run, metrics)].join('; ')}`;
}

/** The mean over all targets where there is one, and each target where that was asked for or there is no mean. */
function scoredTargets(scores: readonly Score[], each: boolean): (string | null)[] {
  const targets = [...new Set(scores.map((score) => score.target))];
  const named = targets.filter((target) => target !== null);
  if (!targets.includes(null)) return named;
  return each && named.length > 1 ? [null, ...named] : [null];
}

function rowName(run: RunDetail, subject: string, target: string | null, several: boolean): string {
  const isTaken = run.scores.some((score) => score.subject === run.modelKind);
  const model = isTaken ? `${run.modelKind} (this run)` : run.modelKind;
  const name = subject === 'model' ? model : subject;
  return several ? `${name}, ${target ?? 'all targets'}` : name;
}

/** Nothing where no metric has the unit of what is forecast. */
function scoreUnit(run: RunDetail, metrics: readonly string[]): string[] {
  if (metrics.every((metric) => metricInfo(CATALOGUE, metric).unit === 'none')) return [];
  if (run.scores.some((score) => score.unit === 'standardized')) {
    return ['scores in standard deviations of the training part'];
  }
  const { task } = run.configuration;
  const targets = taskOf(task).targets(task);
  return [
    targets.length === 1
      ? `scores in the unit of ${targets[0]}`
      : `scores in the units of ${targets.join(', ')}`,
  ];
}

/** `Run 3 "sp500 lstm" completed after 12 epochs and 1,320 steps, 1 m 20 s.` */
export function endSentence(run: RunDetail): string {
  const seconds = secondsTrained(run);
  const took = seconds === null ? '' : `, ${formatDuration(seconds)}`;
  const done = `after ${counted(run.epoch, 'epoch')} and ${counted(run.step, 'step')}`;
  return `Run ${run.id} "${run.name}" ${STATE_WORDS[run.state]} ${done}${took}.`;
}

const STATE_WORDS: Readonly<Record<RunDetail['state'], string>> = {
  queued: 'is queued',
  running: 'is running',
  paused: 'is paused',
  stopped: 'was stopped',
  held: 'was held',
  interrupted: 'was interrupted',
  completed: 'completed',
  diverged: 'diverged',
  failed: 'failed',
  damaged: 'is damaged',
};

/** Which weights the scores and forecasts are made with. */
export function weightsSentence(run: RunDetail): string | null {
  if (run.bestEpoch === null) return null;
  const unit = lossUnit(run.configuration.task);
  return `Weights: of epoch ${run.bestEpoch}, the best on validation (loss ${formatScore(run.bestValidationLoss)}${unit === null ? '' : ` ${unit}`}).`;
}

/** What the run has to say beside its scores: that a baseline is better, the reason of its state, a backend that was not the one asked for, notes. */
export function remarks(run: RunDetail): string[] {
  const fallback = run.backendUsed?.fallbackReason;
  const texts = [
    baselineWarning(run, formatScore, CATALOGUE),
    improvingRemark(run, CATALOGUE),
    run.reason,
    fallback ? `Trained on ${run.backendUsed?.name}: ${fallback}` : null,
    ...run.notes,
  ];
  return [...new Set(texts.filter((text) => text !== null))];
}

/** Why a run that was waited for did not complete, and how to resume it. */
export function complaintAbout(run: RunDetail): HindcastError | undefined {
  // A run is held only where its study wants it so.
  if (run.state === 'completed' || run.state === 'held') return undefined;
  // The reason of a stop only repeats what is said here.
  const text = run.state === 'stopped' ? null : run.reason;
  const reason = text ? `: ${text.replace(/\.$/, '')}` : '';
  const resume = `hindcast resume ${run.id}`;
  const next = RESUMABLE_STATES.includes(run.state)
    ? `resume with \`${resume}\``
    : `\`hindcast show ${run.id} --log\` says what happened`;
  // What failed before its first step fails again: a run keeps its configuration.
  const never = run.state === 'failed' && run.step === 0 && text !== null;
  const instead = `start another with that put right; \`hindcast delete ${run.id}\` removes this one`;
  const advice = text?.includes(resume) ? '' : `; ${never ? instead : next}`;
  return new HindcastError(
    'run-not-completed',
    `Run ${run.id} ${STATE_WORDS[run.state]}${reason}${advice}.`,
    { details: { run: run.id, state: run.state } },
  );
}

/** Everything about a run that has ended, as `train` and `resume` print it. */
export function endText(run: RunDetail, style: TableStyle): string {
  const blocks = [
    [endSentence(run), weightsSentence(run)].filter((line) => line !== null).join('\n'),
    scoreTable(run, { style }),
    // The reason of a run that did not complete comes as the error.
    remarks(run)
      .filter((text) => run.state === 'completed' || text !== run.reason)
      .join('\n'),
    `More: hindcast show ${run.id}`,
  ];
  return blocks.filter((block) => block !== null && block !== '').join('\n\n');
}
