import { describe, expect, test } from 'vitest';
import { errorOf, newRun, newWorkspace } from '../helpers.ts';

/** NaN with a payload, both zeros, both infinities, the smallest and the largest number. */
function hardFloats(): Float64Array {
  const floats = new Float64Array([0, -0, 1 / 0, -1 / 0, 5e-324, Number.MAX_VALUE, 0.1, Number.NaN, 0]);
  new BigUint64Array(floats.buffer)[8] = 0xfff8_dead_beef_0001n;
  return floats;
}
const bits = (values: Float64Array): bigint[] => [...new BigUint64Array(values.slice().buffer)];

describe('appending and reading', () => {
  test('every bit survives, row by row', () => {
    const { metrics, ...workspace } = newWorkspace();
    const runId = newRun({ metrics, ...workspace });
    metrics.declare(runId, 'step', ['a', 'b', 'c']);
    const values = hardFloats();
    metrics.append(runId, 'step', 1, 2, values.subarray(0, 6));
    metrics.append(runId, 'step', 3, 1, values.subarray(6));
    const { header, columns } = metrics.read(runId, 'step');
    expect(header).toEqual({ runId, scope: 'step', names: ['a', 'b', 'c'] });
    expect(columns.index).toEqual(new Int32Array([1, 2, 3]));
    const all = bits(values);
    for (const column of [0, 1, 2]) {
      expect(bits(columns.values[column]!)).toEqual(all.filter((_bits, at) => at % 3 === column));
    }
    expect(metrics.lastIndex(runId, 'step')).toBe(3);
    expect(metrics.lastIndex(runId, 'epoch')).toBe(0);
  });

  test('chosen names in their order, rows after an index, order beyond nine rows', () => {
    const { metrics, ...workspace } = newWorkspace();
    const runId = newRun({ metrics, ...workspace });
    metrics.declare(runId, 'epoch', ['a', 'b']);
    metrics.append(
      runId,
      'epoch',
      1,
      12,
      Float64Array.from({ length: 24 }, (_, at) => at),
    );
    const { header, columns } = metrics.read(runId, 'epoch', { names: ['b'], after: 9 });
    expect(header.names).toEqual(['b']);
    expect(columns.index).toEqual(new Int32Array([10, 11, 12]));
    expect(columns.values).toEqual([new Float64Array([19, 21, 23])]);
    expect(metrics.read(runId, 'epoch', { after: 12 }).columns.values[0]).toEqual(new Float64Array(0));
    expect(metrics.read(runId, 'step').columns).toEqual({ index: new Int32Array(0), values: [] });
    const error = errorOf(() => metrics.read(runId, 'epoch', { names: ['z'] }));
    expect(error.code).toBe('not-found');
    expect(error.message).toContain('it has a, b');
  });

  test('the rows of neighbouring runs and of the other scope stay apart', () => {
    const { metrics, ...workspace } = newWorkspace();
    const runs = [1, 2, 3].map(() => newRun({ metrics, ...workspace }));
    for (const runId of runs) {
      metrics.declare(runId, 'step', ['a']);
      metrics.declare(runId, 'epoch', ['a']);
      metrics.append(runId, 'step', 1, 2, new Float64Array([runId, -runId]));
      metrics.append(runId, 'epoch', 1, 1, new Float64Array([runId * 100]));
    }
    expect(metrics.read(runs[1]!, 'step').columns.values[0]).toEqual(new Float64Array([2, -2]));
    expect(metrics.read(runs[1]!, 'epoch').columns.values[0]).toEqual(new Float64Array([200]));
    workspace.runs.delete(runs[1]!);
    expect(metrics.lastIndex(runs[1]!, 'step')).toBe(0);
    expect(metrics.read(runs[2]!, 'step').columns.values[0]).toEqual(new Float64Array([3, -3]));
    expect(workspace.diskUse().metricBytes).toBe(2 * 3 * 8);
  });
});

