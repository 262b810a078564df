// Line charts as SVG text: no script; readable on paper, in black and white, and by a screen reader.
import { numberTicks, type Tick } from './ticks.ts';

export interface Line {
  readonly label: string;
  readonly colour: string;
  /** Dashed, so that it can be told apart without colour. */
  readonly dashed?: boolean;
  /** By value, ascending. */
  readonly x: ArrayLike<number>;
  /** NaN breaks the line. */
  readonly values: ArrayLike<number>;
}

export interface Mark {
  readonly at: number;
  readonly label: string;
}

export interface Chart {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly xTicks: (from: number, to: number, count: number) => readonly Tick[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** A vertical line with a word. */
  readonly mark?: Mark | undefined;
  readonly height?: number;
}

const WIDTH = 720;
const [LEFT, RIGHT, TOP, BOTTOM] = [70, 14, 20, 40];
const Y_TICKS = 4;
const X_TICKS = 6;

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Empty where nothing is known. */
export function lineChart(chart: Chart): string {
  const { title, lines, height = 190 } = chart;
  const [low, high] = rangeOf(lines.map(({ values }) => values));
  if (low > high) return '';
  const [from, to] = rangeOf(lines.map(({ x }) => x));
  const yTicks = numberTicks(low, high, Y_TICKS);
  const [bottom, top] = [Math.min(low, yTicks[0]!.at), Math.max(high, yTicks.at(-1)!.at)];
  const scale: Scale = {
    x: (value) => LEFT + ((WIDTH - LEFT - RIGHT) * (value - from)) / (to - from || 1),
    y: (value) => height - BOTTOM - ((height - TOP - BOTTOM) * (value - bottom)) / (top - bottom || 1),
  };
  const legend = lines.length > 1 ? lines.map(legendEntry).join('') : '';
  return `<figure><figcaption>${escapeHtml(title)}<span class="legend">${legend}</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">${yAxis(yTicks, scale)}${xAxis(chart, { from, to, height }, scale)}${marked(chart.mark, height, scale)}${lines.map((line) => pathTag(line, scale)).join('')}
<text x="${LEFT}" y="11" class="axis">${escapeHtml(chart.yLabel)}</text><text x="${WIDTH - RIGHT}" y="${height - 6}" text-anchor="end" class="axis">${escapeHtml(chart.xLabel)}</text></svg></figure>`;
}

interface Scale {
  x(value: number): number;
  y(value: number): number;
}

/** [Infinity, -Infinity] where nothing is finite. */
function rangeOf(arrays: readonly ArrayLike<number>[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const values of arrays) {
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!;
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}

function legendEntry({ label, colour, dashed }: Line): string {
  const dash = dashed ? ' stroke-dasharray="5 3"' : '';
  const line = `<svg width="26" height="8" aria-hidden="true"><path d="M0 4H26" stroke="${colour}" stroke-width="2"${dash}/></svg>`;
  return `<span>${line}${escapeHtml(label)}</span>`;
}

function yAxis(ticks: readonly Tick[], { y }: Scale): string {
  return ticks
    .map(({ at, label }) => {
      const height = y(at).toFixed(1);
      return `<path d="M${LEFT} ${height}H${WIDTH - RIGHT}" class="grid"/><text x="${LEFT - 8}" y="${(y(at) + 4).toFixed(1)}" text-anchor="end">${label}</text>`;
    })
    .join('');
}

function xAxis(
  { xTicks }: Chart,
  { from, to, height }: { readonly from: number; readonly to: number; readonly height: number },
  { x }: Scale,
): string {
  return xTicks(from, to, X_TICKS)
    .map(({ at, label }) => {
      const position = x(at);
      // A label that would cross the edge ends at the edge.
      const anchor = position > WIDTH - RIGHT - 30 ? 'end' : position < LEFT + 20 ? 'start' : 'middle';
      return `<path d="M${position.toFixed(1)} ${height - BOTTOM}v4" class="tick"/><text x="${position.toFixed(1)}" y="${height - BOTTOM + 16}" text-anchor="${anchor}">${label}</text>`;
    })
    .join('');
}

function marked(mark: Mark | undefined, height: number, { x }: Scale): string {
  if (!mark) return '';
  const position = x(mark.at);
  const isRight = position > WIDTH / 2;
  return `<path d="M${position.toFixed(1)} ${TOP}V${height - BOTTOM}" class="mark"/><text x="${(position + (isRight ? -5 : 5)).toFixed(1)}" y="${position < LEFT + 220 ? TOP + 10 : TOP - 6}" text-anchor="${isRight ? 'end' : 'start'}">${escapeHtml(mark.label)}</text>`;
}

function pathTag(line: Line, scale: Scale): string {
  const dash = line.dashed ? ' stroke-dasharray="5 3"' : '';
  const isDot = line.values.length === 1;
  const path = pathOf(line, scale);
  return isDot
    ? `<circle cx="${scale.x(line.x[0]!)}" cy="${scale.y(line.values[0]!)}" r="3" fill="${line.colour}"/>`
    : `<path d="${path}" stroke="${line.colour}" class="line"${dash}/>`;
}

interface Column {
  /** Half pixels from the left. */
  readonly index: number;
  readonly values: number[];
}

/** In each column of half a pixel the first, lowest, highest and last value: what a line through all of them would cover. */
function pathOf(line: Line, { x, y }: Scale): string {
  return runsOf(line, x)
    .map((run) =>
      run
        .flatMap(({ index, values }) => outline(values).map((value) => `${index} ${y(value).toFixed(1)}`))
        .map((point, index) => `${index === 0 ? 'M' : 'L'}${point}`)
        .join(''),
    )
    .join('');
}

/** Unbroken stretches of the line, each as columns. */
function runsOf({ x: positions, values }: Line, x: Scale['x']): Column[][] {
  const runs: Column[][] = [];
  let isBroken = true;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const wasBroken = isBroken;
    isBroken = !Number.isFinite(value);
    if (isBroken) continue;
    if (wasBroken) runs.push([]);
    const run = runs.at(-1)!;
    const position = Math.round(x(positions[index]!) * 2) / 2;
    const last = run.at(-1);
    if (last?.index === position) last.values.push(value);
    else run.push({ index: position, values: [value] });
  }
  return runs;
}

function outline(values: readonly number[]): readonly number[] {
  if (values.length <= 4) return values;
  const [low, high] = rangeOf([values]);
  const inOrder = values.indexOf(low) < values.indexOf(high) ? [low, high] : [high, low];
  return [values[0]!, ...inOrder, values.at(-1)!];
}
