// `hindcast duel A.json B.json`: matched seeds of each, and the verdict.

import { type Experiment, ExperimentSchema } from '../../../contract/experiment/experiment.ts';
import type { Place } from '../../../contract/pool/place.ts';
import type { DuelVerdict } from '../../../contract/studies/duel.ts';
import type { StudySummary } from '../../../contract/studies/study.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { completeExperiment } from '../../../defaults/experiment.ts';
import { seedsFrom } from '../../../defaults/seeds.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { loadExperiment } from '../experiment/experiment-file.ts';
import type { Setting } from '../experiment/set-values.ts';
import { formatScore, NOTHING } from '../text/format.ts';
import { renderTable, type TableStyle } from '../text/table.ts';
import { UsageError } from '../usage.ts';
import { lastSequence } from './follow.ts';
import { followStudy, showStudy } from './study.ts';
import { tableStyle } from './style.ts';
import { withDataset } from './train.ts';

export interface DuelArguments {
  readonly files: readonly string[];
  readonly seeds: number;
  readonly seed?: number;
  readonly set?: readonly Setting[];
  readonly name?: string;
  readonly on?: Place;
}

export async function duel(context: VerbContext, given: DuelArguments): Promise<Outcome> {
  const { files, seeds, seed, set: settings = [] } = given;
  if (files.length < 2) {
    throw new UsageError(
      'duel takes two experiments or more, for example hindcast duel gru.json lstm.json.',
      {},
    );
  }
  const [first, ...others] = await Promise.all(files.map((file) => loadExperiment(file, { settings, seed })));
  const connection = await context.connect('create');
  const { client } = connection;
  const { after, study } = await withDataset(client, context.terminal, first!.dataset, async () => {
    const after = await lastSequence(connection);
    const { name, version } = first!.dataset;
    const dataset = await client.datasets.get({ dataset: name, version });
    const complete = (experiment: Experiment): Experiment =>
      ExperimentSchema.parse(completeExperiment(experiment, dataset));
    const plan = {
      kind: 'duel',
      labels: labelsOf([first!, ...others]),
      others: others.map(complete),
      seeds: seedsFrom(first!.seed, seeds),
    };
    const named = given.name ?? plan.labels.join(' against ').slice(0, 150);
    return {
      after,
      study: await client.studies.start({ configuration: complete(first!), plan, name: named, on: given.on }),
    };
  });
  const startedText = `Study s${study.id} "${study.name}" trains ${files.length} configurations with ${seeds} seeds each: runs ${study.runs.join(', ')}.`;
  const outcome = await followStudy(context, connection, { study, after, watch: true, startedText });
  if (outcome.leaveAtOnce || (outcome.exitCode ?? 0) > 0) return outcome;
  const verdict = await client.studies.verdict({ study: study.id });
  const text = `${outcome.text}\n\n${verdictText(verdict, tableStyle(context.terminal))}`;
  return { ...outcome, json: { ...(outcome.json as object), verdict }, text };
}

/** The study as any other one, then its verdict, or why it has none. */
export async function showDuel(
  client: EngineClient,
  study: StudySummary,
  style: TableStyle,
): Promise<Outcome> {
  const shown = await showStudy(client, study, style);
  try {
    const verdict = await client.studies.verdict({ study: study.id });
    const json = { ...(shown.json as object), verdict };
    return { ...shown, json, text: `${shown.text}\n\n${verdictText(verdict, style)}` };
  } catch (cause) {
    if (!(cause instanceof HindcastError) || cause.code !== 'conflict') throw cause;
    return { ...shown, text: `${shown.text}\n\n${cause.message}` };
  }
}

/** Names of the experiments; files of one name are numbered. */
function labelsOf(experiments: readonly Pick<Experiment, 'name'>[]): string[] {
  const names = experiments.map(({ name }) => name.slice(0, 90));
  return names.map((name, index) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${index + 1})`,
  );
}

export function verdictText(
  { loss, contenders, origins, seeds, words }: DuelVerdict,
  style: TableStyle,
): string {
  const columns = [
    { header: 'CONFIGURATION' },
    { header: `MEAN ${loss.toUpperCase()}`, right: true },
    { header: 'DEVIATION', right: true },
  ];
  const rows = contenders.map(({ label, mean, deviation, best }) => [
    label,
    `${formatScore(mean)}${best ? ' *' : ''}`,
    deviation === null ? NOTHING : formatScore(deviation),
  ]);
  const about = `Over ${seeds.length} seeds and ${origins} origins; * better than each other one beyond chance (5 %).`;
  return [renderTable(columns, rows, style), about, words.join('\n')].join('\n\n');
}
