// Allocates pieces of the kernels' memory. Sizes are rounded up to one of four size classes per octave (at most 25 % is lost),
// and a freed piece waits in the free list of its class, because every training step asks for the same sizes again.
// Shared memory grows without detaching the existing views.
import { HindcastError } from '../contract/values/errors.ts';

const PAGE_BYTES = 65536;
/** Cache line, and the alignment of every piece. */
const ALIGNMENT = 64;

export interface AllocatorStatistics {
  /** Bytes handed out now, after rounding. */
  readonly bytesInUse: number;
  readonly piecesInUse: number;
  /** Largest `bytesInUse` so far. */
  readonly peakBytes: number;
  /** Bytes of WebAssembly memory behind it all. */
  readonly reservedBytes: number;
}

/** Bytes that a request of `bytes` really takes. */
export function roundedBytes(bytes: number): number {
  if (bytes <= 4 * ALIGNMENT) return Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
  const octave = (1 << (31 - Math.clz32(bytes - 1))) >>> 0; // largest power of two below `bytes`
  return octave + Math.ceil((bytes - octave) / (octave / 4)) * (octave / 4);
}

export class Allocator {
  readonly #memory: WebAssembly.Memory;
  readonly #maximumBytes: number;
  readonly #free = new Map<number, number[]>();
  readonly #sizes = new Map<number, number>();
  #top: number;
  #bytesInUse = 0;
  #peakBytes = 0;

  /** `base`: first address that may be handed out. */
  constructor(memory: WebAssembly.Memory, base: number, maximumBytes: number) {
    this.#memory = memory;
    this.#maximumBytes = maximumBytes;
    this.#top = Math.ceil(base / ALIGNMENT) * ALIGNMENT;
  }

  /** Address of a new piece of at least `bytes` bytes. Contents are undefined. Throws when the memory is exhausted. */
  allocate(bytes: number): number {
    const size = roundedBytes(bytes);
    const pointer = this.#free.get(size)?.pop() ?? this.#extend(size);
    this.#sizes.set(pointer, size);
    this.#bytesInUse += size;
    if (this.#bytesInUse > this.#peakBytes) this.#peakBytes = this.#bytesInUse;
    return pointer;
  }

  /** Takes a piece back. Throws if there is no piece at that address. */
  release(pointer: number): void {
    const size = this.#sizes.get(pointer);
    if (size === undefined) throw new HindcastError('internal', `No piece of memory begins at ${pointer}.`);
    this.#sizes.delete(pointer);
    this.#bytesInUse -= size;
    const list = this.#free.get(size);
    if (list) list.push(pointer);
    else this.#free.set(size, [pointer]);
  }

  statistics(): AllocatorStatistics {
    return {
      bytesInUse: this.#bytesInUse,
      piecesInUse: this.#sizes.size,
      peakBytes: this.#peakBytes,
      reservedBytes: this.#memory.buffer.byteLength,
    };
  }

  #extend(size: number): number {
    const pointer = this.#top;
    const end = pointer + size;
    const missing = end - this.#memory.buffer.byteLength;
    if (end > this.#maximumBytes || (missing > 0 && !this.#grow(missing))) {
      const megabytes = (value: number) => `${(value / 2 ** 20).toFixed(0)} MiB`;
      throw new HindcastError(
        'invalid-input',
        `The kernels' memory is exhausted: ${megabytes(this.#bytesInUse)} are in use of ${megabytes(this.#maximumBytes)}, and ` +
          `${megabytes(size)} more were asked for. Make the batch, the look-back or the model smaller.`,
        { details: { bytesInUse: this.#bytesInUse, requestedBytes: size, maximumBytes: this.#maximumBytes } },
      );
    }
    this.#top = end;
    return pointer;
  }

  #grow(missingBytes: number): boolean {
    const held = this.#memory.buffer.byteLength / PAGE_BYTES;
    const least = Math.ceil(missingBytes / PAGE_BYTES);
    // Grow by an eighth at least, so that many small requests do not mean many system calls.
    const most = Math.min(Math.max(least, held >> 3), this.#maximumBytes / PAGE_BYTES - held);
    try {
      this.#memory.grow(Math.max(least, most));
      return true;
    } catch {
      return false;
    }
  }
}
