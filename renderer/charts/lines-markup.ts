// The lines of a chart as SVG: bands, lines and dots as the canvas draws them.
import { BAND_BORDER, BAND_FILL, barsOf, DOT_RADIUS, dotsOf, type Line } from './draw.ts';
import type { VectorSource } from './vector-source.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The colour of a token, such as `--hc-series-1`. */
export type Colors = (token: string) => string;

export const rounded = (pixel: number): number => Math.round(100 * pixel) / 100;

/** Bands and lines end with the plot; dots at its ends are whole. */
export function linesMarkup(source: VectorSource, { x, y, width, height }: Box, color: Colors): string {
  const { lines, bleed } = source;
  const plot = { x: x + bleed, y: y + bleed, width: width - 2 * bleed, height: height - 2 * bleed };
  const drawn = lines.map((line) => {
    const band = line.min && line.max ? bandMarkup(line, source, color(line.color)) : '';
    const markup = line.bars === undefined ? lineMarkup : barMarkup;
    return band + markup(line, source, color(line.color));
  });
  const dots = lines.flatMap((line) =>
    dotsOf(line, source, plot.width).map(
      (dot) =>
        `<circle cx="${rounded(plot.x + dot.x)}" cy="${rounded(plot.y + dot.y)}" r="${DOT_RADIUS}" fill="${color(line.color)}"/>`,
    ),
  );
  return `<svg x="${plot.x}" y="${plot.y}" width="${plot.width}" height="${plot.height}" overflow="hidden">${drawn.join('')}</svg>${dots.join('')}`;
}

/** From the smallest to the largest value of each point; a piece for each run of known ones. */
function bandMarkup({ x: at, min = [], max = [] }: Line, { x, y }: VectorSource, color: string): string {
  const corner = (index: number, edge: ArrayLike<number>) =>
    `${rounded(x.toPixel(at[index]!))} ${rounded(y.toPixel(edge[index]!))}`;
  const isKnown = (index: number) => Number.isFinite(y.toPixel(min[index]!));
  let path = '';
  for (let start = 0; start < at.length; start++) {
    if (!isKnown(start)) continue;
    let end = start;
    while (end + 1 < at.length && isKnown(end + 1)) end++;
    const indices = Array.from({ length: end - start + 1 }, (_, offset) => start + offset);
    const above = indices.map((index) => corner(index, max));
    const below = indices.toReversed().map((index) => corner(index, min));
    path += `M${[...above, ...below].join('L')}Z`;
    start = end;
  }
  return `<path d="${path}" fill="${color}" fill-opacity="${BAND_FILL}" stroke="${color}" stroke-opacity="${BAND_BORDER}"/>`;
}

function barMarkup(line: Line, source: VectorSource, color: string): string {
  return barsOf(line, source)
    .map(
      ({ x, y, width, height }) =>
        `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" fill="${color}"/>`,
    )
    .join('');
}

/** Points that are not known break it. */
function lineMarkup(line: Line, { x, y }: VectorSource, color: string): string {
  let path = '';
  let isOpen = false;
  for (let index = 0; index < line.x.length; index++) {
    const value = y.toPixel(line.y[index]!);
    if (!Number.isFinite(value)) {
      isOpen = false;
      continue;
    }
    path += `${isOpen ? 'L' : 'M'}${rounded(x.toPixel(line.x[index]!))} ${rounded(value)}`;
    isOpen = true;
  }
  const dash = line.dash ? ` stroke-dasharray="${line.dash.join(' ')}"` : '';
  return `<path d="${path}" fill="none" stroke="${color}" stroke-width="${line.width ?? 1.5}" stroke-linejoin="round"${dash}/>`;
}
