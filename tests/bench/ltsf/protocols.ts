// The protocols of the long-term forecasting tables: the numbers of training, validation and test rows. `docs/benchmarks.md`
// names the papers.
import type { Split } from '../../../engine/contract/experiment/split.ts';

export interface Protocol {
  readonly name: string;
  /** Lower case: beginnings of the names of files that it is for. */
  readonly files: readonly string[];
  readonly horizons: readonly number[];
  split(rows: number): Split;
}

const HORIZONS = [96, 192, 336, 720];

/** The first 20 months of the electricity transformer data; the rows behind them are not used. */
const ett = (name: string, files: readonly string[], rowsAnHour: number): Protocol => ({
  name,
  files,
  horizons: HORIZONS,
  split: () => ({
    kind: 'count',
    train: 8640 * rowsAnHour,
    validation: 2880 * rowsAnHour,
    test: 2880 * rowsAnHour,
  }),
});

export const PROTOCOLS: readonly Protocol[] = [
  ett('ett-hour', ['etth'], 1),
  ett('ett-minute', ['ettm'], 4),
  {
    name: 'seventy-ten-twenty',
    files: [],
    horizons: HORIZONS,
    /** The tables round training and test down; what remains between them is validation. */
    split(rows) {
      const train = Math.floor(0.7 * rows);
      const test = Math.floor(0.2 * rows);
      return { kind: 'count', train, validation: rows - train - test, test };
    },
  },
];

/** By its name, or else by the name of the file; the last protocol is for every file. */
export function findProtocol(name: string | undefined, file: string): Protocol | undefined {
  if (name !== undefined) return PROTOCOLS.find((protocol) => protocol.name === name);
  const lower = file.toLowerCase();
  return (
    PROTOCOLS.find(({ files }) => files.some((beginning) => lower.startsWith(beginning))) ?? PROTOCOLS.at(-1)
  );
}
