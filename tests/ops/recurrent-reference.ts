// The recurrent cores in float64 and plain loops, forward only: the reference for the compiled ones.

export interface ReferenceInputs {
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly units: number;
  readonly x: Float64Array;
  readonly kernel: Float64Array;
  readonly recurrentKernel: Float64Array;
  readonly bias: Float64Array;
  readonly recurrentBias: Float64Array;
  readonly initialHidden: Float64Array;
  readonly initialCell: Float64Array;
}

export type ReferenceCell = 'lstm' | 'gru' | 'gru-reset-before' | 'rnn-tanh' | 'rnn-relu';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Hidden states [batch, time, units] of one cell. */
export function referenceOutputs(cell: ReferenceCell, inputs: ReferenceInputs): Float64Array {
  const { batch, time, units } = inputs;
  const outputs = new Float64Array(batch * time * units);
  for (let b = 0; b < batch; b++) {
    let hidden: Float64Array = inputs.initialHidden.slice(b * units, (b + 1) * units);
    const memory = inputs.initialCell.slice(b * units, (b + 1) * units);
    for (let t = 0; t < time; t++) {
      hidden = STEPS[cell](inputs, b * time + t, hidden, memory);
      outputs.set(hidden, (b * time + t) * units);
    }
  }
  return outputs;
}

/** bias[column] + x W[:, column] of one row of x. */
function ofInput({ features, x, kernel, bias }: ReferenceInputs, row: number, column: number): number {
  const width = bias.length;
  let sum = bias[column]!;
  for (let k = 0; k < features; k++) sum += x[row * features + k]! * kernel[k * width + column]!;
  return sum;
}

function ofState(
  { units, recurrentKernel, bias }: ReferenceInputs,
  state: Float64Array,
  column: number,
): number {
  let sum = 0;
  for (let k = 0; k < units; k++) sum += state[k]! * recurrentKernel[k * bias.length + column]!;
  return sum;
}

type Step = (
  inputs: ReferenceInputs,
  row: number,
  hidden: Float64Array,
  memory: Float64Array,
) => Float64Array;

const lstmStep: Step = (inputs, row, hidden, memory) => {
  const { units } = inputs;
  return Float64Array.from({ length: units }, (_, u) => {
    const z = [0, 1, 2, 3].map((gate) => {
      const column = gate * units + u;
      return ofInput(inputs, row, column) + ofState(inputs, hidden, column);
    });
    memory[u] = sigmoid(z[1]!) * memory[u]! + sigmoid(z[0]!) * Math.tanh(z[2]!);
    return sigmoid(z[3]!) * Math.tanh(memory[u]!);
  });
};

function gruStep(resetAfter: boolean): Step {
  return (inputs, row, hidden) => {
    const { units, recurrentBias } = inputs;
    const gate = (column: number) =>
      sigmoid(ofInput(inputs, row, column) + ofState(inputs, hidden, column) + recurrentBias[column]!);
    const reset = Float64Array.from({ length: units }, (_, u) => gate(units + u));
    const resetHidden = hidden.map((value, u) => value * reset[u]!);
    return Float64Array.from({ length: units }, (_, u) => {
      const column = 2 * units + u;
      const recurrent = resetAfter
        ? reset[u]! * (ofState(inputs, hidden, column) + recurrentBias[column]!)
        : ofState(inputs, resetHidden, column) + recurrentBias[column]!;
      const z = gate(u);
      return (1 - z) * Math.tanh(ofInput(inputs, row, column) + recurrent) + z * hidden[u]!;
    });
  };
}

function rnnStep(activation: (x: number) => number): Step {
  return (inputs, row, hidden) =>
    Float64Array.from({ length: inputs.units }, (_, u) =>
      activation(ofInput(inputs, row, u) + ofState(inputs, hidden, u)),
    );
}

const STEPS: Readonly<Record<ReferenceCell, Step>> = {
  lstm: lstmStep,
  gru: gruStep(true),
  'gru-reset-before': gruStep(false),
  'rnn-tanh': rnnStep(Math.tanh),
  'rnn-relu': rnnStep((x) => Math.max(0, x)),
};
