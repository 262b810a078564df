// `hindcast backtest EXPERIMENT.json`: one run for each fold, and the spread of their scores.
import type { DatasetSummary } from '../../../contract/datasets/dataset.ts';
import type { Place } from '../../../contract/pool/place.ts';
import { backtestRows } from '../../../defaults/backtest.ts';
import { completeExperiment } from '../../../defaults/experiment.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { loadExperiment } from '../experiment/experiment-file.ts';
import type { Setting } from '../experiment/set-values.ts';
import { UsageError } from '../usage.ts';
import { lastSequence } from './follow.ts';
import { followStudy } from './study.ts';
import { withDataset } from './train.ts';

export interface BacktestArguments {
  readonly file: string;
  readonly folds: number;
  readonly test?: number;
  readonly validation?: number;
  readonly train?: number;
  readonly window: string;
  readonly embargo: number;
  readonly refitEvery: number;
  readonly seed?: number;
  readonly set?: readonly Setting[];
  readonly name?: string;
  readonly on?: Place;
}

export async function backtest(context: VerbContext, given: BacktestArguments): Promise<Outcome> {
  const { folds, refitEvery } = given;
  if (refitEvery >= folds) {
    const message = `--refit-every takes less than the ${folds} folds, but ${refitEvery} was given: a single model that is tested once is no backtest.`;
    throw new UsageError(message, { option: '--refit-every' });
  }
  const configuration = await loadExperiment(given.file, { settings: given.set ?? [], seed: given.seed });
  const connection = await context.connect('create');
  const { client } = connection;
  const { after, study } = await withDataset(client, context.terminal, configuration.dataset, async () => {
    const after = await lastSequence(connection);
    const { name, version } = configuration.dataset;
    const dataset = await client.datasets.get({ dataset: name, version });
    const plan = { kind: 'backtest', ...planOf(given, configuration, dataset) };
    return {
      after,
      study: await client.studies.start({ configuration, plan, name: given.name, on: given.on }),
    };
  });
  const startedText = `Study s${study.id} "${study.name}" has ${folds} folds: runs ${study.runs.join(', ')}.`;
  return followStudy(context, connection, { study, after, watch: true, startedText });
}

function planOf(
  { folds, embargo, window, refitEvery, train, validation, test }: BacktestArguments,
  configuration: object,
  dataset: Pick<DatasetSummary, 'rows' | 'series' | 'frequency' | 'startUs' | 'endUs'>,
) {
  // What the data decide of the experiment is decided again where the study starts.
  const { task } = completeExperiment(configuration, dataset) as {
    readonly task: { readonly horizon?: number };
  };
  const rows = Math.floor(dataset.rows / Math.max(1, dataset.series));
  const usual = backtestRows({ rows, horizon: task.horizon ?? 1, folds, embargo });
  const parts = { validation: validation ?? usual.validation, test: test ?? usual.test };
  const left = rows - folds * parts.test - parts.validation - 2 * embargo;
  return { folds, embargo, window, refitEvery, ...parts, train: train ?? Math.max(1, left) };
}
