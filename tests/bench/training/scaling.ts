// How the time of one LSTM step grows with sequence length, batch size and units, on one thread.
import type { SimdBackend } from '../../../engine/backends/simd/index.ts';
import type { TrainingCase } from './cases.ts';
import { timeOf } from './measure.ts';
import { ourStep } from './ours.ts';

const BASE: TrainingCase = { cell: 'lstm', units: 64, batch: 32, time: 64, features: 8 };

export interface Growth {
  readonly what: string;
  readonly values: readonly number[];
  readonly milliseconds: readonly number[];
}

const SERIES: readonly { what: string; key: 'time' | 'batch' | 'units'; values: readonly number[] }[] = [
  { what: 'steps T', key: 'time', values: [32, 64, 128, 256] },
  { what: 'batch B', key: 'batch', values: [16, 32, 64, 128] },
  { what: 'units H', key: 'units', values: [32, 64, 128, 256] },
];

export function measureGrowth(backend: SimdBackend, rounds: number): Growth[] {
  backend.kernels.limitThreads(1);
  return SERIES.map(({ what, key, values }) => ({
    what,
    values,
    milliseconds: values.map((value) => timeOf(ourStep({ ...BASE, [key]: value }), rounds)),
  }));
}
