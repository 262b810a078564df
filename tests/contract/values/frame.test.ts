// Kinds of frames: what they carry through bytes, and what both ends refuse.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CurvesFrame } from '../../../engine/contract/datasets/frames.ts';
import { ForecastAtFrame, ForecastFrame } from '../../../engine/contract/results/forecast.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { column, defineFrame, type FrameOf } from '../../../engine/contract/values/frame.ts';

const bits = (values: Float64Array) => [...new BigUint64Array(values.slice().buffer)];

const TestFrame = defineFrame('test', {
  header: z.object({ names: z.array(z.string()), parts: z.array(z.int()), note: z.string().optional() }),
  columns: {
    f64: column('f64'),
    f32: column('f32'),
    i32: column('i32'),
    i64: column('i64'),
    u8: column('u8', 'names'),
    deep: column('f32', 'names', 'parts'),
  },
});
type TestFrame = FrameOf<typeof TestFrame>;

/** Frames of any number of names, parts and rows. */
const frames: fc.Arbitrary<TestFrame> = fc
  .tuple(fc.array(fc.string(), { maxLength: 3 }), fc.array(fc.nat(), { maxLength: 3 }), fc.nat(9))
  .chain(([names, parts, rows]) => {
    const sized = { minLength: rows, maxLength: rows };
    const each = <T>(count: number, one: fc.Arbitrary<T>) =>
      fc.array(one, { minLength: count, maxLength: count });
    return fc.record({
      header: fc.constant({ names, parts }),
      columns: fc.record({
        f64: fc.float64Array(sized),
        f32: fc.float32Array(sized),
        i32: fc.int32Array(sized),
        i64: fc.bigInt64Array(sized),
        u8: each(names.length, fc.uint8Array(sized)),
        deep: each(names.length, each(parts.length, fc.float32Array(sized))),
      }),
    });
  });

const small = (): TestFrame => ({
  header: { names: ['a', 'b'], parts: [7] },
  columns: {
    f64: Float64Array.of(1, 2, 3),
    f32: Float32Array.of(1, 2, 3),
    i32: Int32Array.of(1, 2, 3),
    i64: BigInt64Array.of(1n, 2n, 3n),
    u8: [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)],
    deep: [[Float32Array.of(1, 2, 3)], [Float32Array.of(4, 5, 6)]],
  },
});

/** The bytes of `small` with another layout in front of the same columns. */
function withLayout(change: (layout: { [key: string]: unknown }) => unknown): Uint8Array {
  const bytes = TestFrame.encode(small());
  const end = 8 + new DataView(bytes.buffer).getUint32(4, true);
  const layout = JSON.stringify(change(JSON.parse(new TextDecoder().decode(bytes.subarray(8, end)))));
  const text = layout.padEnd(Math.ceil(layout.length / 8) * 8);
  const changed = new Uint8Array(8 + text.length + bytes.length - end);
  changed.set(bytes.subarray(0, 8));
  new DataView(changed.buffer).setUint32(4, text.length, true);
  changed.set(new TextEncoder().encode(text), 8);
  changed.set(bytes.subarray(end), 8 + text.length);
  return changed;
}

describe('a frame', () => {
  test('comes back as it was, with any header and any number of rows', async () => {
    await fc.assert(
      fc.asyncProperty(frames, async (frame) => {
        expect(TestFrame.decode(TestFrame.encode(frame))).toEqual(frame);
        expect(await TestFrame.fromAnswer(TestFrame.toAnswer(frame))).toEqual(frame);
      }),
      { seed: 1 },
    );
  });

  test('carries every bit of floats, NaN payloads, infinities and negative zero', () => {
    const odd = new Float64Array([0, -0, Number.NaN, 1 / 0, -1 / 0, 5e-324, 1.7976931348623157e308, 0]);
    new BigUint64Array(odd.buffer)[7] = 0xfff8_dead_beef_0001n;
    const header = { names: [], parts: [] };
    const [f32, i32, i64] = [new Float32Array(8), new Int32Array(8), new BigInt64Array(8)];
    const bytes = TestFrame.encode({ header, columns: { f64: odd, f32, i32, i64, u8: [], deep: [] } });
    expect(bits(TestFrame.decode(bytes).columns.f64)).toEqual(bits(odd));
  });

  test('is read from the middle of a larger buffer', () => {
    const bytes = TestFrame.encode(small());
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(TestFrame.decode(shifted.subarray(3))).toEqual(small());
  });

  test('is made of parts of larger arrays', () => {
    const all = Float64Array.of(9, 1, 2, 3, 9);
    const frame = { ...small(), columns: { ...small().columns, f64: all.subarray(1, 4) } };
    expect(TestFrame.decode(TestFrame.encode(frame))).toEqual(small());
  });
});

