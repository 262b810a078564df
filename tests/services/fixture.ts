// A real workspace in a folder of its own, with a small dataset, and training processes that a test plays by hand.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { FromImporter, ToImporter } from '../../engine/contract/processes/importer.ts';
import type { JobReply, JobRequest } from '../../engine/contract/processes/jobs/job.ts';
import { JOB_KINDS, type Jobs } from '../../engine/contract/processes/jobs/table.ts';
import type { FromTrainer, ToTrainer } from '../../engine/contract/processes/trainer.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { workerEntry } from '../../engine/hosts/node/paths.ts';
import { JOBS } from '../../engine/hosts/trainer/jobs/index.ts';
import { serveJobs } from '../../engine/hosts/trainer/serve-jobs.ts';
import type { EngineContext } from '../../engine/services/context.ts';
import { createEventHub } from '../../engine/services/event-hub.ts';
import { createJobPool, type RunJob } from '../../engine/services/processes/job-pool.ts';
import type { Worker, WorkerExit } from '../../engine/services/processes/worker.ts';
import { createRunSupervisor } from '../../engine/services/runs/supervisor.ts';
import { createSuggestions } from '../../engine/services/studies/suggestions.ts';
import { openSeriesSource } from '../../engine/store/datasets/series-source.ts';
import { openWorkspace } from '../../engine/store/workspace.ts';
import { importedWorkspaceDataset } from './dataset.ts';

export interface FakeWorker<In, Out> extends Worker<In, Out> {
  readonly received: In[];
  /** As if the process had sent it. */
  say(message: Out): void;
  end(exit?: WorkerExit): void;
}

export function createFakeWorker<In, Out>(): FakeWorker<In, Out> {
  const received: In[] = [];
  let listener: (message: Out) => void = () => {};
  const exited = Promise.withResolvers<WorkerExit>();
  return {
    pid: 1,
    received,
    post: (message) => void received.push(message),
    onMessage(next) {
      listener = next;
    },
    exited: exited.promise,
    kill: () => exited.resolve({ code: null, signal: 'SIGKILL' }),
    say: (message) => listener(message),
    end: (exit = { code: 0, signal: null }) => exited.resolve(exit),
  };
}

/** Answers jobs in this process, as a worker process would; numbers and errors take the same way. */
export const runJobHere: RunJob<Jobs> = async (name, input, { onProgress } = {}) => {
  const answered = Promise.withResolvers<Exclude<JobReply, { type: 'progress' }>>();
  let ask: (request: JobRequest) => void = () => {};
  void serveJobs({
    port: {
      post: async (reply) => {
        if (reply.type === 'progress') onProgress?.(reply);
        else answered.resolve(structuredClone(reply));
      },
      onMessage: (listener) => {
        ask = listener;
      },
    },
    handlers: JOBS,
    environment: { openSource: openSeriesSource },
    threadEntry: pathToFileURL(workerEntry('trainer')),
    memoryBytes: () => 0,
  });
  ask(structuredClone({ type: 'job', id: 1, name, input }));
  const reply = await answered.promise;
  if (reply.type === 'refused') throw HindcastError.fromData(reply.error);
  return reply.output as never;
};

export type FakeTrainer = FakeWorker<ToTrainer, FromTrainer>;
export type FakeJobProcess = FakeWorker<JobRequest, JobReply>;
export type FakeImporter = FakeWorker<ToImporter, FromImporter>;

export interface TestEngine extends EngineContext {
  readonly trainers: FakeTrainer[];
  readonly jobProcesses: FakeJobProcess[];
  readonly importers: FakeImporter[];
  /** Lets promises, timers of 0 ms and the pieces of a long message run: sixty turns, however long each of them takes. */
  settle(): Promise<void>;
}

async function settle(): Promise<void> {
  for (let timers = 0; timers < 3; timers++) {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

export const smallExperiment = {
  name: 'small',
  dataset: { name: 'waves' },
  task: { kind: 'forecast', targets: ['level'], lookback: 4, horizon: 2 },
  model: { kind: 'lstm', units: 2 },
  training: { epochs: 2 },
};

export interface TestEngineOptions {
  readonly cores?: number;
  /** Answers what studies ask; default: it is answered in the engine itself. */
  readonly suggests?: RunJob<Jobs>;
}

export function createTestEngine({ cores = 2, suggests }: TestEngineOptions = {}): TestEngine {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-services-'));
  let clock = 1_700_000_000_000;
  const now = () => clock++;
  const workspace = openWorkspace(join(folder, 'test.hindcast'), { create: true, now });
  importedWorkspaceDataset(workspace, 'waves');
  const trainers: FakeTrainer[] = [];
  const jobProcesses: FakeJobProcess[] = [];
  const importers: FakeImporter[] = [];
  const start = <In, Out>(list: FakeWorker<In, Out>[]) => {
    const worker = createFakeWorker<In, Out>();
    list.push(worker);
    return worker;
  };
  const host = {
    version: '0.0.0',
    cores,
    now,
    log: () => {},
    startTrainer: () => start(trainers),
    startJobProcess: () => start(jobProcesses),
    startImporter: () => start(importers),
    samplePath: (name: string) => join(folder, name),
  };
  const hub = createEventHub(workspace, now);
  const suggestions = suggests && createSuggestions({ runJob: suggests, log: host.log });
  const supervisor = createRunSupervisor(workspace, hub, host, suggestions);
  const jobs = createJobPool({ kinds: JOB_KINDS, start: host.startJobProcess, most: 2, idleMs: 1_000 });
  onTestFinished(async () => {
    await jobs.close();
    hub.close();
    workspace.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    workspace,
    hub,
    supervisor,
    suggestions,
    host,
    runJob: jobs.run,
    trainers,
    jobProcesses,
    importers,
    settle,
  };
}
