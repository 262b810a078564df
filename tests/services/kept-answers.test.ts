import { expect, test } from 'vitest';
import { createKeptAnswers } from '../../engine/services/processes/kept-answers.ts';

/** Answers that the test gives by hand; their bytes are their value. */
function testAnswers(mostBytes = 10) {
  const asked: {
    readonly signal: AbortSignal;
    readonly answer: (value: number) => void;
    readonly fail: () => void;
  }[] = [];
  const kept = createKeptAnswers<number>({ mostBytes, bytesOf: (value) => value });
  const get = (key: string, signal?: AbortSignal) =>
    kept.get(
      key,
      (shared) => {
        const { promise, resolve, reject } = Promise.withResolvers<number>();
        asked.push({ signal: shared, answer: resolve, fail: () => reject(new Error('no')) });
        return promise;
      },
      signal,
    );
  return { asked, get };
}

test('callers of one key share the work, and later ones its answer', async () => {
  const { asked, get } = testAnswers();
  const both = [get('a'), get('a')];
  asked[0]!.answer(3);
  expect(await Promise.all(both)).toEqual([3, 3]);
  expect(await get('a')).toBe(3);
  expect(asked).toHaveLength(1);
});

test('a caller that leaves lets the others wait on; the last one takes the work along', async () => {
  const { asked, get } = testAnswers();
  const [one, other] = [new AbortController(), new AbortController()];
  const first = get('a', one.signal);
  const second = get('a', other.signal);
  one.abort();
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  expect(asked[0]!.signal.aborted).toBe(false);
  other.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  expect(asked[0]!.signal.aborted).toBe(true);
  const third = get('a');
  asked[1]!.answer(4);
  expect(await third).toBe(4);
});

test('a failure is not kept', async () => {
  const { asked, get } = testAnswers();
  const first = get('a');
  asked[0]!.fail();
  await expect(first).rejects.toThrow('no');
  const second = get('a');
  asked[1]!.answer(1);
  expect(await second).toBe(1);
});

test('beyond its bytes the answer used longest ago goes; the newest stays though it be larger', async () => {
  const { asked, get } = testAnswers(10);
  const ask = async (key: string, bytes: number) => {
    const before = asked.length;
    const answer = get(key);
    if (asked.length > before) asked.at(-1)!.answer(bytes);
    await answer;
    return asked.length > before;
  };
  expect(await ask('a', 4)).toBe(true);
  expect(await ask('b', 4)).toBe(true);
  expect(await ask('a', 4)).toBe(false);
  expect(await ask('c', 4)).toBe(true);
  expect(await ask('a', 4)).toBe(false);
  expect(await ask('b', 4)).toBe(true);
  expect(await ask('large', 100)).toBe(true);
  expect(await ask('large', 100)).toBe(false);
  expect(await ask('a', 4)).toBe(true);
});
