// What the form of a new sweep holds, what is wrong with it, and the plan that it makes. Pure.
import type { SEARCH_METHODS, STOPPER_NAMES } from '../../../engine/contract/studies/search.ts';
import { METHOD_CHOICES, type SearchChoice, STOPPER_CHOICES } from '../../../engine/words/search-options.ts';
import { numberOf, wholeNumberProblem } from '../../ui/typed-number.ts';

export type Typed = string | number;

export interface SweepForm {
  readonly method: (typeof SEARCH_METHODS)[number];
  readonly stopper: (typeof STOPPER_NAMES)[number];
  /** Of every method and stopper that was looked at: `tpe.startup`. */
  readonly options: Readonly<Record<string, Typed>>;
  readonly objective: string;
  readonly trials: Typed;
  readonly batch: Typed;
  readonly refill: boolean;
  readonly repeat: Typed;
  readonly repeatSeeds: Typed;
  /** Empty: no limit. */
  readonly epochs: Typed;
  readonly minutes: Typed;
  readonly searchSeed: Typed;
}

export const NEW_SWEEP: SweepForm = {
  method: 'tpe',
  stopper: 'none',
  options: {},
  objective: 'loss',
  trials: 20,
  batch: 1,
  refill: false,
  repeat: 0,
  repeatSeeds: 3,
  epochs: '',
  minutes: '',
  searchSeed: 1,
};

type Numbers = 'trials' | 'batch' | 'repeat' | 'repeatSeeds' | 'epochs' | 'minutes' | 'searchSeed';

const BOUNDS: Readonly<Record<Exclude<Numbers, 'minutes'>, readonly [number, number]>> = {
  trials: [1, 500],
  batch: [1, 64],
  repeat: [0, 20],
  repeatSeeds: [1, 20],
  epochs: [1, Number.MAX_SAFE_INTEGER],
  searchSeed: [0, 2 ** 32 - 1],
};
const MAY_BE_EMPTY: ReadonlySet<Numbers> = new Set(['epochs', 'minutes']);

/** A sentence; null where nothing is wrong. */
export function problemOf(form: SweepForm, field: Numbers): string | null {
  const typed = form[field];
  if (typed === '' && MAY_BE_EMPTY.has(field)) return null;
  if (field !== 'minutes') return wholeNumberProblem(typed, ...BOUNDS[field]);
  return (numberOf(typed) ?? 0) > 0 ? null : 'It must be a number above 0, or empty.';
}

export const optionOf = (
  form: SweepForm,
  kind: string,
  { name, byDefault }: SearchChoice['options'][number],
) => form.options[`${kind}.${name}`] ?? byDefault;

export function optionProblem(form: SweepForm, kind: string, option: SearchChoice['options'][number]) {
  return wholeNumberProblem(optionOf(form, kind, option), option.min, option.max);
}

export function isSound(form: SweepForm): boolean {
  const numbers: readonly Numbers[] = [...(Object.keys(BOUNDS) as (keyof typeof BOUNDS)[]), 'minutes'];
  const chosen = [
    { kind: form.method, ...METHOD_CHOICES[form.method] },
    { kind: form.stopper, ...STOPPER_CHOICES[form.stopper] },
  ];
  return (
    numbers.every((field) => problemOf(form, field) === null) &&
    chosen.every(({ kind, options }) => options.every((option) => optionProblem(form, kind, option) === null))
  );
}

const withOptions = (form: SweepForm, kind: string, { options }: SearchChoice) => ({
  kind,
  ...Object.fromEntries(options.map((option) => [option.name, Number(optionOf(form, kind, option))])),
});

/** Of a form that is sound. */
export function planOf(form: SweepForm, space: Readonly<Record<string, unknown>>) {
  const { method, stopper, epochs, minutes, repeat, repeatSeeds } = form;
  return {
    kind: 'sweep',
    space,
    method: withOptions(form, method, METHOD_CHOICES[method]),
    stopper: withOptions(form, stopper, STOPPER_CHOICES[stopper]),
    budget: {
      runs: Number(form.trials),
      ...(epochs !== '' && { epochs: Number(epochs) }),
      ...(minutes !== '' && { minutes: Number(minutes) }),
    },
    objective: form.objective,
    batch: Number(form.batch),
    refill: form.refill,
    ...(Number(repeat) > 0 && { repeat: { best: Number(repeat), seeds: Number(repeatSeeds) } }),
    seed: Number(form.searchSeed),
  };
}
