// Line charts as SVG text: no script, readable on paper and by a screen reader.

export interface Line {
  readonly label: string;
  readonly colour: string;
  /** NaN breaks the line. */
  readonly values: ArrayLike<number>;
}

export interface ChartText {
  readonly title: string;
  readonly xLabel: string;
  readonly firstX: string;
  readonly lastX: string;
}

const WIDTH = 720;
const HEIGHT = 240;
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 12, 12, 34];
const TICKS = 4;

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Four significant digits. */
export const number = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '–';

export function lineChart(lines: readonly Line[], text: ChartText): string {
  const known = lines.flatMap(({ values }) => Array.from(values).filter(Number.isFinite));
  if (known.length === 0) return '';
  const [low, high] = known.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  const span = high - low || 1;
  const count = Math.max(...lines.map(({ values }) => values.length));
  const x = (index: number) => LEFT + ((WIDTH - LEFT - RIGHT) * index) / Math.max(1, count - 1);
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / span);
  const ticks = Array.from({ length: TICKS + 1 }, (_, tick) => low + (span * tick) / TICKS);
  const grid = ticks.map(
    (value) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" class="grid"/>` +
      `<text x="${LEFT - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${number(value)}</text>`,
  );
  const paths = lines.map(
    ({ values, colour }) =>
      `<path d="${pathOf(values, x, y)}" stroke="${colour}" fill="none" stroke-width="1.5"/>`,
  );
  const legend = lines.map(
    ({ label, colour }) => `<span><i style="background:${colour}"></i>${escapeHtml(label)}</span>`,
  );
  return `<figure><figcaption>${escapeHtml(text.title)} <small>${legend.join(' ')}</small></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(text.title)}">${grid.join('')}${paths.join('')}
<text x="${LEFT}" y="${HEIGHT - 10}">${escapeHtml(text.firstX)}</text><text x="${WIDTH / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escapeHtml(text.xLabel)}</text><text x="${WIDTH - RIGHT}" y="${HEIGHT - 10}" text-anchor="end">${escapeHtml(text.lastX)}</text></svg></figure>`;
}

function pathOf(
  values: ArrayLike<number>,
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let isDown = false;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (Number.isFinite(value)) path += `${isDown ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    isDown = Number.isFinite(value);
  }
  return path;
}
