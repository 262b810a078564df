// The options of the training benchmark.
import { readOptions } from '../options.ts';

export interface TrainingBenchmarkOptions {
  /** Fewer rounds, and tf.layers on the small sizes only. */
  readonly quick: boolean;
  /** Only cases whose name contains this; empty: all. */
  readonly only: string;
  /** Beside Hindcast only contestants whose name contains one of these, in small letters; null: all. */
  readonly peers: readonly string[] | null;
  /** The tables go into docs/benchmarks.md. */
  readonly write: boolean;
}

const USAGE = `usage: npm run bench -- training [--quick] [--only TEXT] [--peers PART,PART...] [--write]

Times one training step of every cell and size beside PyTorch, tfjs-node and tf.layers, as far as they are there.
HINDCAST_BENCH_PYTHON=PYTHON:PYTHON... names Pythons with PyTorch beside python3.

  --quick              a third of the rounds, and tf.layers on the small sizes only
  --only TEXT          only cases whose name contains TEXT, such as lstm, H64 or "encoder"
  --peers PART,PART... beside Hindcast only contestants whose name contains one of the parts, such as
                       --peers 2.13 or --peers tfjs-node,wasm; leaves out what has no contestants: products, growth
  --write              put the tables into docs/benchmarks.md; done without asking where nothing is left out
  --help               print this`;

export function readTrainingOptions(args: readonly string[]): TrainingBenchmarkOptions {
  const values = readOptions(
    args,
    {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      peers: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
    USAGE,
  );
  const { quick, only } = values;
  const parts = values.peers?.split(',').map((part) => part.trim().toLowerCase());
  const peers = parts?.filter((part) => part !== '') ?? null;
  const whole = !quick && only === '' && peers === null;
  return { quick, only, peers, write: values.write || whole };
}
