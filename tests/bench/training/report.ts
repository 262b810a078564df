// The benchmark's tables as Markdown, for its block of docs/benchmarks.md.
import { flopsOf, sizeName } from './cases.ts';
import { OTHERS } from './contestants.ts';
import { type EncoderResult, encoderFlops, encoderName } from './encoder.ts';
import { MASKED_NAME, MASKED_TARGET, type MaskCost } from './masked.ts';
import type { Measured } from './measure.ts';
import type { ProductSpeed } from './products.ts';
import type { Growth } from './scaling.ts';
import {
  type CaseResult,
  encoderTarget,
  fastest,
  isOld,
  LAYERS_TARGET,
  targetsText,
  verdictsOf,
} from './targets.ts';

export interface Conditions {
  readonly processor: string;
  readonly cores: number;
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly node: string;
  readonly kernelVersion: string;
  readonly peakGflops: number;
  /** Of the vectors that the kernels' compiler makes. */
  readonly vectorBits: 128 | 256;
  readonly firstStepMs: number;
  readonly peakMiB: number;
  readonly torch: readonly string[];
}

const BUSY =
  'Other programs used a part of the cores: times and shares of the peak are worse than on a quiet machine.';

const ms = (value: number | undefined) =>
  value === undefined ? '' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

function ratio(theirs: Measured | undefined, ourMs: number, target?: number): string {
  if (!theirs) return '';
  const times = theirs.medianMs / ourMs;
  const text = `${times.toFixed(2)}x`;
  return target === undefined ? text : `${text} (target ${target}) ${times >= target ? 'met' : 'missed'}`;
}

/** GFLOPS, and their share of what the threads in use could do at most. */
function speed(flops: number, ours: Measured, peakGflops: number): string {
  const gflops = flops / ours.medianMs / 1e6;
  const threads = ours.name.endsWith('2 threads') ? 2 : 1;
  return `${gflops.toFixed(0)} (${((100 * gflops) / (threads * peakGflops)).toFixed(0)} %)`;
}

function caseRow({ cell, size, measured }: CaseResult, torch: readonly string[], peakGflops: number): string {
  const ours = fastest(measured, 'Hindcast, ')!;
  const single = measured.find(({ name }) => name === 'Hindcast, 1 thread')?.medianMs;
  const double = measured.find(({ name }) => name === 'Hindcast, 2 threads')?.medianMs;
  const torches = torch.map((version) => {
    const peer = fastest(measured, `PyTorch ${version}`);
    const target = isOld(version) ? size.targetOld : size.target;
    return `${ms(peer?.medianMs)} | ${ratio(peer, ours.medianMs, target)}`;
  });
  const others = Object.values(OTHERS).map((name) => {
    const peer = fastest(measured, name);
    return `${ms(peer?.medianMs)} | ${ratio(peer, ours.medianMs, name.startsWith('tf.layers') ? LAYERS_TARGET : undefined)}`;
  });
  const columns = [
    `${cell} ${sizeName(size)}`,
    ms(single),
    ms(double),
    speed(flopsOf({ cell, ...size }), ours, peakGflops),
    ...torches,
    ...others,
  ];
  return `| ${columns.join(' | ')} |`;
}

function caseTable(results: readonly CaseResult[], torch: readonly string[], peakGflops: number): string {
  const head = ['case', '1 thread', '2 threads', 'GFLOPS (of the peak)'];
  for (const version of torch) head.push(`PyTorch ${version}`, 'ratio');
  head.push('tfjs-node (BlockLSTMV2)', 'ratio', 'tf.layers cpu', 'ratio', 'tf.layers wasm', 'ratio');
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...results.map((result) => caseRow(result, torch, peakGflops)),
  ].join('\n');
}

