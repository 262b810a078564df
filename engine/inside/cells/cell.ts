// What the views ask of a recurrent cell, so that none of them branches on its name.

/** One block of a cell's activations, in the order in which it lies in memory. */
export interface Gate {
  /** As in the equations. */
  readonly name: string;
  readonly title: string;
  /** Between 0 and 1; otherwise a candidate between -1 and 1. */
  readonly isGate: boolean;
  /** The share of the state that a unit keeps. */
  readonly keeps: boolean;
}

/** A block of weights, in their order: what is computed of x W + h U + b. */
export interface Block {
  readonly name: string;
  readonly title: string;
  activation(isBounded: boolean): Activation;
  /** The recurrent weights are given the state behind the gate of that name, and not the state itself. */
  readonly behind?: string;
}

export interface Activation {
  readonly name: string;
  of(sum: number): number;
}

/** One unit's states before a step. */
export interface UnitState {
  readonly hidden: number;
  /** Of an LSTM. */
  readonly cell: number;
}

export interface StepResult {
  readonly name: string;
  readonly equation: string;
  readonly value: number;
  /** What the pass kept under that name. */
  readonly stored: 'hidden' | 'cell';
}

export interface RecurrentCell {
  readonly hasCell: boolean;
  readonly gates: readonly Gate[];
  readonly blocks: readonly Block[];
  /** What the values of the blocks, by name, make of the state. */
  update(values: Readonly<Record<string, number>>, before: UnitState): readonly StepResult[];
  /** What saturates: the hidden state, or tanh of the cell state. `value` of that state; `isBounded`: its function has an upper end. */
  isSaturated(value: number, isBounded: boolean): boolean;
}

export const sigmoid: Activation = { name: 'sigmoid', of: (sum) => 1 / (1 + Math.exp(-sum)) };
export const tanh: Activation = { name: 'tanh', of: Math.tanh };
export const relu: Activation = { name: 'relu', of: (sum) => Math.max(0, sum) };

/** A gate's or a candidate's own block. */
export const blockOf = ({ name, title, isGate }: Gate, behind?: string): Block => ({
  name,
  title,
  activation: () => (isGate ? sigmoid : tanh),
  ...(behind !== undefined && { behind }),
});

/** Beyond it tanh's slope is below a tenth. */
const SATURATED = 0.95;

export const saturatesHidden = (hidden: number, isBounded: boolean): boolean =>
  isBounded && Math.abs(hidden) > SATURATED;

/** |tanh c| > 0.95 where |c| > artanh 0.95. */
export const saturatesCell = (cell: number): boolean => Math.abs(cell) > 1.83178082306;
