// The API over canned data: the contract implemented with oRPC, so that a call that does not match the contract fails here too.

import { createRouterClient, implement } from '@orpc/server';
import { connectEngine, type EngineClient } from '../../../engine/connect/connection.ts';
import { contract } from '../../../engine/contract/api/api.ts';
import type { EngineEvent, EventBody } from '../../../engine/contract/api/events.ts';
import type { DatasetDetail, ImportUpdate } from '../../../engine/contract/datasets/dataset.ts';
import { MetricsFrame } from '../../../engine/contract/datasets/frames.ts';
import { ForecastFrame } from '../../../engine/contract/results/forecast.ts';
import { ResultFrame } from '../../../engine/contract/results/result.ts';
import { ACTIVE_STATES, type Comparison, type RunDetail } from '../../../engine/contract/runs/run.ts';
import { encodeRunList } from '../../../engine/contract/runs/run-list.ts';
import type { StudyPlan, StudySummary } from '../../../engine/contract/studies/study.ts';
import type { SweepView } from '../../../engine/contract/studies/sweep.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { RunIdSchema, type RunReference, type StudyReference } from '../../../engine/contract/values/ids.ts';
import type { CallProgress } from '../../../engine/contract/values/progress.ts';
import type { BackendStatus } from '../../../engine/contract/workspace/engine-info.ts';
import { CATALOGUE } from '../../../engine/evaluation/catalogue.ts';
import type { EngineConnection, OpenEngine } from '../../../engine/hosts/cli/context.ts';
import { translateFailures } from '../../../engine/services/api-failure.ts';
import {
  CANNED_SWEEP,
  cannedDataset,
  cannedInfo,
  cannedResult,
  cannedRun,
  type experiment,
  summaryOf,
} from './canned.ts';
import { cannedFolds } from './canned-folds.ts';

export interface FakeEngine {
  readonly open: OpenEngine;
  /** Every call with its input, in order. */
  readonly calls: { readonly path: string; readonly input: unknown }[];
  readonly datasets: DatasetDetail[];
  readonly runs: Map<number, RunDetail>;
  /** Stores an event and sends it to all watchers. */
  emit(body: EventBody): void;
  change(run: number, changes: Partial<RunDetail>): void;
  /** Called when a run was started or resumed, in the next turn. */
  onStarted: (run: RunDetail) => void;
  onStop: (run: RunDetail) => void;
  readonly studies: StudySummary[];
  /** Of whichever sweep is asked for. */
  sweep: SweepView;
  onStudyStarted: (plan: StudyPlan) => void;
  comparison: Comparison | undefined;
  importUpdates: ImportUpdate[] | 'endless';
  /** How far the ensembles to come are, each time that it is asked; then they have their answer. */
  ensembleProgress: CallProgress[] | 'endless';
  backends: BackendStatus[];
  role: 'host' | 'attached';
  queue: { limit: number; running: number[]; queued: number[] };
  threads: number | null;
  /** Findings of the checks to come, the last one's again and again. */
  checks: string[][];
  idle: Promise<void>;
  opened: string[];
  closed: number;
  openError: HindcastError | undefined;
}

const ids = (list: readonly number[]) => list.map((id) => RunIdSchema.parse(id));

export function fakeEngine(): FakeEngine {
  const stored: EngineEvent[] = [];
  const waiting = new Set<() => void>();
  const engine: FakeEngine = {
    open: async ({ workspacePath }) => {
      if (engine.openError) throw engine.openError;
      engine.opened.push(workspacePath);
      return connectTo(engine, createClient(engine, stored, waiting));
    },
    calls: [],
    datasets: [],
    runs: new Map(),
    emit: (body) => {
      stored.push({ sequence: stored.length + 1, atMs: Date.UTC(2026, 10, 22, 20, 14), body });
      for (const wake of waiting) wake();
    },
    change: (id, changes) => void engine.runs.set(id, { ...engine.runs.get(id)!, ...changes }),
    onStarted: () => {},
    onStop: () => {},
    studies: [],
    sweep: CANNED_SWEEP,
    onStudyStarted: () => {},
    comparison: undefined,
    importUpdates: [],
    ensembleProgress: [],
    backends: [],
    role: 'host',
    queue: { limit: 1, running: [], queued: [] },
    threads: null,
    checks: [],
    idle: Promise.resolve(),
    opened: [],
    closed: 0,
    openError: undefined,
  };
  return engine;
}

