// The methods and stoppers of a search in words of the form.
import { SEARCH_METHODS, STOPPER_NAMES } from '../../../engine/contract/search.ts';

const METHODS: Readonly<Record<(typeof SEARCH_METHODS)[number], string>> = {
  tpe: 'TPE: learns from the trials before',
  random: 'Random',
  halton: 'Halton: evenly spread',
  grid: 'Grid: every combination',
};

const STOPPERS: Readonly<Record<(typeof STOPPER_NAMES)[number], string>> = {
  none: 'None: each trains to its end',
  asha: 'ASHA: the best third trains on',
  median: 'Median: what is worse is held',
};

export const METHOD_WORDS = SEARCH_METHODS.map((value) => ({ value, label: METHODS[value] }));
export const STOPPER_WORDS = STOPPER_NAMES.map((value) => ({ value, label: STOPPERS[value] }));
