// A study in one row of text.
import { expect, test } from 'vitest';
import type { RunState } from '../../engine/contract/runs/run.ts';
import { leadingState, seedsText, spreadOf, standText, statesText } from '../../engine/words/studies.ts';

const runs = (...states: RunState[]) => states.map((state) => ({ state }));

test('how its runs stand', () => {
  expect(standText(runs('completed', 'completed'))).toBe('2 completed');
  expect(standText(runs('queued', 'queued'))).toBe('2 queued');
  expect(standText(runs('completed', 'completed', 'completed', 'running', 'queued'))).toBe('3 of 5 done');
  expect(standText(runs('completed', 'failed', 'running'))).toBe('2 of 3 done, 1 not completed');
  expect(standText(runs('completed', 'stopped', 'failed'))).toBe('1 failed, 1 stopped, 1 completed');
  expect(statesText(runs('completed', 'queued'))).toBe('1 queued, 1 completed');
});

test('the state that stands for all', () => {
  expect(leadingState(runs('completed', 'queued', 'running'))).toBe('running');
  expect(leadingState(runs('completed', 'stopped', 'failed'))).toBe('failed');
  expect(leadingState(runs('completed'))).toBe('completed');
});

test('mean and deviation are those of a sample, of what is a number', () => {
  expect(spreadOf([1, 3, null, Number.NaN])).toEqual({ mean: 2, deviation: Math.SQRT2, count: 2 });
  expect(spreadOf([4])).toEqual({ mean: 4, deviation: null, count: 1 });
  expect(spreadOf([null])).toBeNull();
});

test('seeds', () => {
  expect(seedsText([3, 1, 2])).toBe('1–3');
  expect(seedsText([1, 4])).toBe('1, 4');
  expect(seedsText([7])).toBe('7');
});
