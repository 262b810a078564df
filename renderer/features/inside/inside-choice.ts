// What the Inside tab looks at: kept in the address, so that a link or a reload shows the same.
import { useCallback } from 'react';
import { type Edit, EditsSchema } from '../../../engine/contract/inside/edits.ts';
import type { RowOrder } from '../../../engine/contract/inside/states.ts';
import type { InsideTarget, InsideWeights, Place } from '../../../engine/contract/inside/target.ts';
import { hrefOf, navigate, useRoute } from '../../app/router.ts';

export interface InsideChoice {
  readonly view: string | null;
  readonly weights: InsideWeights | null;
  readonly part: InsideTarget['part'];
  /** Of a model of samples: which sample. */
  readonly origin: number;
  /** Of a model of texts: a text instead of a sample. */
  readonly text: string | null;
  /** Of a long sample: the first step. */
  readonly from: number;
  readonly target: string | null;
  readonly place: Place;
  /** `hidden`, `cell` or the name of a gate. */
  readonly what: string | null;
  readonly order: RowOrder;
  /** Of attention: null is the mean over the heads. */
  readonly head: number | null;
  /** The unit and step of the step card; of attention the step is a query. */
  readonly unit: number | null;
  readonly step: number | null;
  /** Of a model of samples: the step of the step card, as `step` is the one whose answer is explained; the class that is explained. */
  readonly at: number | null;
  readonly explained: string | null;
  /** Of the window that is played with. */
  readonly edits: readonly Edit[];
}

export type ChangeChoice = (changes: Partial<InsideChoice>) => void;

export function useInsideChoice(run: number): readonly [InsideChoice, ChangeChoice] {
  const { query } = useRoute();
  const choice = choiceIn(query);
  const change = useCallback<ChangeChoice>(
    (changes) => {
      const next = { ...choiceIn(new URLSearchParams(window.location.hash.split('?')[1])), ...changes };
      navigate(hrefOf(['runs', run, 'inside'], addressOf(next)), { replace: true });
    },
    [run],
  );
  return [choice, change];
}

const PARTS = ['train', 'validation', 'test'] as const;
const WEIGHTS = ['best', 'last', 'first'] as const;
const ORDERS = ['index', 'similarity', 'memory', 'season'] as const;

export function choiceIn(query: URLSearchParams): InsideChoice {
  return {
    view: query.get('view'),
    weights: weightsIn(query.get('weights')),
    part: PARTS.find((one) => one === query.get('part')) ?? 'test',
    origin: countIn(query.get('origin')) ?? 0,
    text: query.get('text') || null,
    from: countIn(query.get('from')) ?? 0,
    target: query.get('target'),
    place: placeIn(query.get('place')),
    what: query.get('what'),
    order: ORDERS.find((one) => one === query.get('order')) ?? 'index',
    head: countIn(query.get('head')),
    unit: countIn(query.get('unit')),
    step: countIn(query.get('step')),
    at: countIn(query.get('at')),
    explained: query.get('explained') || null,
    edits: editsIn(query.get('edits')),
  };
}

/** Defaults are left out. */
export function addressOf(choice: InsideChoice): Record<string, string> {
  const place = nameOfPlace(choice.place);
  return {
    view: choice.view ?? '',
    weights: nameOfWeights(choice.weights),
    part: choice.part === 'test' ? '' : choice.part,
    origin: choice.origin === 0 ? '' : String(choice.origin),
    text: choice.text ?? '',
    from: choice.from === 0 ? '' : String(choice.from),
    target: choice.target ?? '',
    place: place === nameOfPlace(placeIn(null)) ? '' : place,
    what: choice.what ?? '',
    order: choice.order === 'index' ? '' : choice.order,
    head: choice.head === null ? '' : String(choice.head),
    unit: choice.unit === null ? '' : String(choice.unit),
    step: choice.step === null ? '' : String(choice.step),
    at: choice.at === null ? '' : String(choice.at),
    explained: choice.explained ?? '',
    edits: choice.edits.length === 0 ? '' : JSON.stringify(choice.edits),
  };
}

/** `encoder 0 forward` */
export const nameOfPlace = ({ part, layer, direction }: Place): string => `${part} ${layer} ${direction}`;

export function placeIn(text: string | null): Place {
  const [part, layer, direction] = text?.split(' ') ?? [];
  return {
    part: part === 'decoder' ? 'decoder' : 'encoder',
    layer: countIn(layer) ?? 0,
    direction: direction === 'backward' ? 'backward' : 'forward',
  };
}

function countIn(text: string | null | undefined): number | null {
  const value = Number(text);
  return text && Number.isInteger(value) && value >= 0 ? value : null;
}

/** None where an address was written by hand and is wrong. */
function editsIn(text: string | null): readonly Edit[] {
  if (text === null) return NO_EDITS;
  try {
    return EditsSchema.safeParse(JSON.parse(text)).data ?? NO_EDITS;
  } catch {
    return NO_EDITS;
  }
}

const NO_EDITS: readonly Edit[] = [];

/** `best`, or the number of an epoch. */
const nameOfWeights = (weights: InsideWeights | null): string =>
  typeof weights === 'object' ? String(weights?.epoch ?? '') : weights;

function weightsIn(text: string | null): InsideWeights | null {
  const epoch = countIn(text);
  return epoch === null ? (WEIGHTS.find((one) => one === text) ?? null) : { epoch };
}
