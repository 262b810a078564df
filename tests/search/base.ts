// A small experiment to search around.
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { type Space, SpaceSchema } from '../../engine/contract/studies/search.ts';
import type { MethodOptions } from '../../engine/search/methods/method.ts';
import { METHODS } from '../../engine/search/methods/registry.ts';
import { problemOf } from '../../engine/search/problem.ts';
import type { Search } from '../../engine/search/suggest.ts';

export const BASE = ExperimentSchema.parse({
  name: 'base',
  dataset: { name: 'd' },
  task: { kind: 'forecast', targets: ['y'], lookback: 8, horizon: 2 },
  model: { kind: 'gru', units: 16, updateBias: 1, dropout: 0.1 },
});

export function searchOf(space: unknown, kind: string, options: object = {}): Search {
  // The method's own schema fills in its defaults.
  const method = METHODS.get(kind)!.options.parse({ kind, ...options }) as MethodOptions;
  return { problem: problemOf(BASE, SpaceSchema.parse(space) as Space), method };
}
