// On which side of the chart the label of a marker stands: at the top, or at the foot where a line would run through it. Pure.
import type { Line, Scales } from './draw.ts';

/** Pixels; `depth` from the top of the chart, or from its foot. */
export interface LabelBox {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

export function standsAtFoot(
  { from, to, depth }: LabelBox,
  lines: readonly Line[],
  scales: Scales,
  height: number,
): boolean {
  const isCrossed = (top: number, bottom: number) =>
    lines.some((line) => runsThrough(line, scales, { from, to, top, bottom }));
  return isCrossed(0, depth) && !isCrossed(height - depth, height);
}

interface Box {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
}

function runsThrough({ x, y, min, max, bars = 0 }: Line, scales: Scales, box: Box): boolean {
  const foot = scales.y.toPixel(0);
  const half = Math.abs(scales.x.toPixel(bars) - scales.x.toPixel(0)) / 2;
  const ofPoint = (index: number): number[] =>
    [y[index], min?.[index], max?.[index]]
      .filter((value) => value !== undefined)
      .map(scales.y.toPixel)
      .filter(Number.isFinite);
  for (let index = 0; index < x.length; index++) {
    const here = scales.x.toPixel(x[index] as number);
    const pixels = ofPoint(index);
    if (pixels.length === 0) continue;
    if (bars > 0) {
      if (meets([here - half, here + half], [...pixels, foot], box)) return true;
      continue;
    }
    if (meets([here, here], pixels, box)) return true;
    const next = index + 1 < x.length ? ofPoint(index + 1) : [];
    if (next.length === 0) continue;
    const there = scales.x.toPixel(x[index + 1] as number);
    if (there < box.from || here > box.to) continue;
    // The part of the way to the next point that lies under the label.
    const at = (pixel: number) => Math.max(0, Math.min(1, (pixel - here) / (there - here || 1)));
    const between = [box.from, box.to].flatMap((edge) =>
      pixels.map((pixel, which) => pixel + at(edge) * ((next[which] ?? pixel) - pixel)),
    );
    if (meets([Math.max(here, box.from), Math.min(there, box.to)], between, box)) return true;
  }
  return false;
}

function meets(across: readonly number[], down: readonly number[], box: Box): boolean {
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const [top, bottom] = [Math.min(...down), Math.max(...down)];
  return right >= box.from && left <= box.to && bottom >= box.top && top <= box.bottom;
}
