// `hindcast train EXPERIMENT.json`: reads the experiment, imports its sample data if that is missing, starts the run and watches
// it.

import type { Experiment } from '../../../contract/experiment/experiment.ts';
import type { Place } from '../../../contract/pool/place.ts';
import { MANY_SEEDS } from '../../../contract/studies/study.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { suggestion } from '../../../contract/values/nearest-word.ts';
import { PRESETS } from '../../../defaults/presets.ts';
import { seedsFrom } from '../../../defaults/seeds.ts';
import type { EngineClient, Outcome, Terminal, VerbContext } from '../context.ts';
import { loadExperiment } from '../experiment/experiment-file.ts';
import type { Setting } from '../experiment/set-values.ts';
import { UsageError } from '../usage.ts';
import { extent } from './dataset-text.ts';
import { followToEnd, lastSequence } from './follow.ts';
import { importWatching } from './import-watching.ts';
import { followStudy } from './study.ts';

export interface TrainArguments {
  readonly file: string;
  readonly seed?: number;
  readonly set?: readonly Setting[];
  readonly preset?: string;
  readonly name?: string;
  /** Runs with as many seeds, from the first on, as one study. */
  readonly seeds?: number;
  readonly yes?: boolean;
  readonly on?: Place;
}

export async function train(context: VerbContext, given: TrainArguments): Promise<Outcome> {
  // Before the workspace is opened: a bad file must leave nothing behind.
  const preset = PRESETS.find(({ name }) => name === given.preset);
  const changes = { settings: given.set ?? [], seed: given.seed, preset };
  const configuration = await loadExperiment(given.file, changes);
  const { seeds } = given;
  if (seeds !== undefined && seeds > 1 && !(await sureOfMany(context.terminal, seeds, given.yes))) {
    return { json: { started: false }, text: 'Nothing was started.', exitCode: 1 };
  }
  const connection = await context.connect('create');
  const { client } = connection;
  const isStudy = seeds !== undefined && seeds > 1;
  const started = await withDataset(client, context.terminal, configuration.dataset, async () => {
    const after = await lastSequence(connection);
    if (!isStudy)
      return { after, run: await client.runs.start({ configuration, name: given.name, on: given.on }) };
    const plan = { kind: 'seeds', seeds: seedsFrom(configuration.seed, seeds) };
    return {
      after,
      study: await client.studies.start({ configuration, plan, name: given.name, on: given.on }),
    };
  });
  const { after } = started;
  if ('study' in started) {
    const { study } = started;
    const startedText = `Study s${study.id} "${study.name}" has a run for each of ${seeds} seeds: runs ${study.runs.join(', ')}.`;
    return followStudy(context, connection, { study, after, watch: true, startedText });
  }
  return followToEnd(context, connection, {
    run: started.run,
    after,
    watch: true,
    startedText: '',
    onPool: given.on === 'pool',
  });
}

/** More than a few runs need a confirmation in a terminal, and --yes elsewhere. */
async function sureOfMany(terminal: Terminal, seeds: number, yes: boolean | undefined): Promise<boolean> {
  if (seeds <= MANY_SEEDS || yes) return true;
  if (!terminal.inIsTerminal) {
    throw new UsageError(`--seeds ${seeds} queues ${seeds} runs: add --yes to say that this is meant.`, {
      option: '--seeds',
    });
  }
  return /^y(es)?$/i.test((await terminal.ask(`Train ${seeds} runs? [y/N] `)).trim());
}

/**
 * Starts something on the dataset that an experiment names: its sample is imported where the workspace lacks it, and removed again where
 * nothing could be started.
 */
export async function withDataset<T>(
  client: EngineClient,
  terminal: Terminal,
  choice: Experiment['dataset'],
  start: () => Promise<T>,
): Promise<T> {
  const imported = await provideDataset(client, terminal, choice);
  try {
    return await start();
  } catch (cause) {
    if (imported) await removeAgain(client, terminal, choice.name);
    throw cause;
  }
}

/** What another process uses by now stays. */
async function removeAgain(client: EngineClient, terminal: Terminal, dataset: string): Promise<void> {
  try {
    await client.datasets.delete({ dataset });
    terminal.err(`Removed "${dataset}" again, since nothing was started.\n`);
  } catch {
    terminal.err(`"${dataset}" stays in the workspace.\n`);
  }
}

/** True where the sample was imported because the workspace lacks the dataset. */
async function provideDataset(
  client: EngineClient,
  terminal: Terminal,
  choice: Experiment['dataset'],
): Promise<boolean> {
  const known = (await client.datasets.list()).map((dataset) => dataset.name);
  if (known.includes(choice.name)) return false;
  if (choice.sample === undefined) {
    const near = suggestion(choice.name, known);
    throw new HindcastError(
      'not-found',
      `There is no dataset "${choice.name}" in this workspace${near ? `; did you mean "${near}"?` : ';'} \`hindcast import FILE --name ${choice.name}\` makes it.`,
      { details: { dataset: choice.name } },
    );
  }
  const source = { kind: 'sample' as const, name: choice.sample };
  const { dataset, created } = await importWatching(client, terminal, {
    source,
    name: choice.name,
    options: choice.import ?? {},
  });
  terminal.err(`Imported "${dataset.name}" from the sample data ${choice.sample}: ${extent(dataset)}.\n`);
  return created;
}
