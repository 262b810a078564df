// `hindcast sweep EXPERIMENT.json --space ...`: trials of an experiment with other values of some fields, best first at the end.
import type { Values } from '../../../contract/search.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { loadExperiment } from '../experiment/experiment-file.ts';
import type { Setting } from '../experiment/set-values.ts';
import type { SpaceOption } from '../experiment/space-option.ts';
import { formatScore, NOTHING } from '../text/format.ts';
import { testScoreText } from '../text/measure.ts';
import { renderTable } from '../text/table.ts';
import { UsageError } from '../usage.ts';
import { lastSequence } from './follow.ts';
import { stateText } from './runs.ts';
import { followStudy, membersOf } from './study.ts';
import { tableStyle } from './style.ts';
import { withDataset } from './train.ts';

export interface SweepArguments {
  readonly file: string;
  readonly space?: readonly SpaceOption[];
  readonly method: string;
  readonly stopper: string;
  readonly refill?: true;
  readonly repeat?: number;
  readonly runs: number;
  readonly epochs?: number;
  readonly minutes?: number;
  readonly batch: number;
  readonly searchSeed: number;
  readonly seed?: number;
  readonly set?: readonly Setting[];
  readonly name?: string;
}

export async function sweep(context: VerbContext, given: SweepArguments): Promise<Outcome> {
  const space = given.space ?? [];
  if (space.length === 0) {
    throw new UsageError(
      'sweep needs at least one --space, for example --space training.optimizer.learningRate=log:1e-4..1e-1.',
      { option: '--space' },
    );
  }
  const configuration = await loadExperiment(given.file, { settings: given.set ?? [], seed: given.seed });
  const connection = await context.connect('create');
  const { client } = connection;
  const { runs, epochs, minutes, batch, searchSeed, repeat } = given;
  const plan = {
    kind: 'sweep',
    space: Object.fromEntries(space.map(({ path, dimension }) => [path, dimension])),
    method: { kind: given.method },
    stopper: { kind: given.stopper },
    budget: { runs, ...(epochs !== undefined && { epochs }), ...(minutes !== undefined && { minutes }) },
    batch,
    refill: given.refill === true,
    ...(repeat !== undefined && { repeat: { best: repeat } }),
    seed: searchSeed,
  };
  const { after, study } = await withDataset(client, context.terminal, configuration.dataset, async () => {
    const after = await lastSequence(connection);
    return { after, study: await client.studies.start({ configuration, plan, name: given.name }) };
  });
  const startedText = `Study s${study.id} "${study.name}" tries up to ${runs} trials; their test scores are shown at its end.`;
  const outcome = await followStudy(context, connection, { study, after, watch: true, startedText });
  if (outcome.leaveAtOnce || (outcome.exitCode ?? 0) > 128) return outcome;
  const trials = await trialsOf(client, study.id, space);
  const table = renderTable(
    columnsOf(space),
    trials.map(({ cells }) => cells),
    tableStyle(context.terminal),
  );
  const done = await client.studies.get({ study: study.id });
  const text = `${table}\n\n${done.findings.note ?? ''}\nMore: hindcast show s${study.id}`;
  return { ...outcome, json: { ...done, trials: trials.map(({ trial }) => trial) }, text };
}

/** The last word of a path, or all of it where two end alike. */
const columnsOf = (space: readonly SpaceOption[]) => [
  { header: 'TRIAL', right: true },
  { header: 'RUN', right: true },
  { header: 'STATE' },
  { header: 'BEST VALIDATION', right: true },
  { header: 'TEST', right: true },
  ...space.map(({ path }) => ({ header: shortName(path, space), right: true })),
];

function shortName(path: string, space: readonly SpaceOption[]): string {
  const last = path.slice(path.lastIndexOf('.') + 1);
  return space.filter((other) => other.path.endsWith(`.${last}`)).length > 1 ? path : last;
}

/** Best first; trials without a loss last. */
async function trialsOf(client: EngineClient, id: number, space: readonly SpaceOption[]) {
  const members = await membersOf(client, await client.studies.get({ study: id }));
  const ranked = members.toSorted(
    (a, b) => (a.bestValidationLoss ?? Infinity) - (b.bestValidationLoss ?? Infinity),
  );
  return Promise.all(
    ranked.map(async (run) => {
      const { configuration } = await client.runs.get({ run: run.id });
      const values: Values = Object.fromEntries(
        space.flatMap(({ path }) => {
          const value = valueAt(configuration, path);
          return value === undefined ? [] : [[path, value as Values[string]]];
        }),
      );
      const trial = {
        trial: run.studyPosition,
        run: run.id,
        state: run.state,
        validation: run.bestValidationLoss,
        values,
      };
      const cells = [
        String(run.studyPosition),
        String(run.id),
        stateText(run),
        formatScore(run.bestValidationLoss),
        testScoreText(run),
        ...space.map(({ path }) => shown(values[path])),
      ];
      return { trial, cells };
    }),
  );
}

const valueAt = (root: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], root);

const shown = (value: Values[string] | undefined): string => {
  if (value === undefined) return NOTHING;
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  return typeof value === 'string' ? value : JSON.stringify(value);
};
