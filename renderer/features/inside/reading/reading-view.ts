// What a panel of the Inside tab of a model of samples is given.
import type {
  InsideReader,
  InsideReadingFrame,
  ReadTarget,
} from '../../../../engine/contract/inside/reading.ts';
import type { RunDetail } from '../../../../engine/contract/runs/run.ts';
import type { ChangeChoice, InsideChoice } from '../inside-choice.ts';

export interface ReadingProps {
  readonly run: RunDetail;
  readonly about: InsideReader;
  readonly choice: InsideChoice;
  readonly change: ChangeChoice;
  /** See inside-queries.ts. */
  readonly version: string;
  readonly asked: ReadTarget & { readonly run: number };
}

export interface FrameProps extends ReadingProps {
  readonly frame: InsideReadingFrame;
}

/** The horizontal axis of all charts: steps of the sample; a step's values stand at its middle. */
export function stepAxis({ header, columns }: InsideReadingFrame) {
  const steps = columns.evidence.length;
  const first = header.before;
  const at = Float64Array.from({ length: steps }, (_, row) => first + row + 0.5);
  return {
    x: at,
    from: Float64Array.from({ length: steps }, (_, row) => first + row),
    to: Float64Array.from({ length: steps }, (_, row) => first + row + 1),
    domain: [first, first + steps] as const,
    rowOf: (x: number) => Math.max(0, Math.min(steps - 1, Math.floor(x - first))),
  };
}

type Axis = Pick<ReturnType<typeof stepAxis>, 'x' | 'domain'>;

/** Answers by step, and the steps that their chart spans: nothing is answered while a model reads first, and most of the chart would be empty. */
export function answersFrom(firstAnswer: number, { x, domain }: Axis, answers: Float32Array) {
  const [low, high] = domain;
  return {
    x: x.subarray(firstAnswer),
    y: answers.subarray(firstAnswer),
    domain: [low + firstAnswer, high] as const,
  };
}

/** `step 12 "(", 0.12 s` */
export function nameOfStep({ header }: InsideReadingFrame, row: number): string {
  const step = header.before + row;
  const label = header.labels[row];
  const seconds = header.stepSeconds === null ? '' : `, ${(step * header.stepSeconds).toFixed(2)} s`;
  return `step ${step}${label === undefined ? '' : ` ${JSON.stringify(label)}`}${seconds}`;
}
