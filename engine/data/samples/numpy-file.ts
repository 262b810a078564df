// Files of NumPy (.npy, version 1) with bytes, as they are written.

const MAGIC = '\x93NUMPY\x01\x00';
/** Of the header's text, so that the bytes begin at a multiple of 64. */
const HEADER = 118;

/** What stands before the bytes, which follow in C order. */
export function numpyHead(shape: readonly number[]): Buffer {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const line = `${text.padEnd(HEADER - 1)}\n`;
  return Buffer.concat([Buffer.from(MAGIC, 'latin1'), Buffer.from([line.length, 0]), Buffer.from(line)]);
}
