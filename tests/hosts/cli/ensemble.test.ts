// `hindcast ensemble`: how far it is on stderr while it works, and nothing after Ctrl-C.
import { expect, test, vi } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { cli } from './harness.ts';

const HALF = { done: 1_200, total: 2_400, fraction: 0.25, secondsLeft: 90 };

test('on a terminal one line says how far it is, which goes before the answer', async () => {
  const engine = fakeEngine();
  engine.ensembleProgress = [{ ...HALF, done: 0, fraction: 0, secondsLeft: null }, HALF];
  const terminal = fakeTerminal({ isTerminal: true });
  const timer = setInterval(() => terminal.advance(200), 50);
  const { code, err, out } = await cli(['ensemble', '1', '2'], engine, { terminal });
  clearInterval(timer);
  expect([code, err]).toEqual([
    0,
    '\r0 of 2,400 texts written\u001b[K\r1,200 of 2,400 texts written  1 m 30 s left\u001b[K\r\u001b[K',
  ]);
  expect(out).toContain('Told by both.');
  const named = engine.calls.filter(({ path }) => path === 'engine.progress' || path === 'runs.ensemble');
  const names = named.map(({ input }) => (input as { readonly watch: string }).watch);
  expect(new Set(names).size).toBe(1);
});

test('elsewhere an answer that comes soon comes alone', async () => {
  const engine = fakeEngine();
  engine.ensembleProgress = [HALF];
  const { code, err, out } = await cli(['ensemble', '1', '2', '--json'], engine);
  expect([code, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject({ words: ['Told by both.'] });
});

test('Ctrl-C ends it', async () => {
  const engine = fakeEngine();
  engine.ensembleProgress = 'endless';
  const terminal = fakeTerminal();
  const ended = cli(['ensemble', '1', '2'], engine, { terminal });
  await vi.waitFor(() => expect(engine.calls.map(({ path }) => path)).toContain('runs.ensemble'));
  terminal.press();
  const { code, err } = await ended;
  expect([code, err]).toEqual([130, expect.stringContaining('The ensemble was cancelled.')]);
});