/** The encoder layer's row has PyTorch alone for a peer. */
function encoderTable(
  results: readonly EncoderResult[],
  torch: readonly string[],
  peakGflops: number,
): string {
  const head = [
    'case',
    '1 thread',
    '2 threads',
    'GFLOPS (of the peak)',
    ...torch.flatMap((version) => [`PyTorch ${version}`, 'ratio']),
  ];
  const rows = results.map((result) => {
    const { what, measured } = result;
    const ours = fastest(measured, 'Hindcast, ')!;
    const [single, double] = ['1 thread', '2 threads'].map((threads) =>
      ms(measured.find(({ name }) => name === `Hindcast, ${threads}`)?.medianMs),
    );
    const torches = torch.map((version) => {
      const peer = fastest(measured, `PyTorch ${version}`);
      return `${ms(peer?.medianMs)} | ${ratio(peer, ours.medianMs, encoderTarget(result, version))}`;
    });
    const gflops = speed(encoderFlops(what), ours, peakGflops);
    return `| ${[encoderName(what), single, double, gflops, ...torches].join(' | ')} |`;
  });
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows].join('\n');
}

function productTable(products: readonly ProductSpeed[]): string {
  const rows = products.map(
    ({ name, gflops, share }) => `| ${name} | ${gflops.toFixed(1)} | ${(100 * share).toFixed(0)} % |`,
  );
  return [
    '| product (m x k x n), one thread, turns of 5 ms | GFLOPS, best | share of the peak measured before and after, median |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

function growthTable(growths: readonly Growth[]): string {
  const rows = growths.map(({ what, values, milliseconds }) => {
    const cells = values.map((value, index) => {
      // 1.00 is a straight line through the first value; in the units the products grow with the square.
      const straight = (milliseconds[index]! * values[0]!) / (milliseconds[0]! * value);
      return `${value}: ${ms(milliseconds[index])} ms (${straight.toFixed(2)})`;
    });
    return `| ${what} | ${cells.join(' | ')} |`;
  });
  return [
    '| LSTM step, one thread (time over proportional time) | | | | |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

export interface Findings {
  readonly results: readonly CaseResult[];
  readonly encoders: readonly EncoderResult[];
  /** Null where it was left out. */
  readonly maskCost: MaskCost | null;
  readonly products: readonly ProductSpeed[];
  readonly growths: readonly Growth[];
  readonly conditions: Conditions;
}

function maskLine({ ratio: times, best, maskedMs, plainMs }: MaskCost): string {
  const verdict = times <= MASKED_TARGET ? 'met' : 'missed';
  return (
    `${MASKED_NAME}, half of the steps to all of them, one thread: ${ms(maskedMs)} ms, without a mask ${ms(plainMs)} ms: ` +
    `${times.toFixed(2)} times as long (target at most ${MASKED_TARGET}: ${verdict}; fastest twentieth ${best.toFixed(2)}).`
  );
}

export function toMarkdown(findings: Findings): string {
  const { results, encoders, maskCost, products, growths, conditions } = findings;
  const { processor, cores, loadBefore, loadAfter, node, kernelVersion, torch } = conditions;
  return [
    '## Training speed',
    '',
    'One training step = forward + backward + clip + Adam, float32, in milliseconds: medians. In one run',
    '(`npm run bench -- training`) the contestants take turns of 50 ms, or five steps if these take longer, of which the first does not',
    'count; tf.layers takes single steps, and does not clip. Ratios: their time over ours, each with its best number of threads.',
    '',
    `${processor}, ${cores} cores, load ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} after; Node ${node}, kernels ${kernelVersion}.`,
    ...(loadBefore > cores / 2 || loadAfter > 1.5 * cores ? [BUSY] : []), // our own load is up to 1 a core
    '',
    caseTable(results, torch, conditions.peakGflops),
    '',
    encoderTable(encoders, torch, conditions.peakGflops),
    '',
    `Peak of ${conditions.vectorBits}-bit SIMD in registers: ${conditions.peakGflops.toFixed(1)} GFLOPS a core. Most of the kernels' memory in use: ` +
      `${conditions.peakMiB.toFixed(0)} MiB. Process start to the end of the first step (LSTM H64 B32 T96): ${conditions.firstStepMs} ms.`,
    '',
    ...(maskCost ? [maskLine(maskCost), ''] : []),
    ...(products.length > 0 ? [productTable(products), ''] : []),
    ...(growths.length > 0 ? [growthTable(growths), ''] : []),
    targetsText(verdictsOf(results, encoders, products, torch)),
  ].join('\n');
}
