// The compiled kernels at run time: one memory, one instance in the calling thread, a pool of threads, an allocator.
// V8's switches for WebAssembly were tried (--no-liftoff, --no-wasm-dynamic-tiering, --no-wasm-lazy-compilation): a step takes as
// long in the end, and the first one 30 to 100 ms longer.
import { Allocator } from './allocator.ts';
import type { KernelExports } from './exports.ts';
import { kernelsBase64, kernelVersion } from './generated/kernels.ts';
import { vectorJoining } from './wide.ts';
import { type StopWorker, startWorker } from './workers.ts';

const PAGE_BYTES = 65536;
const INITIAL_PAGES = 16;
const MAXIMUM_PAGES = 65536;
/** Below lie the control block and the kernels' constants. */
const FIRST_FREE_BYTE = 65536;
/** One thread's scratch: a packed block of 60 x 512 floats (assembly/matmul.ts) and room for the recurrent cores. */
const SCRATCH_BYTES = 1024 * 1024;
/**
 * Most turns of the spin loop before a thread that waits sleeps: 400 microseconds, which JavaScript takes between two calls of the kernels
 * after these have filled the caches with other things. Measured on 2 threads with 200,000 turns and these: encoder d64 B32 T96 15.8 and
 * 15.1 ms, LSTM H64 B32 T96 4.07 and 3.99; with 4,000, LSTM H32 B32 T48 takes 1.1 times as long. More change nothing.
 */
const SPIN_TURNS = 800_000;

/** Growth would detach the views of plain memory, so that all of it is reserved at once: 1 GiB. */
const PLAIN_PAGES = 16384;

/** Most that the kernels' memory can hold: what 32-bit addresses reach, less a page; fixed where the platform shares no memory. */
export function kernelMemoryBytes(shared = hasSharedMemory()): number {
  return shared ? MAXIMUM_PAGES * PAGE_BYTES - PAGE_BYTES : PLAIN_PAGES * PAGE_BYTES;
}

function hasSharedMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined';
}

export interface KernelOptions {
  /** Threads including the calling one, 1 to 64; the default is the number of cores, at most 8. */
  readonly threads?: number;
  /** False for one thread in memory of its own, as where the platform has no shared memory; the default is what it has. */
  readonly sharedMemory?: boolean;
  /** False for the kernels that compute a fused multiply-add from float64, slowly; the default is what the processor has. Same results. */
  readonly fusedMultiplyAdd?: boolean;
  /**
   * Whether the register tiles are those for 256-bit vectors; V8 is then left as it is. The default asks it to join vectors (wide.ts) and
   * takes the tiles that fit. Same results.
   */
  readonly wideVectors?: boolean;
}

export interface Kernels {
  readonly exports: KernelExports;
  readonly memory: WebAssembly.Memory;
  readonly allocator: Allocator;
  /** Threads in use, the calling one included. */
  readonly threads: number;
  /** Threads that may ever take a piece of work: workspaces of threads are counted by it. */
  readonly poolThreads: number;
  /** Uses fewer threads from now on (1 to the size of the pool), so that several runs can share the cores; same results. */
  limitThreads(threads: number): void;
  /** False where the platform has no shared memory; then there is one thread. */
  readonly shared: boolean;
  /** False where the processor has no fused multiply-add, so that it is computed, with the same results and many times slower. */
  readonly fused: boolean;
  /** True where the tiles are those for 256-bit instructions (wide.ts). */
  readonly wide: boolean;
  /** Hash of the kernels' sources, compiler and flags: equal hashes give equal bits. */
  readonly version: string;
  /** Ends the threads. The memory goes with the last reference. */
  close(): void;
}

export { kernelVersion };

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function availableCores(): number {
  return Math.max(1, globalThis.navigator?.hardwareConcurrency ?? 1);
}

/** Blocking waits are refused in a browser's main thread, which spins instead. */
function mayBlock(): boolean {
  return typeof (globalThis as { window?: unknown }).window === 'undefined';
}

/** Compiles and starts the kernels; resolves when all threads are ready. */
export async function startKernels(options: KernelOptions = {}): Promise<Kernels> {
  const shared = options.sharedMemory ?? hasSharedMemory();
  const wanted = shared ? (options.threads ?? Math.min(8, availableCores())) : 1;
  const threads = Math.min(64, Math.max(1, Math.floor(wanted)));
  const memory = shared
    ? new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, shared })
    : new WebAssembly.Memory({ initial: PLAIN_PAGES, maximum: PLAIN_PAGES });
  const join = options.wideVectors === undefined ? await vectorJoining() : null;
  join?.(true);
  const fused =
    (options.fusedMultiplyAdd ?? true) ? await load(shared ? 'fusedShared' : 'fusedPlain', memory) : null;
  const { module, exports } = fused ?? (await load(shared ? 'portableShared' : 'portablePlain', memory))!;
  // It takes AVX2, which comes with the fused multiply-add on nearly every processor.
  const wide = options.wideVectors ?? (join !== null && fused !== null);
  const allocator = new Allocator(memory, FIRST_FREE_BYTE, kernelMemoryBytes(shared));
  const scratch = allocator.allocate(threads * SCRATCH_BYTES);
  let active = threads;
  const limitThreads = (limit: number) => {
    active = Math.min(threads, Math.max(1, Math.floor(limit)));
    exports.configure(active, SPIN_TURNS, mayBlock() ? 1 : 0, scratch, SCRATCH_BYTES, wide ? 1 : 0);
  };
  limitThreads(threads);
  // Node's own code comes compiled for V8's usual flags: under others a worker starts in twice the time. What other kernels of this
  // process compile meanwhile stays unjoined, with the same results.
  join?.(false);
  const stops = await startWorkers(threads - 1, module, memory).finally(() => join?.(true));
  const close = () => {
    if (shared) exports.quit();
    for (const stop of stops) stop();
  };
  return {
    exports,
    memory,
    allocator,
    get threads() {
      return active;
    },
    poolThreads: threads,
    limitThreads,
    shared,
    fused: fused !== null,
    wide,
    version: kernelVersion,
    close,
  };
}

/** Compiles and instantiates a build; null where the engine lacks its instructions, or a multiply-add rounds twice. */
async function load(build: keyof typeof kernelsBase64, memory: WebAssembly.Memory): Promise<Loaded | null> {
  const binary = decodeBase64(kernelsBase64[build]);
  if (!WebAssembly.validate(binary)) return null;
  const module = await WebAssembly.compile(binary);
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const exports = instance.exports as unknown as KernelExports;
  return exports.roundsOnce(1 + 1 / 4096) ? { module, exports } : null;
}

interface Loaded {
  readonly module: WebAssembly.Module;
  readonly exports: KernelExports;
}

function startWorkers(
  count: number,
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<StopWorker[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => startWorker({ module, memory, index: index + 1 })),
  );
}
