// The interface of a head: what the numbers that a model answers for each cell (step and target) say of its distribution. Without a head
// a model answers with one number a cell, the forecast itself.

export interface Head {
  /** Numbers a cell. */
  readonly width: number;
  /** Index of the one that is the forecast, in model units. */
  readonly point: number;
  /** The loss of a cell that training makes small, in float64; its gradient by the numbers goes into `gradient`. */
  loss(numbers: Float64Array, truth: number, gradient: Float64Array): number;
  /** How many quantiles it has. */
  readonly levels: number;
  /** Quantiles of the levels that the head was made for, rising, into `out`. */
  quantiles(numbers: Float64Array, out: Float64Array): void;
  /** The same quantiles as sums, which a graph of stock layers can hold. */
  readonly sums: QuantileSums;
}

/** A quantile = constant + sum of `ofNumbers` * number + sum of `ofRoots` * sqrt(number^2 + under^2), over the numbers of a cell. */
export interface QuantileSums {
  readonly under: number;
  /** By number, then by level. */
  readonly ofNumbers: readonly (readonly number[])[];
  readonly ofRoots: readonly (readonly number[])[];
  /** By level. */
  readonly constant: readonly number[];
}

/** What reads answers, but does not learn from them. */
export type AnswerReader = Pick<Head, 'width' | 'point' | 'levels' | 'quantiles'>;
