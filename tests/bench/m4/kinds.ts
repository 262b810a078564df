// The kinds of series that are measured: season, horizon, and the experiment that a model is trained by.

export interface Kind {
  readonly name: string;
  /** Rows of a season, as the competition counts them: weekly series have none. */
  readonly season: number;
  readonly horizon: number;
  /** Between two rows. The files have no times, so all series are given the same last row. */
  readonly stepMs: number;
  /** OWA that a recurrent model has to stay below. */
  readonly target: number;
  /** `18.383/2.395`: sMAPE in per cent and MASE (Makridakis and others 2020, The M4 Competition, appendix). */
  readonly published: Readonly<Record<string, string>>;
  readonly lookback: number;
  /** Rows between the origins of neighbouring training windows. */
  readonly stride: number;
  readonly model: object;
  readonly training: { readonly epochs: number; readonly batchSize: number };
}

const HOUR_MS = 3_600_000;

export const KINDS: readonly Kind[] = [
  {
    name: 'hourly',
    season: 24,
    horizon: 48,
    stepMs: HOUR_MS,
    target: 0.6,
    published: { naive: '43.003/11.608', 'seasonal-naive': '13.912/1.193', naive2: '18.383/2.395' },
    lookback: 168,
    stride: 24,
    model: { units: 64, segment: { length: 24, stride: 24 } },
    training: { epochs: 10, batchSize: 64 },
  },
  {
    name: 'weekly',
    season: 1,
    horizon: 13,
    stepMs: 168 * HOUR_MS,
    target: 0.9,
    published: { naive: '9.161/2.777', 'seasonal-naive': '9.161/2.777', naive2: '9.161/2.777' },
    // The shortest series has 80 rows, and gives 13 to validation and 13 to training targets.
    lookback: 52,
    stride: 4,
    model: { units: 64 },
    training: { epochs: 8, batchSize: 128 },
  },
];

/** By its name, or else by the name of the file: `Hourly-train.csv`. */
export const findKind = (name: string | undefined, file: string): Kind | undefined =>
  KINDS.find((kind) => (name === undefined ? file.toLowerCase().startsWith(kind.name) : kind.name === name));