describe('what cannot be', () => {
  test('gaps and duplicates are refused whole', () => {
    const { metrics, ...workspace } = newWorkspace();
    const runId = newRun({ metrics, ...workspace });
    metrics.declare(runId, 'step', ['a']);
    const two = new Float64Array([1, 2]);
    for (const first of [0, 2]) {
      expect(errorOf(() => metrics.append(runId, 'step', first, 2, two)).code).toBe('conflict');
    }
    metrics.append(runId, 'step', 1, 2, two);
    for (const first of [1, 2, 4]) {
      const error = errorOf(() => metrics.append(runId, 'step', first, 2, two));
      expect(error).toMatchObject({ code: 'conflict', details: { expected: 3 } });
    }
    expect(metrics.lastIndex(runId, 'step')).toBe(2);
  });

  test('rows of another width, and rows without names', () => {
    const { metrics, ...workspace } = newWorkspace();
    const runId = newRun({ metrics, ...workspace });
    const append = (length: number) => () => metrics.append(runId, 'step', 1, 2, new Float64Array(length));
    expect(errorOf(append(2)).code).toBe('internal');
    metrics.declare(runId, 'step', ['a', 'b']);
    expect(errorOf(append(3)).code).toBe('internal');
    expect(metrics.lastIndex(runId, 'step')).toBe(0);
  });

  test('other names than those declared', () => {
    const { metrics, ...workspace } = newWorkspace();
    const runId = newRun({ metrics, ...workspace });
    metrics.declare(runId, 'step', ['a', 'b']);
    metrics.declare(runId, 'step', ['a', 'b']);
    for (const names of [['a'], ['b', 'a'], ['a', 'b', 'c']]) {
      expect(errorOf(() => metrics.declare(runId, 'step', names)).code).toBe('conflict');
    }
    expect(metrics.names(runId, 'step')).toEqual(['a', 'b']);
  });
});

test('truncating removes what is after the step and after the epoch, and appending continues there', () => {
  const { metrics, ...workspace } = newWorkspace();
  const runId = newRun({ metrics, ...workspace });
  for (const scope of ['step', 'epoch'] as const) {
    metrics.declare(runId, scope, ['a']);
    metrics.append(runId, scope, 1, 5, new Float64Array([1, 2, 3, 4, 5]));
  }
  metrics.truncateAfter(runId, { step: 3, epoch: 1 });
  expect(metrics.read(runId, 'step').columns.values[0]).toEqual(new Float64Array([1, 2, 3]));
  expect(metrics.read(runId, 'epoch').columns.values[0]).toEqual(new Float64Array([1]));
  metrics.append(runId, 'step', 4, 1, new Float64Array([44]));
  expect(metrics.read(runId, 'step').columns.values[0]).toEqual(new Float64Array([1, 2, 3, 44]));
  metrics.truncateAfter(runId, { step: 0, epoch: 0 });
  expect(metrics.bytes(runId)).toBe(0);
  expect(metrics.names(runId, 'step')).toEqual(['a']);
});

test('a few names of many are the same as when all are read', () => {
  const { metrics, ...workspace } = newWorkspace();
  const runId = newRun({ metrics, ...workspace });
  const names = Array.from({ length: 7 }, (_, at) => `m${at}`);
  metrics.declare(runId, 'step', names);
  metrics.append(
    runId,
    'step',
    1,
    30,
    Float64Array.from({ length: 210 }, (_, at) => (at % 4 === 3 ? Number.NaN : at / 7)),
  );
  const all = metrics.read(runId, 'step', { after: 3 }).columns;
  for (const some of [['m6'], ['m5', 'm0'], ['m3', 'm3', 'm1'], ['m4', 'm2', 'm1', 'm0'], []]) {
    const { header, columns } = metrics.read(runId, 'step', { names: some, after: 3 });
    expect(header.names).toEqual(some);
    expect(columns.values).toEqual(some.map((name) => all.values[names.indexOf(name)]));
    // With no name at all, rows are not looked at.
    expect(columns.index).toEqual(some.length === 0 ? new Int32Array(0) : all.index);
  }
});
