// What the buttons beside the form do: queue one run, one for each seed as a study, or one for each model.

import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { ExperimentCheck } from '../../../engine/contract/datasets/views.ts';
import type { Place } from '../../../engine/contract/pool/place.ts';
import { MANY_SEEDS } from '../../../engine/contract/studies/study.ts';
import type { BacktestParts } from '../../../engine/defaults/backtest.ts';
import { seedsFrom } from '../../../engine/defaults/seeds.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { confirm } from '../../ui/dialogs.tsx';
import { formatDuration, plural } from '../../ui/format.ts';
import { notifyDone } from '../../ui/messages.tsx';
import type { ModelDraft } from './all-models.ts';
import { type Draft, valueAt } from './draft.ts';
import { MODEL_LABELS } from './field-texts.ts';

interface Start {
  readonly check: ExperimentCheck | undefined;
  readonly on: Place;
}

interface Seeds {
  readonly seeds: number;
  readonly on: Place;
}

/** Of all epochs; null where it is not known. */
export function longestSeconds(check: ExperimentCheck | undefined): number | null {
  const epochs = check?.experiment?.training.epochs;
  return check?.estimate && epochs !== undefined ? check.estimate.seconds * epochs : null;
}

export const atMost = (seconds: number | null): string =>
  seconds === null ? '' : ` They take about ${formatDuration(seconds)} at most, one after the other.`;

/** Asks before many runs are queued. */
export async function trainSeeds(
  engine: EngineClient,
  draft: Draft,
  { seeds, check, on }: Start & { readonly seeds: number },
): Promise<void> {
  if (seeds === 1) {
    const { id } = await engine.runs.start({ configuration: draft, on });
    return navigate(hrefOf(['runs', id]));
  }
  const seconds = longestSeconds(check);
  const isSure =
    seeds <= MANY_SEEDS ||
    (await confirm({
      title: `Train ${plural(seeds, 'run')}?`,
      body: `One for each of ${seeds} seeds.${atMost(seconds === null ? null : seconds * seeds)}`,
      action: `Train ${plural(seeds, 'run')}`,
    }));
  if (!isSure) return;
  const study = await queueSeeds(engine, draft, { seeds, on });
  notifyDone(`Study s${study.id}: ${study.runs.length} runs are queued, one for each seed.`);
  navigate(hrefOf(['runs']));
}

/** One run for each model that the backtest trains. */
export async function startBacktest(
  engine: EngineClient,
  draft: Draft,
  { parts, on }: { readonly parts: BacktestParts; readonly on: Place },
): Promise<void> {
  const plan = { kind: 'backtest', ...parts };
  const study = await engine.studies.start({ configuration: draft, plan, on });
  notifyDone(
    `Study s${study.id}: ${plural(study.runs.length, 'run')} ${study.runs.length === 1 ? 'is' : 'are'} queued.`,
  );
  navigate(hrefOf(['runs']));
}

function queueSeeds(engine: EngineClient, draft: Draft, { seeds, on }: Seeds) {
  const first = Number(valueAt(draft, 'seed') ?? 1);
  return engine.studies.start({
    configuration: draft,
    plan: { kind: 'seeds', seeds: seedsFrom(first, seeds) },
    on,
  });
}

/** Checks each, says how many runs and how long, and queues them: all, or none where one cannot be trained. */
export async function trainAllModels(
  engine: EngineClient,
  models: readonly ModelDraft[],
  { seeds, on }: Seeds,
): Promise<void> {
  const checks: ExperimentCheck[] = [];
  for (const { draft } of models) checks.push(await engine.experiments.check({ configuration: draft }));
  const labels = models.map(({ kind }) => MODEL_LABELS[kind] ?? kind);
  const fits = models.filter((_, index) => checks[index]!.usable);
  const unfit = models.flatMap((_, index) => {
    const [issue] = checks[index]!.issues;
    return issue ? [`${labels[index]} is left out: ${issue.field} ${issue.message}`] : [];
  });
  const runs = fits.length * seeds;
  const seconds = checks.reduce((sum, check) => sum + (longestSeconds(check) ?? 0), 0) * seeds;
  const names = labels.filter((_, index) => checks[index]!.usable);
  const each = seeds > 1 ? `, each with ${seeds} seeds` : '';
  const body = `${names.join(', ')}${each}: the same data and settings.${atMost(seconds)} ${unfit.join(' ')}`;
  const action = `Train ${plural(runs, 'run')}`;
  if (runs === 0) throw new Error(unfit.join(' '));
  if (!(await confirm({ title: `${action}?`, body: body.trim(), action }))) return;
  for (const { draft } of fits) {
    if (seeds > 1) await queueSeeds(engine, draft, { seeds, on });
    else await engine.runs.start({ configuration: draft, on });
  }
  notifyDone(`${plural(runs, 'run')} ${runs === 1 ? 'is' : 'are'} queued.`);
  navigate(hrefOf(['runs']));
}
