// Figures as one SVG: axes, texts and lines as vectors, heat maps as embedded images with a pixel a cell. For reports and files: light.
import { colorTable } from '../../words/color-tables.ts';
import type { Figure, HeatFigure, LineFigure } from './figures.ts';
import { palettePng } from './palette-png.ts';

const WIDTH = 860;
const LEFT = 64;
const RIGHT = 16;
const HEAD = 26;
const FOOT = 34;
const GAP = 22;
const INK = '#1c2529';
const FAINT = '#5b6a70';
const GRID = '#dfe5e7';
const COLORS = ['#0a7a84', '#b4560b', '#5a4fb0', '#2d7d32', '#a3365f', '#7a6a00', '#1769c2', '#6d4c41'];
const PLOT = WIDTH - LEFT - RIGHT;
const LINES_HEIGHT = 170;

/** Null where there is nothing to draw. */
export function figuresSvg(figures: readonly Figure[]): string | null {
  if (figures.length === 0) return null;
  let top = GAP / 2;
  const parts = figures.map((figure) => {
    const height = figure.kind === 'heat' ? heatHeight(figure) : LINES_HEIGHT;
    const drawn = figure.kind === 'heat' ? heatMarkup(figure, height) : linesMarkup(figure, height);
    const part = `<g transform="translate(0 ${top})">${text(LEFT, 14, figure.title, { size: 13, weight: 600, fill: INK })}${drawn}</g>`;
    top += HEAD + height + FOOT + GAP;
    return part;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}" font-family="Inter, system-ui, sans-serif"><rect width="100%" height="100%" fill="#ffffff"/>${parts.join('')}</svg>`;
}

const heatHeight = ({ lines }: HeatFigure): number => Math.min(420, Math.max(90, 5 * lines.length));

function heatMarkup(figure: HeatFigure, height: number): string {
  const { values, lines, x, colors } = figure;
  const shown =
    colors === 'log' ? values.map((line) => line.map((value) => Math.log10(Math.max(value, 1e-30)))) : values;
  const { low, high } = rangeOf(shown, colors);
  const table = colorTable(colors === 'diverging' ? 'diverging' : 'sequential', 'light');
  const image = palettePng(shown, { low, high }, table);
  const name = colors === 'log' ? (value: number) => `1e${Math.round(value)}` : rounded;
  const step = Math.max(1, Math.ceil((14 * lines.length) / height));
  return [
    `<image x="${LEFT}" y="${HEAD}" width="${PLOT}" height="${height}" preserveAspectRatio="none" style="image-rendering: pixelated" href="${image}"/>`,
    `<rect x="${LEFT}" y="${HEAD}" width="${PLOT}" height="${height}" fill="none" stroke="${GRID}"/>`,
    ...ticksOf(x[0] ?? 0, x.at(-1) ?? 0, true)
      .map((tick) => ({ tick, at: x.findIndex((one) => one >= tick) }))
      .map(({ tick, at }) =>
        text(LEFT + ((at + 0.5) / x.length) * PLOT, HEAD + height + 15, rounded(tick), { anchor: 'middle' }),
      ),
    text(LEFT + PLOT / 2, HEAD + height + 29, figure.xName, { anchor: 'middle' }),
    ...lines.map((line, row) =>
      row % step === 0
        ? text(LEFT - 6, HEAD + ((row + 0.5) / lines.length) * height + 4, clipped(shortened(line)), {
            anchor: 'end',
          })
        : '',
    ),
    text(6, HEAD - 6, figure.lineName, {}),
    rampMarkup(table, `${name(low)}`, `${name(high)}`),
  ].join('');
}

/** What the colours stand for, above the map at the right. */
function rampMarkup(table: Uint32Array, low: string, high: string): string {
  const [width, steps] = [120, 24];
  const left = WIDTH - RIGHT - width - 70;
  const bars = Array.from({ length: steps }, (_, step) => {
    const color = hex(table[Math.round((step / (steps - 1)) * (table.length - 1))]!);
    return `<rect x="${left + (step * width) / steps}" y="6" width="${width / steps + 0.5}" height="9" fill="${color}"/>`;
  });
  return `${text(left - 6, 14, low, { anchor: 'end' })}${bars.join('')}${text(left + width + 6, 14, high, {})}`;
}

function rangeOf(
  values: readonly Float64Array[],
  colors: HeatFigure['colors'],
): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const line of values) {
    for (const value of line) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(low <= high)) return { low: 0, high: 1 };
  if (colors === 'log') return { low: Math.max(low, high - 8), high };
  if (colors === 'sequential') return { low: Math.min(0, low), high };
  // Gates lie around a half, everything else around nothing.
  if (low >= 0 && high <= 1) return { low: 0, high: 1 };
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return { low: -reach, high: reach };
}

