// Rows of a table by index, and the gradient of the table: for every row, the sum of the gradients of its uses, in the order of
// use. A piece of the gradient is a strip of columns, so no two threads write to the same address.
import { arg, parallel, setArg } from './control';
import { JOB_EMBEDDING, JOB_EMBEDDING_GRADIENT } from './jobs';
import { bytes, load4, store4 } from './lanes';

const COUNT = 0, COLUMNS = 1, INDICES = 2, TABLE = 3, TARGET = 4, ENTRIES = 5;
const PIECE = 256;
const STRIP = 16;

/** target[count, columns] = table[indices] */
export function embedding(count: i32, columns: i32, indices: usize, table: usize, target: usize): void {
  setArg(COUNT, count); setArg(COLUMNS, columns); setArg(INDICES, <i32>indices); setArg(TABLE, <i32>table); setArg(TARGET, <i32>target);
  parallel(JOB_EMBEDDING, (count + PIECE - 1) / PIECE);
}

export function embeddingPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), row = bytes(arg(COLUMNS));
  for (let i = first; i < end; i++) {
    memory.copy(<usize>arg(TARGET) + <usize>i * row, <usize>arg(TABLE) + <usize>load<i32>(<usize>arg(INDICES) + bytes(i)) * row, row);
  }
}

/** Zeros in a strip of each row. `memory.fill` is a call into the engine, which for so few bytes takes longer than the stores. */
function clear(target: usize, rows: i32, row: usize, width: i32): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j += 4) store4(target + bytes(j), zero, width - j);
    target += row;
  }
}

/** target[entries, columns]: sums of the rows of dy[count, columns] by index. */
export function embeddingGradient(count: i32, columns: i32, entries: i32, indices: usize, dy: usize, target: usize): void {
  setArg(COUNT, count); setArg(COLUMNS, columns); setArg(ENTRIES, entries); setArg(INDICES, <i32>indices); setArg(TABLE, <i32>dy);
  setArg(TARGET, <i32>target);
  parallel(JOB_EMBEDDING_GRADIENT, (columns + STRIP - 1) / STRIP);
}

export function embeddingGradientPiece(piece: i32): void {
  const first = piece * STRIP, width = min(STRIP, arg(COLUMNS) - first), row = bytes(arg(COLUMNS)), target = <usize>arg(TARGET) + bytes(first);
  clear(target, arg(ENTRIES), row, width);
  let dy = <usize>arg(TABLE) + bytes(first);
  for (let i = 0; i < arg(COUNT); i++) {
    const to = target + <usize>load<i32>(<usize>arg(INDICES) + bytes(i)) * row;
    for (let j = 0; j < width; j += 4) {
      store4(to + bytes(j), f32x4.add(load4(to + bytes(j), width - j), load4(dy + bytes(j), width - j)), width - j);
    }
    dy += row;
  }
}
