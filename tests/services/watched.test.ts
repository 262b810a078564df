// How far a watched call is: known by its name until its end, with the time that is left.
import { expect, test } from 'vitest';
import type { CallProgress } from '../../engine/contract/values/progress.ts';
import { createWatched, timedProgress } from '../../engine/services/watched.ts';

test('the progress of a call is known by its name alone, and forgotten at its end, however it ends', async () => {
  const { progress, during } = createWatched<number>();
  const ended = Promise.withResolvers<string>();
  const call = during('mine', async (reached) => {
    expect(progress('mine')).toBeNull();
    reached(1);
    reached(2);
    return ended.promise;
  });
  const unnamed = during(undefined, async (reached) => reached(9));
  expect([progress('mine'), progress('other')]).toEqual([2, null]);
  ended.resolve('answer');
  expect(await call).toBe('answer');
  await unnamed;
  expect(progress('mine')).toBeNull();
  const failing = during('mine', async (reached) => {
    reached(3);
    throw new Error('no luck');
  });
  await expect(failing).rejects.toThrow('no luck');
  expect(progress('mine')).toBeNull();
});

test('the time that is left goes by the work since the first message, once there is enough of it', () => {
  let ms = 50_000;
  const heard: CallProgress[] = [];
  const tell = timedProgress(
    () => ms,
    (progress) => heard.push(progress),
  );
  for (const [atMs, done, fraction] of [
    [50_000, 0, 0],
    [50_500, 1, 0.01],
    [60_000, 50, 0.25],
    [90_000, 100, 1],
  ] as const) {
    ms = atMs;
    tell({ done, total: 100, fraction });
  }
  expect(heard.map(({ secondsLeft }) => secondsLeft)).toEqual([null, null, 30, 0]);
  expect(heard[2]).toEqual({ done: 50, total: 100, fraction: 0.25, secondsLeft: 30 });
});
