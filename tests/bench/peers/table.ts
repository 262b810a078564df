// What the contestants took, as lines and as the block of docs/benchmarks.md.
import type { Result } from './contestants.ts';
import type { Settings } from './settings.ts';

/** Times our wall time that a peer takes at least. */
const RATIO = 3;

export interface Finding {
  readonly name: string;
  /** The repeat with the least wall time. */
  readonly result: Result;
}

export interface Findings {
  readonly settings: Settings;
  /** Hindcast first. */
  readonly found: readonly Finding[];
}

const verdictOf = (result: Result, ours: Result): string => {
  const ratio = result.wallS / ours.wallS;
  return `${ratio.toFixed(2)}x (target ${RATIO}) ${ratio >= RATIO ? 'met' : 'missed'}`;
};

export function linesOf({ settings, found }: Findings): string[] {
  const [ours, ...peers] = found;
  const line = ({ name, result: { wallS, cpuS, mse } }: Finding, remark = ''): string =>
    `  ${name.padEnd(34)} wall ${wallS.toFixed(1).padStart(6)} s   CPU ${cpuS.toFixed(1).padStart(6)} s   test MSE ${mse.toFixed(4)}${remark}`;
  return [
    `${settings.model}, ${settings.epochs} epochs`,
    line(ours!),
    ...peers.map((peer) => line(peer, `   ${verdictOf(peer.result, ours!.result)}`)),
  ];
}

const BUSY =
  'Other programs wanted the cores too: two threads that wait for each other lose more by that than one.';

export interface Conditions {
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  /** Programs that wanted a core, before and after. */
  readonly loads: readonly [number, number];
  readonly repeats: number;
}

export function toMarkdown(all: readonly Findings[], conditions: Conditions): string {
  const { processor, cores, node, loads, repeats } = conditions;
  const { lookback, horizon, units, epochs, target } = all[0]!.settings;
  const rows = all.flatMap(({ settings, found }) =>
    found.map(({ name, result: { wallS, cpuS, mse } }, index) => {
      const verdict = index === 0 ? '' : verdictOf({ wallS, cpuS, mse }, found[0]!.result);
      return `| ${settings.model} | ${name} | ${wallS.toFixed(1)} | ${cpuS.toFixed(1)} | ${mse.toFixed(4)} | ${verdict} |`;
    }),
  );
  return [
    '## One experiment, from the file to the score',
    '',
    `\`npm run bench -- peers ETTh1.csv\`: reads the file, forecasts ${horizon} rows of ${target} from ${lookback} by ${units} units, ${epochs} epochs, keeps the`,
    'weights that validate best, and scores the test part. Hindcast does it by two commands, with a new workspace, the checks of the import and of',
    'the experiment, and the scores of all baselines; PyTorch and Lightning by a script with nothing else in it (`tests/bench/peers`). All at one',
    `priority, in turns, ${repeats > 1 ? `the fastest of ${repeats}` : 'once each'}. Ratios: their wall time over ours.`,
    '',
    `${processor}, ${cores} cores, load ${loads[0].toFixed(1)} before and ${loads[1].toFixed(1)} after; Node ${node}.`,
    ...(Math.max(...loads) > cores ? [BUSY] : []),
    '',
    '| model | | wall s | CPU s | test MSE | ratio of wall time |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
