// Answers questions in worker processes: at most `most` at a time, the rest wait in order. A process stays for a while after its
// answer, because the next question often follows at once and loading TensorFlow.js takes half a second.

import type {
  JobInput,
  JobKinds,
  JobOutput,
  JobProgress,
  JobReply,
  JobRequest,
  LimitedJob,
} from '../../contract/processes/jobs/job.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { describeExit, type Worker, type WorkerExit } from './worker.ts';

export interface JobOptions {
  /** Cancels: a waiting job never starts, a running one is ended with its process. */
  readonly signal?: AbortSignal | undefined;
  /** What the job is about: a process that answered for the same before is preferred, as it may have kept what it made. */
  readonly about?: string | undefined;
  /** Hears how far the job is, where the job says so; nothing after its end. */
  onProgress?(progress: JobProgress): void;
}

/** @throws the job's own HindcastError, `process-died` when its process ends without an answer, `cancelled` by the signal. */
export type RunJob<Kinds extends JobKinds> = <Name extends keyof Kinds & string>(
  name: Name,
  input: JobInput<Kinds[Name]>,
  options?: JobOptions,
) => Promise<JobOutput<Kinds[Name]>>;

export interface JobPool<Kinds extends JobKinds> {
  readonly run: RunJob<Kinds>;
  /** Cancels what waits and what runs, and ends the processes. */
  close(): Promise<void>;
}

export interface JobPoolOptions<Kinds extends JobKinds> {
  readonly kinds: Kinds;
  start(): Worker<JobRequest, JobReply>;
  /** Processes at a time. */
  readonly most: number;
  /** An unused process ends after this. */
  readonly idleMs: number;
  /**
   * What a process keeps is dear: questions about one thing wait for the process that has it, and a question about another thing takes
   * over a process only where no further one may start.
   */
  readonly isResident?: boolean;
}

interface Task {
  readonly name: string;
  readonly what: string;
  readonly input: unknown;
  readonly about: string | undefined;
  readonly limited: LimitedJob | undefined;
  /** Nobody: nobody asked, or it was cancelled. */
  onProgress: ((progress: JobProgress) => void) | undefined;
  resolve(output: unknown): void;
  reject(error: HindcastError): void;
}

interface Process {
  readonly worker: Worker<JobRequest, JobReply>;
  task: Task | null;
  /** Of the newest request. */
  id: number;
  about: string | undefined;
  /** It gets no further task, but counts until it is gone. */
  ending: boolean;
  idleTimer: NodeJS.Timeout | undefined;
}

/** Within which a resident process finishes a cancelled question. */
const LEFT_MS = 15_000;

export function createJobPool<Kinds extends JobKinds>(options: JobPoolOptions<Kinds>): JobPool<Kinds> {
  /** The most recently used last. */
  const processes = new Set<Process>();
  const waiting: Task[] = [];
  let closed = false;
  let lastId = 0;

  function startWaiting(): void {
    for (const task of [...waiting]) {
      if (closed) return;
      let process: Process | undefined;
      try {
        process = options.isResident ? residentFor(task) : (idleFor(task) ?? startProcess());
      } catch (cause) {
        remove(task);
        task.reject(HindcastError.wrap(cause, `${task.what} failed: its process could not be started`));
        continue;
      }
      if (!process && options.isResident) continue;
      if (!process) return;
      remove(task);
      give(process, task);
    }
  }

  function remove(task: Task): void {
    const position = waiting.indexOf(task);
    if (position >= 0) waiting.splice(position, 1);
  }

  /** The process that has what the task is about, once it is idle; else a new one, or the one that was unused for longest. */
  function residentFor({ about }: Task): Process | undefined {
    const open = [...processes].filter((process) => !process.ending);
    const own = open.find((process) => process.about === about);
    if (own) return own.task === null ? own : undefined;
    return startProcess() ?? open.find((process) => process.task === null);
  }

  function idleFor({ about }: Task): Process | undefined {
    const idle = [...processes].filter((process) => process.task === null && !process.ending);
    return idle.findLast((process) => about !== undefined && process.about === about) ?? idle.at(-1);
  }

  /** Undefined where there is no room. */
  function startProcess(): Process | undefined {
    if (processes.size >= options.most) return undefined;
    const worker = options.start();
    const process: Process = {
      worker,
      task: null,
      id: 0,
      about: undefined,
      ending: false,
      idleTimer: undefined,
    };
    processes.add(process);
    worker.onMessage((reply) => answer(process, reply));
    worker.exited.then((exit) => gone(process, exit));
    return process;
  }

  function give(process: Process, task: Task): void {
    clearTimeout(process.idleTimer);
    processes.delete(process);
    processes.add(process);
    process.task = task;
    process.about = task.about;
    const { name, input, limited } = task;
    process.id = ++lastId;
    process.worker.post({ type: 'job', id: process.id, name, input, limited });
  }

  function answer(process: Process, reply: JobReply): void {
    const { task } = process;
    if (!task) return;
    if (reply.type === 'progress') {
      const { id, type: _, ...progress } = reply;
      if (id === process.id) task.onProgress?.(progress);
      return;
    }
    clearTimeout(process.idleTimer);
    process.task = null;
    if (reply.type === 'answered') task.resolve(reply.output);
    else task.reject(HindcastError.fromData(reply.error));
    if (reply.last) end(process);
    else process.idleTimer = setTimeout(end, options.idleMs, process).unref();
    startWaiting();
  }

  function end(process: Process): void {
    process.ending = true;
    clearTimeout(process.idleTimer);
    process.worker.kill();
  }

  /** A resident process keeps what it has for the next question, so it may finish what nobody waits for, unless that takes too long. */
  function leave(process: Process): void {
    if (!options.isResident || closed) end(process);
    else process.idleTimer = setTimeout(end, LEFT_MS, process).unref();
  }

  function gone(process: Process, exit: WorkerExit): void {
    processes.delete(process);
    clearTimeout(process.idleTimer);
    const { task } = process;
    const text = `its process ended (${describeExit(exit)}) without an answer.`;
    task?.reject(new HindcastError('process-died', `${task.what} failed: ${text}`));
    startWaiting();
  }

  function cancel(task: Task): void {
    task.onProgress = undefined;
    task.reject(new HindcastError('cancelled', `${task.what} was cancelled.`));
    remove(task);
    for (const process of processes) if (process.task === task) leave(process);
  }

  const run = async (name: string, input: unknown, asked: JobOptions = {}): Promise<unknown> => {
    const { signal, about, onProgress } = asked;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const { what = 'The job', limits } = options.kinds[name] ?? {};
    const limited = limits && { ...limits, what };
    const task: Task = { name, what, input, about, limited, onProgress, resolve, reject };
    const onAbort = () => cancel(task);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (closed || signal?.aborted) cancel(task);
    else {
      waiting.push(task);
      startWaiting();
    }
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  };

  return {
    // The processes' own table has the same types (see contract/processes/jobs/table.ts).
    run: run as RunJob<Kinds>,
    async close() {
      closed = true;
      for (const task of [...waiting]) cancel(task);
      const open = [...processes];
      for (const process of open) {
        if (process.task) cancel(process.task);
        else end(process);
      }
      await Promise.all(open.map(({ worker }) => worker.exited));
    },
  };
}
