import { expect, test } from 'vitest';
import { contract } from '../../engine/contract/api.ts';
import { READ_METHODS } from '../../engine/contract/read-methods.ts';

/** Methods that change something, or whose answer is a stream: never called a second time by themselves. */
const NEVER_REPEATED = [
  'datasets.import',
  'datasets.rename',
  'datasets.delete',
  'runs.start',
  'runs.stop',
  'runs.resume',
  'runs.rename',
  'runs.label',
  'runs.duplicate',
  'runs.delete',
  'queue.setLimit',
  'queue.move',
  'events.watch',
  'workspace.set',
];

test('every method of the API is known either to read or to change', () => {
  const methods = Object.entries(contract).flatMap(([group, all]) =>
    Object.keys(all).map((name) => `${group}.${name}`),
  );
  const unknown = methods.filter((method) => !READ_METHODS.has(method) && !NEVER_REPEATED.includes(method));
  expect(unknown).toEqual([]);
  expect([...READ_METHODS, ...NEVER_REPEATED].filter((method) => !methods.includes(method))).toEqual([]);
  expect(NEVER_REPEATED.filter((method) => READ_METHODS.has(method))).toEqual([]);
});
