// Arrays for the values of columns, used again for each group of columns: fresh memory takes longer than to fill it.

export interface Room {
  /** The index-th array of this size: the one before it of the same index is not used any more. */
  numbers(index: number, rows: number): Float64Array;
  codes(index: number, rows: number): Int32Array;
}

/** `isShared`: threads see the same values. */
export function createRoom(isShared = false): Room {
  const buffers: ArrayBufferLike[] = [];
  function bufferOf(index: number, bytes: number): ArrayBufferLike {
    const known = buffers[index];
    if (known && known.byteLength >= bytes) return known;
    const made = isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
    buffers[index] = made;
    return made;
  }
  return {
    numbers: (index, rows) => new Float64Array(bufferOf(index, 8 * rows), 0, rows),
    codes: (index, rows) => new Int32Array(bufferOf(index, 4 * rows), 0, rows),
  };
}
