// The control block at the start of the shared memory, and the pool of threads. A job is split into numbered pieces that write to
// separate memory. It does not matter to the result which thread takes which piece, so 1, 2 or 4 threads give the same bits. One
// 64-bit word holds (epoch, next piece, pieces): a thread takes a piece by compare-and-swap, so a thread that wakes late cannot
// touch a later job.
import { writeExponentialConstants } from './exponential';
import { writeGeluConstants } from './gelu';
import { runPiece } from './jobs';
import { writeConstants } from './math';

const STATE: usize = 64;
const JOB: usize = 128;
const DONE: usize = 192;
const WAKE: usize = 256;
const QUIT: usize = 320;
const THREADS: usize = 324;
const SPIN: usize = 328;
const MAY_WAIT: usize = 332;
const SCRATCH: usize = 384;
const SCRATCH_BYTES: usize = 388;
const WIDE: usize = 392;
const FIRST: usize = 396;
const ARGS: usize = 512;

/** What the state's word can count. */
const MOST_PIECES = 0xffff;

/** Index of this thread: 0 is the caller, 1.. the workers. */
let thread: i32 = 0;

// @ts-ignore: decorator
@inline
export function arg(index: i32): i32 {
  return load<i32>(ARGS + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function argf(index: i32): f32 {
  return load<f32>(ARGS + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function setArg(index: i32, value: i32): void {
  store<i32>(ARGS + (<usize>index << 2), value);
}

// @ts-ignore: decorator
@inline
export function setArgf(index: i32, value: f32): void {
  store<f32>(ARGS + (<usize>index << 2), value);
}

/** 0 for the caller, 1.. for the workers. */
export function threadIndex(): i32 {
  return thread;
}

/** Start of this thread's own scratch memory. */
export function scratch(): usize {
  return <usize>load<i32>(SCRATCH) + <usize>thread * <usize>load<i32>(SCRATCH_BYTES);
}

/** True where the compiler joins neighbouring vectors (engine/kernels/wide.ts). */
// @ts-ignore: decorator
@inline
export function wide(): bool {
  return load<i32>(WIDE) != 0;
}

export function configure(threads: i32, spin: i32, mayWait: i32, scratchBase: i32, scratchBytes: i32, wide: i32): void {
  const before = atomic.load<i32>(THREADS);
  atomic.store<i32>(THREADS, threads);
  atomic.notify(THREADS, 64);
  if (threads < before) {
    // Threads above the new limit leave the word on which jobs wake workers, or they would take a call that is meant for the others. The
    // word changes too, for one that is just about to sleep there.
    atomic.add<i32>(WAKE, 1);
    atomic.notify(WAKE, 64);
  }
  store<i32>(SPIN, spin);
  store<i32>(MAY_WAIT, mayWait);
  store<i32>(SCRATCH, scratchBase);
  store<i32>(SCRATCH_BYTES, scratchBytes);
  store<i32>(WIDE, wide);
  writeConstants();
  writeExponentialConstants();
  writeGeluConstants();
}

function drain(): void {
  while (true) {
    const state = atomic.load<i64>(STATE);
    const next = <i32>((state >> 16) & 0xffff);
    const pieces = <i32>(state & 0xffff);
    if (next >= pieces) return;
    const job = load<i32>(JOB), first = load<i32>(FIRST);
    if (atomic.cmpxchg<i64>(STATE, state, state + 0x10000) != state) continue;
    runPiece(job, first + next);
    if (atomic.add<i32>(DONE, 1) == pieces - 1) atomic.notify(DONE, 1);
  }
}

/** Runs pieces 0 .. pieces - 1 of a job on all threads and returns when all are done. */
export function parallel(job: i32, pieces: i32): void {
  const threads = load<i32>(THREADS);
  if (threads <= 1 || pieces <= 1) {
    for (let piece = 0; piece < pieces; piece++) runPiece(job, piece);
    return;
  }
  for (let first = 0; first < pieces; first += MOST_PIECES) share(job, first, min(MOST_PIECES, pieces - first), threads);
}

function share(job: i32, first: i32, pieces: i32, threads: i32): void {
  store<i32>(JOB, job);
  store<i32>(FIRST, first);
  atomic.store<i32>(DONE, 0);
  const epoch = atomic.load<i32>(WAKE) + 1;
  atomic.store<i64>(STATE, ((<i64>epoch) << 32) | <i64>pieces);
  atomic.store<i32>(WAKE, epoch);
  atomic.notify(WAKE, threads - 1);
  drain();
  const spin = load<i32>(SPIN);
  const mayWait = load<i32>(MAY_WAIT);
  for (let turns = 0; ; turns++) {
    const done = atomic.load<i32>(DONE);
    if (done == pieces) return;
    if (turns > spin && mayWait != 0) atomic.wait<i32>(DONE, done, 1000000);
  }
}

/** The last job that this worker has seen, and the turns that it spins for the next. */
let seen: i32 = 0;
let patience: i32 = 0;

/**
 * A round of a worker's life, called again and again until it returns false: takes pieces, spins a little for the next job, then
 * sleeps until woken. To be woken takes longer (50 microseconds) than many a job, so it spins the longer the more often that was
 * worth while. Workers above the number of threads in use sleep elsewhere, so that they neither spin nor take a call that is meant
 * for the others. A round is a call of its own because the engine never replaces code that is running: a loop that was entered
 * before the compiler optimized it, and whatever was inlined into it, would stay slow for good.
 */
export function workerRound(index: i32): bool {
  thread = index;
  if (atomic.load<i32>(QUIT) != 0) return false;
  const threads = atomic.load<i32>(THREADS);
  if (index >= threads) {
    atomic.wait<i32>(THREADS, threads, -1);
    return true;
  }
  drain();
  const most = load<i32>(SPIN);
  let turns = 0;
  while (atomic.load<i32>(WAKE) == seen && turns < patience) turns++;
  if (atomic.load<i32>(WAKE) == seen) {
    patience = max(patience >> 1, most >> 5); // 12 microseconds: between two jobs of one call
    atomic.wait<i32>(WAKE, seen, -1);
  } else {
    patience = min(max(patience << 1, 1), most);
  }
  seen = atomic.load<i32>(WAKE);
  return true;
}

/** Ends the workers' loops. */
export function quit(): void {
  atomic.store<i32>(QUIT, 1);
  atomic.store<i32>(THREADS, i32.MAX_VALUE); // no thread is above it, so none goes to sleep there now
  atomic.notify(THREADS, 64);
  atomic.add<i32>(WAKE, 1);
  atomic.notify(WAKE, 64);
}