describe('bytes that are no such frame are refused in one sentence', () => {
  const refusal = (bytes: Uint8Array, kind: { decode(bytes: Uint8Array): unknown } = TestFrame): string => {
    try {
      kind.decode(bytes);
    } catch (cause) {
      if (!(cause instanceof HindcastError)) throw cause;
      expect(cause.message).toMatch(/^The block of bytes is not a frame of .*; both programs must be/);
      expect(cause.message).not.toMatch(/undefined|\n/);
      return cause.message;
    }
    return expect.unreachable('the bytes were read');
  };

  test('other bytes', () => {
    expect(refusal(new TextEncoder().encode('<html></html>'))).toContain('does not begin as one');
    expect(refusal(new Uint8Array())).toContain('does not begin as one');
  });

  test('a frame cut off anywhere, or with bytes behind it', () => {
    const bytes = TestFrame.encode(small());
    for (let length = 0; length < bytes.length; length++) refusal(bytes.slice(0, length));
    expect(refusal(Uint8Array.from([...bytes, 0, 0, 0, 0, 0, 0, 0, 0]))).toContain('longer than its columns');
  });

  test('any byte changed gives a frame or a refusal, never another failure', () => {
    const bytes = TestFrame.encode(small());
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const changed = bytes.slice();
        changed[at] = value;
        try {
          TestFrame.decode(changed);
        } catch (cause) {
          expect(cause).toBeInstanceOf(HindcastError);
        }
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  test('a frame of another kind', () => {
    expect(refusal(TestFrame.encode(small()), CurvesFrame)).toContain('is one of test');
  });

  test('a header that is damaged, lacks a field or has one of another type', () => {
    expect(refusal(withLayout(() => 7))).toContain('a damaged header');
    expect(refusal(withLayout(({ header }) => ({ frame: 'test', header })))).toContain('a damaged header');
    expect(refusal(withLayout((all) => ({ ...all, header: { parts: [7] } })))).toContain(
      'header field "names"',
    );
    const wrong = { names: ['a', 2], parts: [7] };
    expect(refusal(withLayout((all) => ({ ...all, header: wrong })))).toContain('header field "names.1"');
  });

  test('a number of rows or of names that its bytes do not hold', () => {
    for (const rows of [0, 2, 5, 1e9, Number.MAX_SAFE_INTEGER])
      refusal(withLayout((all) => ({ ...all, rows })));
    for (const rows of [-1, 1.5, '3', null]) {
      expect(refusal(withLayout((all) => ({ ...all, rows })))).toContain('a damaged header');
    }
    for (const names of [[], ['a', 'b', 'c']]) {
      refusal(withLayout((all) => ({ ...all, header: { names, parts: [7] } })));
    }
  });
});

describe('a frame that does not fit its description is not sent', () => {
  const sent = (change: object) =>
    // What the compiler would refuse.
    TestFrame.encode({ ...small(), columns: { ...small().columns, ...change } } as TestFrame);

  test('a column of another type, shape or length', () => {
    expect(() => sent({ f64: Float32Array.of(1, 2, 3) })).toThrow('column "f64" does not fit');
    expect(() => sent({ f64: [1, 2, 3] })).toThrow('column "f64" does not fit');
    expect(() => sent({ f64: undefined })).toThrow('column "f64" does not fit');
    expect(() => sent({ u8: [Uint8Array.of(1, 2, 3)] })).toThrow('column "u8" does not fit');
    expect(() => sent({ deep: [[], []] })).toThrow('column "deep" does not fit');
    expect(() => sent({ i32: Int32Array.of(1) })).toThrow('number of rows of column "i32"');
  });

  test('a header of another type', () => {
    const header = { names: ['a', 'b'], parts: [0.5] };
    expect(() => TestFrame.encode({ ...small(), header })).toThrow('header field "parts.0" does not fit');
  });
});

test('the frames of the API are read by name of target and baseline', () => {
  const header = {
    runId: 1,
    part: 'test' as const,
    origins: 1,
    origin: 0,
    originUs: 0,
    series: 's',
    firstOfSeries: 0,
    originsOfSeries: 1,
    seriesNames: ['s'],
    targets: ['x', 'y'],
    baselines: ['repeat'],
    levels: [0.5],
    lookback: 1,
    horizon: 1,
    epoch: null,
  };
  const [one, two] = [Float64Array.of(1, 2), Float64Array.of(3, 4)];
  const baseline = [[one], [two]];
  const columns = { time: one, actual: [one, two], forecast: [two, one], baseline, quantile: baseline };
  const back = ForecastAtFrame.decode(ForecastAtFrame.encode({ header, columns }));
  expect(back.columns.baseline[1]![0]).toEqual(two);
  expect(() => ForecastFrame.decode(ForecastAtFrame.encode({ header, columns }))).toThrow(
    'is one of runs.forecastAt',
  );
});