function linesMarkup({ lines, scale, kind, xName, isShares = false }: LineFigure, height: number): string {
  const toY =
    scale === 'log' ? (value: number) => Math.log10(Math.max(value, 1e-30)) : (value: number) => value;
  const [left, right] = kind === 'points' && isShares ? SHARES : ends(lines.flatMap(({ x }) => x));
  const [low, high] = isShares ? SHARES : ends(lines.flatMap(({ y }) => y.map(toY)));
  const xAt = (value: number) => LEFT + ((value - left) / (right - left || 1)) * PLOT;
  const pixelOf = (value: number) => HEAD + height - ((value - low) / (high - low || 1)) * height;
  const yAt = (value: number) => pixelOf(toY(value));
  return [
    ...ticksOf(low, high, scale === 'log').map((tick) => {
      const y = px(pixelOf(tick));
      const label = scale === 'log' ? `1e${tick}` : rounded(tick);
      return `<line x1="${LEFT}" x2="${LEFT + PLOT}" y1="${y}" y2="${y}" stroke="${GRID}"/>${text(LEFT - 6, y + 4, label, { anchor: 'end' })}`;
    }),
    ...ticksOf(left, right, false).map((tick) =>
      text(xAt(tick), HEAD + height + 15, rounded(tick), { anchor: 'middle' }),
    ),
    text(LEFT + PLOT / 2, HEAD + height + 29, xName, { anchor: 'middle' }),
    ...lines.map((line, index) =>
      kind === 'points'
        ? dots(line, { xAt, yAt, color: colorAt(index) })
        : path(line, { xAt, yAt, color: colorAt(index) }),
    ),
    legend(lines.map(({ name }) => name)),
  ].join('');
}

const SHARES = [0, 1] as const;
const STEPS = [1, 2, 5, 10] as const;
/** Ticks of an axis, about. */
const TICKS = 5;

/** Round numbers within the range; of logarithms whole ones. */
function ticksOf(low: number, high: number, isWhole: boolean): number[] {
  const raw = (high - low || 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(isWhole ? 1 : 0, power * STEPS.find((one) => one * power >= raw)!);
  const ticks: number[] = [];
  // Counted, so that rounding does not add up.
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + 1e-9 * step; at++) ticks.push(at * step);
  return ticks;
}

const colorAt = (index: number): string => COLORS[index % COLORS.length]!;

interface Drawing {
  readonly xAt: (value: number) => number;
  readonly yAt: (value: number) => number;
  readonly color: string;
}

function path({ x, y }: LineFigure['lines'][number], { xAt, yAt, color }: Drawing): string {
  let found = '';
  let isOpen = false;
  for (const [index, value] of y.entries()) {
    if (Number.isNaN(value)) {
      isOpen = false;
      continue;
    }
    found += `${isOpen ? 'L' : 'M'}${px(xAt(x[index]!))} ${px(yAt(value))}`;
    isOpen = true;
  }
  return `<path d="${found}" fill="none" stroke="${color}" stroke-width="1.6" stroke-linejoin="round"/>`;
}

const dots = ({ x, y }: LineFigure['lines'][number], { xAt, yAt, color }: Drawing): string =>
  y
    .map((value, index) =>
      Number.isNaN(value)
        ? ''
        : `<circle cx="${px(xAt(x[index]!))}" cy="${px(yAt(value))}" r="3" fill="${color}" fill-opacity="0.7"/>`,
    )
    .join('');

/** At the right of the title, from the last to the first. */
function legend(names: readonly string[]): string {
  let right = WIDTH - RIGHT;
  const parts: string[] = [];
  for (const [index, name] of [...names.entries()].reverse()) {
    const width = 6.2 * name.length + 26;
    right -= width;
    if (right < WIDTH / 3) break;
    parts.push(
      `<line x1="${px(right)}" x2="${px(right + 14)}" y1="10" y2="10" stroke="${colorAt(index)}" stroke-width="2.5"/>${text(right + 18, 14, name, {})}`,
    );
  }
  return parts.join('');
}

function ends(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

interface TextStyle {
  readonly size?: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

function text(
  x: number,
  y: number,
  words: string,
  { size = 11, weight = 400, fill = FAINT, anchor = 'start' }: TextStyle,
): string {
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

const px = (pixel: number): number => Math.round(100 * pixel) / 100;
const rounded = (value: number): string => String(Number(value.toPrecision(3)));
/** A number to three digits, another name as it is. */
const shortened = (name: string): string =>
  name.trim() !== '' && Number.isFinite(Number(name)) ? rounded(Number(name)) : name;
const clipped = (name: string): string => (name.length > 9 ? `${name.slice(0, 8)}\u2026` : name);
const hex = (color: number): string =>
  `#${[color, color >>> 8, color >>> 16].map((byte) => (byte & 0xff).toString(16).padStart(2, '0')).join('')}`;
const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
