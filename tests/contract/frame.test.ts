import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  frameBlob,
  readFrameBlob,
} from '../../engine/contract/frame.ts';

const bits = (values: Float64Array) => [...new BigUint64Array(values.slice().buffer)];

describe('a frame', () => {
  test('carries every bit of floats, NaN payloads, infinities and negative zero', async () => {
    const odd = new Float64Array([0, -0, Number.NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308]);
    const back = await readFrameBlob(frameBlob({ header: { run: 3 }, columns: { odd } }));
    expect(back.header).toEqual({ run: 3 });
    expect(bits(back.columns.odd as Float64Array)).toEqual(bits(odd));
  });

  test('keeps types, lengths and order of any columns', () => {
    const column = fc.oneof(
      fc.float64Array({ maxLength: 9 }),
      fc.int32Array({ maxLength: 9 }),
      fc.bigInt64Array({ maxLength: 9 }),
      fc.uint8Array({ maxLength: 9 }),
      fc.float32Array({ maxLength: 9 }),
    );
    const frames = fc.record({
      header: fc.dictionary(fc.string(), fc.string()),
      columns: fc.dictionary(
        fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
        column,
      ),
    });
    fc.assert(
      fc.property(frames, (frame) => {
        const back = decodeFrame(encodeFrame(frame as Frame));
        expect(back.columns).toEqual(frame.columns);
        expect(Object.keys(back.columns)).toEqual(Object.keys(frame.columns));
        expect(back.header).toEqual({ ...frame.header });
      }),
    );
  });

  test('is read from the middle of a larger buffer', () => {
    const bytes = encodeFrame({ header: null, columns: { a: new Float64Array([1, 2]) } });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeFrame(shifted.subarray(3)).columns.a).toEqual(new Float64Array([1, 2]));
  });

  test('refuses other bytes', () => {
    expect(() => decodeFrame(new TextEncoder().encode('<html></html>'))).toThrow('not a frame');
  });
});
