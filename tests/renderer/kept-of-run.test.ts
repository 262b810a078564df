// What a screen shows while a run is asked about again: a table that vanished for a moment would close the row that a user just opened.
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { keptOfRun } from '../../renderer/engine/queries.ts';

const optionsOf = (run: number, weights: string, answer: Promise<string>) => ({
  queryKey: ['video', 'result', { run, part: 'test' }, weights],
  queryFn: () => answer,
  placeholderData: keptOfRun(run),
});

test('the answer before stays while the run is asked with other weights, not while another run is asked', async () => {
  const queries = new QueryClient();
  const observer = new QueryObserver(queries, optionsOf(1, 'running 2', Promise.resolve('of run 1')));
  const forget = observer.subscribe(() => {});
  await expect.poll(() => observer.getCurrentResult().data).toBe('of run 1');
  const never = new Promise<string>(() => {});
  observer.setOptions(optionsOf(1, 'hash', never));
  expect(observer.getCurrentResult()).toMatchObject({ data: 'of run 1', isPlaceholderData: true });
  observer.setOptions(optionsOf(2, 'hash', never));
  expect(observer.getCurrentResult().data).toBeUndefined();
  forget();
});
