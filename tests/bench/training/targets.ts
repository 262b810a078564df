// The targets of the training benchmark, the results, and for missed targets the reasons and what was tried.
import { type Cell, type Size, sizeName } from './cases.ts';
import { type EncoderResult, encoderName } from './encoder.ts';
import type { Measured } from './measure.ts';
import type { ProductSpeed } from './products.ts';

export interface CaseResult {
  readonly cell: Cell;
  readonly size: Size;
  readonly measured: readonly Measured[];
}

interface Verdict {
  readonly what: string;
  /** Times faster than the peer, or the share of the peak. */
  readonly reached: number;
  /** The same by the best steps, which other programs disturbed least. */
  readonly best?: number;
  readonly target: number;
  readonly kind: 'recurrent' | 'encoder' | 'product';
}

const PEAK_SHARE = 0.75;
/** Times faster than tf.layers that a recurrent case has to be. */
export const LAYERS_TARGET = 20;

/** Why a target can be out of reach, by kind; printed only under a miss. */
const REASONS: Readonly<Record<Verdict['kind'], string>> = {
  recurrent:
    'PyTorch multiplies with 512-bit instructions, the kernels with 256-bit ones where V8 joins their vectors and with 128-bit ones ' +
    'elsewhere; small cases are won by what surrounds the products. Of an LSTM step (H128) two thirds are products at 90 % of the ' +
    '256-bit peak, the rest functions and gradients of the gates, packing and JavaScript. Tried and dropped: register tiles of other ' +
    'sizes (tile.ts, wide-tile.ts), binaryen -O3, two chains in the functions of the gates instead of four (math.ts), pieces of 8, 12 ' +
    'and 32 batch rows, tanh(c) from h / o instead of once more, weights’ gradients in pieces of 128 columns and with their rows ' +
    'fetched ahead.',
  encoder:
    'PyTorch multiplies with 512-bit instructions, the kernels with 256-bit ones where V8 joins their vectors and with 128-bit ones ' +
    'elsewhere. What was tried is in the headers of attention.ts, linear.ts and matmul.ts in engine/kernels/assembly.',
  product:
    'Products this flat spend a part of their time in packing and in writing their result, which others do once for much more arithmetic.',
};

export function fastest(measured: readonly Measured[], prefix: string): Measured | undefined {
  return measured
    .filter(({ name }) => name.startsWith(prefix))
    .reduce<Measured | undefined>(
      (best, peer) => (best && best.medianMs <= peer.medianMs ? best : peer),
      undefined,
    );
}

/** Of the fastest steps, with any number of threads. */
function bestMs(measured: readonly Measured[], prefix: string): number {
  return Math.min(...measured.filter(({ name }) => name.startsWith(prefix)).map((each) => each.bestMs));
}

/** Debian's PyTorch and the newest have targets of their own. */
export function isOld(version: string): boolean {
  return version.startsWith('1.');
}

export function encoderTarget({ what }: EncoderResult, version: string): number {
  if (isOld(version)) return 1.5;
  return what.width <= 64 ? 1 : 0.8;
}

/** Against one peer; nothing where it did not take part. */
function against(
  measured: readonly Measured[],
  peer: string,
  verdict: Omit<Verdict, 'reached' | 'best'>,
): readonly Verdict[] {
  const ours = fastest(measured, 'Hindcast, ');
  const theirs = fastest(measured, peer);
  if (!ours || !theirs) return [];
  const what = `${verdict.what} against ${peer}`;
  const best = bestMs(measured, peer) / bestMs(measured, 'Hindcast, ');
  return [{ ...verdict, what, reached: theirs.medianMs / ours.medianMs, best }];
}

export function verdictsOf(
  results: readonly CaseResult[],
  encoders: readonly EncoderResult[],
  products: readonly ProductSpeed[],
  torch: readonly string[],
): Verdict[] {
  const recurrent = results.flatMap(({ cell, size, measured }) => {
    const base = { what: `${cell} ${sizeName(size)}`, kind: 'recurrent' as const };
    return [
      ...torch.flatMap((version) => {
        const target = isOld(version) ? size.targetOld : size.target;
        return against(measured, `PyTorch ${version}`, { ...base, target });
      }),
      ...against(measured, 'tf.layers', { ...base, target: LAYERS_TARGET }),
    ];
  });
  const layers = encoders.flatMap((result) =>
    torch.flatMap((version) =>
      against(result.measured, `PyTorch ${version}`, {
        what: encoderName(result.what),
        target: encoderTarget(result, version),
        kind: 'encoder',
      }),
    ),
  );
  const shares = products.map(({ name, share }): Verdict => {
    return { what: `product ${name}`, reached: share, target: PEAK_SHARE, kind: 'product' };
  });
  return [...recurrent, ...layers, ...shares];
}

function number({ kind }: Verdict, value: number): string {
  return kind === 'product' ? `${(100 * value).toFixed(0)} % of the peak` : `${value.toFixed(2)}x`;
}

/** How many targets are met; every one that is not, by how much, and why. */
export function targetsText(verdicts: readonly Verdict[]): string {
  const missed = verdicts.filter(({ reached, target }) => reached < target);
  const lines = missed.map((verdict) => {
    const { what, reached, target } = verdict;
    const short = (100 * (1 - reached / target)).toFixed(0);
    const best =
      verdict.best === undefined
        ? ''
        : `; by the fastest twentieth of the steps ${number(verdict, verdict.best)}`;
    return `- ${what}: ${number(verdict, reached)} instead of ${number(verdict, target)}, ${short} % short${best}.`;
  });
  const kinds = [...new Set(missed.map(({ kind }) => kind))];
  return [
    `Targets met: ${verdicts.length - missed.length} of ${verdicts.length}.${missed.length > 0 ? ' Missed:' : ''}`,
    ...(missed.length > 0 ? ['', ...lines] : []),
    ...kinds.flatMap((kind) => ['', REASONS[kind]]),
  ].join('\n');
}
