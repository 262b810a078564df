// `hindcast sweep FILE`: trials of an experiment with other values of some fields, best first at the end.

import type { Place } from '../../../contract/pool/place.ts';
import { isFields } from '../../../contract/values/fields.ts';
import type { StudyId } from '../../../contract/values/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';
import type { ChosenSearch } from '../experiment/search-option.ts';
import type { Setting } from '../experiment/set-values.ts';
import type { SpaceOption } from '../experiment/space-option.ts';
import { loadSweep } from '../experiment/sweep-file.ts';
import { formatDuration, formatScore, NOTHING } from '../text/format.ts';
import { studyLabel } from '../text/study-text.ts';
import { renderTable } from '../text/table.ts';
import { UsageError } from '../usage.ts';
import { lastSequence } from './follow.ts';
import { followStudy } from './study.ts';
import { tableStyle } from './style.ts';
import { withDataset } from './train.ts';

export interface SweepArguments {
  readonly file: string;
  readonly space?: readonly SpaceOption[];
  readonly method?: ChosenSearch;
  readonly stopper?: ChosenSearch;
  readonly objective?: string;
  readonly refill?: true;
  readonly repeat?: number;
  readonly runs?: number;
  readonly epochs?: number;
  readonly minutes?: number;
  readonly batch?: number;
  readonly searchSeed?: number;
  readonly seed?: number;
  readonly set?: readonly Setting[];
  readonly name?: string;
  readonly on?: Place;
}

export async function sweep(context: VerbContext, given: SweepArguments): Promise<Outcome> {
  const file = await loadSweep(given.file, { settings: given.set ?? [], seed: given.seed });
  const plan = { ...file.plan, ...optionsOf(given, file.plan), kind: 'sweep' };
  if (!isFields(plan.space)) {
    throw new UsageError(
      'sweep needs at least one --space, for example --space training.optimizer.learningRate=log:1e-4..1e-1, or a file with a space.',
      { option: '--space' },
    );
  }
  const connection = await context.connect('create');
  const { client } = connection;
  const { configuration } = file;
  const name = given.name ?? file.name;
  const { after, study } = await withDataset(client, context.terminal, configuration.dataset, async () => {
    const after = await lastSequence(connection);
    return { after, study: await client.studies.start({ configuration, plan, name, on: given.on }) };
  });
  const { budget } = await client.studies.sweep({ study: study.id });
  const startedText = `Study s${study.id} "${study.name}" tries up to ${budget.runs.most} trials; their test scores are shown at its end.`;
  return followStudy(context, connection, { study, after, watch: true, startedText });
}

/** What options say has priority over the file. */
function optionsOf(given: SweepArguments, file: Readonly<Record<string, unknown>>) {
  const { space, method, stopper, objective, refill, repeat, runs, epochs, minutes, batch, searchSeed } =
    given;
  const budget = defined({ runs, epochs, minutes });
  return defined({
    space:
      space === undefined
        ? undefined
        : {
            ...fieldsOf(file.space),
            ...Object.fromEntries(space.map(({ path, dimension }) => [path, dimension])),
          },
    method,
    stopper,
    budget: Object.keys(budget).length === 0 ? undefined : { ...fieldsOf(file.budget), ...budget },
    repeat: repeat === undefined ? undefined : { best: repeat },
    objective,
    refill,
    batch,
    seed: searchSeed,
  });
}

const fieldsOf = (value: unknown): object => (isFields(value) ? value : {});

function defined<Values extends object>(values: Values): Partial<Values> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  // Fewer of the same fields.
  return Object.fromEntries(entries) as Partial<Values>;
}

/** `hindcast sweeps`: newest first. */
export async function listSweeps(context: VerbContext): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const studies = (await client.studies.list()).filter(({ searches }) => searches);
  const views = await Promise.all(studies.map(({ id }) => client.studies.sweep({ study: id })));
  const json = studies.map((study, index) => ({ ...study, ...views[index] }));
  if (studies.length === 0)
    return { json, text: 'There is no sweep yet: `hindcast sweep samples/co2-sweep.json` starts one.' };
  const columns = [
    { header: 'SWEEP' },
    { header: 'NAME', cut: true },
    { header: 'STATE' },
    { header: 'TRIALS', right: true },
    { header: 'BEST', right: true },
    { header: 'LEFT', right: true },
  ];
  const rows = studies.map(({ id, name, open }, index) => {
    const { budget, trials, best, secondsLeft } = views[index]!;
    const result = trials.find(({ trial }) => trial === best)?.result ?? null;
    return [
      `s${id}`,
      name,
      open ? 'open' : 'ended',
      `${budget.runs.used}/${budget.runs.most}`,
      formatScore(result),
      open && secondsLeft !== null ? formatDuration(secondsLeft) : NOTHING,
    ];
  });
  return { json, text: renderTable(columns, rows, tableStyle(context.terminal)) };
}

export interface BudgetArguments {
  readonly study: StudyId | string;
  readonly runs?: number;
  readonly epochs?: number;
  readonly minutes?: number;
}

/** `hindcast budget s3 --runs 40`. */
export async function changeBudget(
  context: VerbContext,
  { study, ...given }: BudgetArguments,
): Promise<Outcome> {
  const budget = defined(given);
  if (Object.keys(budget).length === 0)
    throw new UsageError(
      'budget takes --runs, --epochs or --minutes; for example: hindcast budget s3 --runs 40',
    );
  const { client } = await context.connect('existing');
  const changed = await client.studies.change({ study, plan: { budget } });
  const { used, most } = (await client.studies.sweep({ study: changed.id })).budget.runs;
  const next = changed.open ? '' : ` It has ended: \`hindcast resume s${changed.id}\` continues it.`;
  return {
    json: changed,
    text: `The budget of ${studyLabel(changed)} is changed: ${used} of ${most} trials are made.${next}`,
  };
}
