// Runs of zero bytes in a text: a logger that lost its power leaves them, and they stand for nothing.

/** Fewer zeros than these among text are no such run: the file is no text. */
const SHORTEST = 8;
const [LF, CR, SUBSTITUTE] = [0x0a, 0x0d, 0x1a];

/** Sees the blocks of a file in order; false as soon as its zeros are not those of a text. */
export function zeroChecker(): (block: Buffer) => boolean {
  let run = 0;
  let hasText = false;
  return (block) => {
    if (run === 0 && !block.includes(0)) {
      hasText ||= block.length > 0;
      return true;
    }
    for (const byte of block) {
      if (byte === 0) {
        if (!hasText) return false;
        run++;
        continue;
      }
      if (run > 0 && run < SHORTEST) return false;
      run = 0;
      hasText = true;
    }
    return true;
  };
}

/** Leaves out the runs; one inside a line becomes a character that is no value, so that its neighbours are not joined. */
export function zeroDropper(): (block: Buffer) => Buffer {
  let before = LF;
  let isOpen = false;
  const endsLine = (byte: number) => byte === LF || byte === CR;
  return (block) => {
    if (!isOpen && !block.includes(0)) {
      before = block.at(-1) ?? before;
      return block;
    }
    const kept = Buffer.allocUnsafe(block.length + 1);
    let length = 0;
    for (const byte of block) {
      if (byte === 0) {
        isOpen = true;
        continue;
      }
      if (isOpen && !endsLine(before) && !endsLine(byte)) kept[length++] = SUBSTITUTE;
      isOpen = false;
      kept[length++] = byte;
      before = byte;
    }
    return kept.subarray(0, length);
  };
}
