// Every baseline of pairs of texts, in the order of tables. To add one: its file and a line here.
import { copySource } from './copy-source.ts';
import type { PairBaseline } from './pair-baseline.ts';
import { translationMemory } from './translation-memory.ts';
import { wordTable } from './word-table.ts';

export const PAIR_BASELINES: readonly PairBaseline[] = [copySource, wordTable, translationMemory];