/** Through the real client side, as the command line meets it. */
function connectTo(engine: FakeEngine, client: object): EngineConnection {
  const connection = connectEngine(async () => ({
    link: {
      call: (path, input, options) => {
        const procedure = path.reduce<unknown>(
          (level, key) => (level as Record<string, unknown>)[key],
          client,
        );
        return (procedure as (input: unknown, options: unknown) => Promise<unknown>)(input, options);
      },
    },
    closed: new Promise<void>(() => {}),
    close: async () => {
      // As a host, which writes checkpoints first.
      await new Promise((resolve) => setTimeout(resolve, 5));
      engine.closed++;
    },
  }));
  return { ...connection, role: () => engine.role, whenIdle: () => engine.idle };
}

function createClient(engine: FakeEngine, stored: EngineEvent[], waiting: Set<() => void>): object {
  const { datasets, runs } = contract;
  const used = {
    engine: contract.engine,
    datasets: {
      list: datasets.list,
      get: datasets.get,
      import: datasets.import,
      delete: datasets.delete,
    },
    runs: {
      start: runs.start,
      list: runs.list,
      get: runs.get,
      metrics: runs.metrics,
      compare: runs.compare,
      ensemble: runs.ensemble,
      stop: runs.stop,
      resume: runs.resume,
      rename: runs.rename,
      duplicate: runs.duplicate,
      delete: runs.delete,
      forecast: runs.forecast,
      horizonErrors: runs.horizonErrors,
      result: runs.result,
      export: runs.export,
    },
    queue: contract.queue,
    workspace: {
      settings: contract.workspace.settings,
      checkUpdates: contract.workspace.checkUpdates,
      repair: contract.workspace.repair,
    },
    studies: contract.studies,
    events: contract.events,
  };
  const api = implement(used);
  const findStudy = (reference: StudyReference): StudySummary => {
    const study = engine.studies.find(({ id, name }) => id === reference || name === reference);
    if (study) return study;
    throw new HindcastError('not-found', `There is no study ${reference}.`);
  };

  /** Ends of those that are waited for, by their names. */
  const ensembles = new Map<string, () => void>();
  const find = (reference: RunReference): RunDetail => {
    const found = [...engine.runs.values()].find((run) => run.id === reference || run.name === reference);
    if (found) return found;
    throw new HindcastError(
      'not-found',
      `There is no run ${JSON.stringify(reference)}; \`hindcast runs\` lists them.`,
    );
  };
  const begin = (run: RunDetail): void => {
    engine.runs.set(run.id, run);
    setImmediate(() => engine.onStarted(run));
  };
  const queue = () => ({
    limit: engine.queue.limit,
    running: ids(engine.queue.running),
    queued: ids(engine.queue.queued),
  });

  async function* watch(after: number, signal: AbortSignal | undefined) {
    let at = after;
    while (!signal?.aborted) {
      for (const event of stored.slice(at)) {
        at = event.sequence;
        yield event;
      }
      if (stored.length > at) continue;
      const woken = Promise.withResolvers<void>();
      waiting.add(woken.resolve);
      signal?.addEventListener('abort', () => woken.resolve());
      await woken.promise;
      waiting.delete(woken.resolve);
    }
  }

  async function* updates(signal: AbortSignal | undefined): AsyncGenerator<ImportUpdate, void> {
    if (engine.importUpdates !== 'endless') return yield* engine.importUpdates;
    for (let rows = 0; !signal?.aborted; rows += 100) {
      yield { type: 'progress', phase: 'reading', rows, fraction: 0.25, secondsLeft: 3 };
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  const router = api.router({
    engine: {
      ping: api.engine.ping.handler(() => {}),
      describe: api.engine.describe.handler(() => cannedInfo(stored.length)),
      backends: api.engine.backends.handler(() => engine.backends),
      catalogue: api.engine.catalogue.handler(() => CATALOGUE),
      progress: api.engine.progress.handler(({ input: { watch } }) => {
        if (engine.ensembleProgress === 'endless' || !ensembles.has(watch)) return null;
        const reached = engine.ensembleProgress.shift();
        if (!reached) ensembles.get(watch)!();
        return reached ?? null;
      }),
    },
    datasets: {
      list: api.datasets.list.handler(() => engine.datasets),
      get: api.datasets.get.handler(({ input }) => {
        const found = engine.datasets.find(({ id, name }) => id === input.dataset || name === input.dataset);
        if (found) return found;
        throw new HindcastError(
          'not-found',
          `There is no dataset "${input.dataset}"; the datasets are none.`,
        );
      }),
      import: api.datasets.import.handler(async function* ({ input, signal }) {
        if (input.source.kind === 'file' && input.source.path.endsWith('missing.csv')) {
          throw new HindcastError('file-missing', `There is no file ${input.source.path}; check the path.`);
        }
        yield* updates(signal);
      }),
      delete: api.datasets.delete.handler(({ input }) => {
        const users = [...engine.runs.keys()];
        if (users.length > 0 && !input.withRuns) {
          throw new HindcastError('conflict', `Dataset ${input.dataset} is used by runs.`, {
            details: { runs: users },
          });
        }
        engine.runs.clear();
        engine.datasets.splice(0);
      }),
    },
    runs: {
      ensemble: api.runs.ensemble.handler(async ({ input: { way, watch = '' }, signal }) => {
        const ended = Promise.withResolvers<void>();
        ensembles.set(watch, ended.resolve);
        signal?.addEventListener('abort', () => ended.reject(signal.reason));
        if (engine.ensembleProgress.length === 0) ended.resolve();
        await ended.promise;
        return { way, members: [], scores: [], windows: 40, words: ['Told by both.'], table: null };
      }),
      start: api.runs.start.handler(({ input }) => {
        const run = cannedRun({
          state: 'queued',
          name: input.name ?? 'demo',
          step: 0,
          epoch: 0,
          scores: [],
          bestEpoch: null,
          bestValidationLoss: null,
          lastTrainLoss: null,
          lastValidationLoss: null,
          configuration: input.configuration as typeof experiment,
        });
        begin(run);
        return summaryOf(run);
      }),
      list: api.runs.list.handler(({ input }) => {
        const list = [...engine.runs.values()].reverse().map(summaryOf).slice(0, input.limit);
        return new Blob([encodeRunList(list)]);
      }),
      get: api.runs.get.handler(({ input }) => find(input.run)),
      metrics: api.runs.metrics.handler(({ input }) => {
        const names = ['trainLoss', 'validationLoss'];
        return MetricsFrame.toAnswer({
          header: { runId: RunIdSchema.parse(3), scope: input.scope, names },
          columns: {
            index: Int32Array.of(1, 2),
            values: [Float64Array.of(0.5, 0.25), Float64Array.of(0.75, Number.NaN)],
          },
        });
      }),
      compare: api.runs.compare.handler(() => engine.comparison!),
      stop: api.runs.stop.handler(({ input }) => {
        const run = find(input.run);
        if (!ACTIVE_STATES.includes(run.state)) {
          throw new HindcastError('conflict', `Run ${run.id} is ${run.state} and can't be stopped.`);
        }
        engine.onStop(run);
        return summaryOf(find(run.id));
      }),
      resume: api.runs.resume.handler(({ input }) => {
        const run = { ...find(input.run), state: 'queued' as const };
        begin(run);
        return summaryOf(run);
      }),
      rename: api.runs.rename.handler(({ input }) => {
        engine.change(find(input.run).id, { name: input.name });
        return summaryOf(find(input.name));
      }),
      duplicate: api.runs.duplicate.handler(({ input }) => {
        const run = {
          ...find(input.run),
          id: RunIdSchema.parse(4),
          state: 'queued' as const,
          seed: input.seed ?? 1,
        };
        begin(run);
        return summaryOf(run);
      }),
      delete: api.runs.delete.handler(({ input }) => void engine.runs.delete(find(input.run).id)),
      forecast: api.runs.forecast.handler(({ input }) => {
        const day = 86_400_000_000n;
        const start = BigInt(Date.UTC(2020, 3, 17)) * 1000n;
        return ForecastFrame.toAnswer({
          header: {
            runId: 3,
            part: input.part,
            series: ['a,b'],
            targets: ['close'],
            ...{ baselines: [], levels: [], reasons: [], training: [], leftOut: [] },
          },
          columns: {
            series: Int32Array.of(0, 0),
            origin: BigInt64Array.of(start, start),
            time: BigInt64Array.of(start + day, start + day + day / 4n),
            step: Int32Array.of(1, 2),
            target: Int32Array.of(0, 0),
            forecast: Float64Array.of(2800.125, 0.1 + 0.2),
            actual: Float64Array.of(2799, Number.NaN),
            baseline: [],
            quantile: [],
            unscored: [],
          },
        });
      }),
      horizonErrors: api.runs.horizonErrors.handler(({ input }) => ({
        horizon: 40,
        origins: find(input.run).parts.find(({ part }) => part === input.part)?.windows ?? 0,
        unit: 'original',
        subjects: ['model', 'repeat'].flatMap((subject) =>
          [null, 'close'].map((target) => ({
            subject,
            target,
            byStep: { mae: errorsTo(40, subject === 'model' ? 1 : 2), rmse: errorsTo(40, 10) },
            counts: errorsTo(40, 0),
          })),
        ),
      })),
      result: api.runs.result.handler(({ input }) => ResultFrame.toAnswer(cannedResult(input.part))),
      export: api.runs.export.handler(({ input }) => {
        find(input.run);
        const file = (name: string) => ({ name, mediaType: 'text/csv', content: new Blob([`${name}\n`]) });
        return { files: ['forecasts.csv', 'scores.csv'].map(file) };
      }),
    },
    studies: {
      list: api.studies.list.handler(() => engine.studies),
      get: api.studies.get.handler(({ input }) => findStudy(input.study)),
      start: api.studies.start.handler(({ input }) => {
        engine.onStudyStarted(input.plan);
        return findStudy(1);
      }),
      change: api.studies.change.handler(({ input }) => findStudy(input.study)),
      verdict: api.studies.verdict.handler(() => {
        throw new Error('not asked for');
      }),
      folds: api.studies.folds.handler(({ input }) => cannedFolds(input.way)),
      sweep: api.studies.sweep.handler(() => engine.sweep),
      stop: api.studies.stop.handler(({ input }) => findStudy(input.study)),
      resume: api.studies.resume.handler(({ input }) => findStudy(input.study)),
      rename: api.studies.rename.handler(({ input }) => ({ ...findStudy(input.study), name: input.name })),
      delete: api.studies.delete.handler(({ input }) => {
        engine.studies.splice(engine.studies.indexOf(findStudy(input.study)), 1);
      }),
      find: api.studies.find.handler(({ input: { reference } }) => {
        const study = engine.studies.find(({ id, name }) => reference === `s${id}` || reference === name);
        return study ? { run: null, study: study.id } : { run: find(reference).id, study: null };
      }),
    },
    queue: {
      get: api.queue.get.handler(queue),
      setLimit: api.queue.setLimit.handler(({ input }) => {
        engine.queue.limit = input.limit;
        return queue();
      }),
      move: api.queue.move.handler(queue),
    },
    workspace: {
      settings: api.workspace.settings.handler(() => ({ threads: engine.threads, automaticBackups: true })),
      checkUpdates: api.workspace.checkUpdates.handler(async function* () {
        yield { type: 'progress', phase: 'data', fraction: 0.5, secondsLeft: 3, findings: 0 };
        const [findings = []] = engine.checks.length > 1 ? engine.checks.splice(0, 1) : engine.checks;
        const repairs = findings.length > 0 ? ['Rebuild all indexes from their tables.'] : [];
        yield { type: 'done', healthy: findings.length === 0, findings, repairs, seconds: 0.25 };
      }),
      repair: api.workspace.repair.handler(() => ({
        kept: '/data/demo.hindcast.before-repair',
        done: ['Rebuild all indexes from their tables.'],
        failed: [],
      })),
    },
    events: {
      watch: api.events.watch.handler(({ input, signal }) => watch(input.after, signal)),
      list: api.events.list.handler(({ input }) => stored.slice(input.after, input.after + input.limit)),
    },
  });
  return createRouterClient(router, {
    interceptors: [
      ({ path, input, next }) => {
        engine.calls.push({ path: path.join('.'), input });
        return next();
      },
      translateFailures(() => {}),
    ],
  });
}

export type { EngineClient };

/** The dataset that an import of the fake engine ends with. */
export const importedSp500: ImportUpdate = { type: 'done', dataset: cannedDataset(), created: true };

/** An error for each step, larger by `factor` than its number. */
const errorsTo = (steps: number, factor: number): number[] =>
  Array.from({ length: steps }, (_, step) => factor * (step + 1));
