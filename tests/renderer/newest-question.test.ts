// Questions while a hand moves: one at a time, and of those that came meanwhile the newest.
import { expect, test } from 'vitest';
import { createNewest } from '../../renderer/features/inside/newest-question.ts';

function asker() {
  const asked: { question: string; signal: AbortSignal; answer(text: string): void; fail(): void }[] = [];
  const said: string[] = [];
  const newest = createNewest<string, string>({
    ask: (question, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ question, signal, answer: resolve, fail: () => reject(new Error(`no ${question}`)) });
      }),
    onAnswer: (answer) => said.push(answer),
    onError: (error) => said.push(String(error)),
  });
  const questions = () => asked.map(({ question }) => question);
  /** What a promise sets off has run. */
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { newest, asked, said, questions, settled };
}

test('a question leaves at once, and of those that come before its answer only the newest follows', async () => {
  const { newest, asked, said, questions, settled } = asker();
  for (const question of ['a', 'b', 'c', 'c']) newest.ask(question);
  expect(questions()).toEqual(['a']);
  asked[0]!.answer('A');
  await settled();
  // What came meanwhile is shown too: it follows the hand.
  expect(said).toEqual(['A']);
  expect(questions()).toEqual(['a', 'c']);
  asked[1]!.answer('C');
  await settled();
  expect(said).toEqual(['A', 'C']);
  newest.ask('c');
  expect(questions()).toEqual(['a', 'c']);
  newest.ask('a');
  expect(questions()).toEqual(['a', 'c', 'a']);
});

test('a failure is said where no newer question waits, and the same may be asked again', async () => {
  const { newest, asked, said, questions, settled } = asker();
  newest.ask('a');
  newest.ask('b');
  asked[0]!.fail();
  await settled();
  expect(said).toEqual([]);
  asked[1]!.fail();
  await settled();
  expect(said).toEqual(['Error: no b']);
  newest.ask('b');
  expect(questions()).toEqual(['a', 'b', 'b']);
});

test('one that is stopped says nothing more, and answers again when it is asked again', async () => {
  const { newest, asked, said, questions, settled } = asker();
  newest.ask('a');
  newest.ask('b');
  newest.stop();
  expect(asked[0]!.signal.aborted).toBe(true);
  newest.ask('a');
  expect(questions()).toEqual(['a', 'a']);
  asked[0]!.answer('old');
  asked[1]!.answer('new');
  await settled();
  expect(said).toEqual(['new']);
  expect(questions()).toEqual(['a', 'a']);
});
