// The search methods and stoppers with their options, in words of the form and of the command line.
import type { SEARCH_METHODS, STOPPER_NAMES } from '../contract/studies/search.ts';

export interface SearchOption {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly min: number;
  readonly max: number;
  readonly byDefault: number;
}

export interface SearchChoice {
  readonly label: string;
  readonly help: string;
  readonly options: readonly SearchOption[];
}

export const METHOD_CHOICES: Readonly<Record<(typeof SEARCH_METHODS)[number], SearchChoice>> = {
  tpe: {
    label: 'TPE: learns from the trials before',
    help: 'Models the best tenth of the trials and the others, and tries what fits the first and not the second.',
    options: [
      {
        name: 'startup',
        label: 'Random start',
        help: 'Trials at random, before the model is used.',
        min: 1,
        max: 1_000,
        byDefault: 10,
      },
      {
        name: 'candidates',
        label: 'Candidates',
        help: 'Drawn for each trial; the most promising is tried.',
        min: 1,
        max: 1_000,
        byDefault: 24,
      },
    ],
  },
  random: { label: 'Random', help: 'Every value of every range is as likely as the others.', options: [] },
  halton: {
    label: 'Halton: evenly spread',
    help: 'Fills the ranges more evenly than chance, and learns nothing from results.',
    options: [],
  },
  grid: {
    label: 'Grid: every combination',
    help: 'Every combination of values once, the last field fastest.',
    options: [
      {
        name: 'points',
        label: 'Values of a range',
        help: 'Of numbers without a step, both ends among them.',
        min: 2,
        max: 100,
        byDefault: 3,
      },
    ],
  },
};

export const STOPPER_CHOICES: Readonly<Record<(typeof STOPPER_NAMES)[number], SearchChoice>> = {
  none: {
    label: 'None: each trains to its end',
    help: 'Every trial trains for all its epochs.',
    options: [],
  },
  asha: {
    label: 'ASHA: the best trains on',
    help: 'Holds every trial at rungs, and resumes the best of them where it stopped. By the validation loss so far.',
    options: [
      {
        name: 'minEpochs',
        label: 'First rung',
        help: 'Epochs that every trial gets.',
        min: 1,
        max: 1_000_000,
        byDefault: 1,
      },
      {
        name: 'factor',
        label: 'Factor',
        help: 'One trial in this many trains on, for this many times the epochs.',
        min: 2,
        max: 100,
        byDefault: 3,
      },
    ],
  },
  median: {
    label: 'Median: what is worse is held',
    help: 'Holds a trial whose best loss is above the median of the trials before it at the same epoch.',
    options: [
      {
        name: 'startup',
        label: 'Never held',
        help: 'Trials at the beginning, before the median is trusted.',
        min: 1,
        max: 1_000,
        byDefault: 5,
      },
      {
        name: 'warmup',
        label: 'Warm-up',
        help: 'Epochs of each trial that are not judged.',
        min: 0,
        max: 1_000_000,
        byDefault: 0,
      },
    ],
  },
};
