// The benchmark's tables as Markdown, and their place in docs/benchmarks.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Cell, flopsOf, type Size, sizeName } from './cases.ts';
import { type EncoderResult, encoderFlops, encoderName } from './encoder.ts';
import type { Measured } from './measure.ts';
import type { ProductSpeed } from './products.ts';
import type { Growth } from './scaling.ts';

export interface CaseResult {
  readonly cell: Cell;
  readonly size: Size;
  readonly measured: readonly Measured[];
}

export interface Conditions {
  readonly processor: string;
  readonly cores: number;
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly node: string;
  readonly kernelVersion: string;
  readonly peakGflops: number;
  readonly firstStepMs: number;
  readonly peakMiB: number;
  readonly torch: readonly string[];
}

const BEGIN = '<!-- training:begin -->';
const END = '<!-- training:end -->';

function fastest(measured: readonly Measured[], prefix: string): Measured | undefined {
  return measured
    .filter(({ name }) => name.startsWith(prefix))
    .reduce<Measured | undefined>(
      (best, peer) => (best && best.medianMs <= peer.medianMs ? best : peer),
      undefined,
    );
}

const ms = (value: number | undefined) =>
  value === undefined ? '' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

function ratio(theirs: Measured | undefined, ourMs: number, target?: number): string {
  if (!theirs) return '';
  const times = theirs.medianMs / ourMs;
  const text = `${times.toFixed(2)}x`;
  return target === undefined ? text : `${text} (target ${target}) ${times >= target ? 'met' : 'missed'}`;
}

function caseRow({ cell, size, measured }: CaseResult, torch: readonly string[]): string {
  const ours = fastest(measured, 'Hindcast, ')!;
  const single = measured.find(({ name }) => name === 'Hindcast, 1 thread')?.medianMs;
  const double = measured.find(({ name }) => name === 'Hindcast, 2 threads')?.medianMs;
  const gflops = flopsOf({ cell, ...size }) / ours.medianMs / 1e6;
  const torches = torch.map((version) => {
    const peer = fastest(measured, `PyTorch ${version}`);
    const target = version.startsWith('1.') ? size.targetOld : size.target;
    return `${ms(peer?.medianMs)} | ${ratio(peer, ours.medianMs, target)}`;
  });
  const others = ['Hindcast on tfjs-node', 'tf.layers, cpu', 'tf.layers, wasm'].map((name) => {
    const peer = fastest(measured, name);
    return `${ms(peer?.medianMs)} | ${ratio(peer, ours.medianMs, name.startsWith('tf.layers') ? 20 : undefined)}`;
  });
  const columns = [
    `${cell} ${sizeName(size)}`,
    ms(single),
    ms(double),
    gflops.toFixed(0),
    ...torches,
    ...others,
  ];
  return `| ${columns.join(' | ')} |`;
}

function caseTable(results: readonly CaseResult[], torch: readonly string[]): string {
  const head = ['case', '1 thread', '2 threads', 'GFLOPS'];
  for (const version of torch) head.push(`PyTorch ${version}`, 'ratio');
  head.push('tfjs-node (BlockLSTMV2)', 'ratio', 'tf.layers cpu', 'ratio', 'tf.layers wasm', 'ratio');
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...results.map((result) => caseRow(result, torch)),
  ].join('\n');
}

/** The encoder layer's row has PyTorch alone for a peer. */
function encoderTable(results: readonly EncoderResult[], torch: readonly string[]): string {
  const head = [
    'case',
    '1 thread',
    '2 threads',
    'GFLOPS',
    ...torch.flatMap((version) => [`PyTorch ${version}`, 'ratio']),
  ];
  const rows = results.map(({ what, measured }) => {
    const ours = fastest(measured, 'Hindcast, ')!;
    const [single, double] = ['1 thread', '2 threads'].map((threads) =>
      ms(measured.find(({ name }) => name === `Hindcast, ${threads}`)?.medianMs),
    );
    const torches = torch.map((version) => {
      const peer = fastest(measured, `PyTorch ${version}`);
      return `${ms(peer?.medianMs)} | ${ratio(peer, ours.medianMs, version.startsWith('1.') ? 1.5 : 0.8)}`;
    });
    const gflops = (encoderFlops(what) / ours.medianMs / 1e6).toFixed(0);
    return `| ${[encoderName(what), single, double, gflops, ...torches].join(' | ')} |`;
  });
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows].join('\n');
}

function productTable(products: readonly ProductSpeed[]): string {
  const rows = products.map(
    ({ name, gflops, share }) => `| ${name} | ${gflops.toFixed(1)} | ${(100 * share).toFixed(0)} % |`,
  );
  return [
    '| product (m x k x n), one thread | GFLOPS, best | share of the peak, median |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

function growthTable(growths: readonly Growth[]): string {
  const rows = growths.map(({ what, values, milliseconds }) => {
    const cells = values.map((value, index) => `${value}: ${ms(milliseconds[index])} ms`);
    return `| ${what} | ${cells.join(' | ')} |`;
  });
  return ['| LSTM step, one thread | | | | |', '|---|---|---|---|---|', ...rows].join('\n');
}

export interface Findings {
  readonly results: readonly CaseResult[];
  readonly encoders: readonly EncoderResult[];
  readonly products: readonly ProductSpeed[];
  readonly growths: readonly Growth[];
  readonly conditions: Conditions;
}

export function toMarkdown({ results, encoders, products, growths, conditions }: Findings): string {
  const { processor, cores, loadBefore, loadAfter, node, kernelVersion, torch } = conditions;
  return [
    '## Training speed',
    '',
    'One training step = forward + backward + clip + Adam, float32, in milliseconds: medians of alternating steps of all contestants',
    'in one run (`npm run bench -- training`). Ratios: their time over ours, each with its best number of threads. tf.layers does not clip.',
    '',
    `${processor}, ${cores} cores, load ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} after; Node ${node}, kernels ${kernelVersion}.`,
    '',
    caseTable(results, torch),
    '',
    encoderTable(encoders, torch),
    '',
    `Peak of 128-bit SIMD in registers: ${conditions.peakGflops.toFixed(1)} GFLOPS a core. Most of the kernels' memory in use: ` +
      `${conditions.peakMiB.toFixed(0)} MiB. Process start to the end of the first step (LSTM H64 B32 T96): ${conditions.firstStepMs} ms.`,
    '',
    productTable(products),
    '',
    growthTable(growths),
  ].join('\n');
}

/** Replaces what lies between the markers, or appends it with them; makes the file if there is none. */
export function writeReport(file: string, markdown: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '# Benchmarks\n';
  const block = `${BEGIN}\n${markdown}\n${END}`;
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  const next =
    from >= 0 && to > from
      ? text.slice(0, from) + block + text.slice(to + END.length)
      : `${text}\n${block}\n`;
  writeFileSync(file, next);
}
