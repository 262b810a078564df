// Colours of heat maps: 257 steps between a few colours, mixed in OKLab (Ottosson 2020) so that equal steps look equal. The pairs blue
// and orange, and dark and light, are told apart by colour-blind eyes too.

export type TableName = 'diverging' | 'sequential';
export type Scheme = 'light' | 'dark';

const STOPS: Readonly<Record<TableName, Readonly<Record<Scheme, readonly string[]>>>> = {
  // The middle is the ground of the panel: a value there is not seen.
  diverging: {
    light: ['#0b3f7a', '#3f83c4', '#ffffff', '#e08a2e', '#7a3b05'],
    dark: ['#a9d3ff', '#3d7fc0', '#14191c', '#c8762a', '#ffd7a3'],
  },
  sequential: {
    light: ['#ffffff', '#8fcfd0', '#1f8a92', '#06343a'],
    dark: ['#14191c', '#1d5f68', '#4fc1c9', '#eafcfd'],
  },
};

/** Odd: the middle colour has a step of its own. */
const STEPS = 257;

/** [257] a colour as canvases store it: red in the lowest byte, alpha in the highest. */
export function colorTable(name: TableName, scheme: Scheme): Uint32Array {
  const key = `${name} ${scheme}`;
  const known = made.get(key);
  if (known) return known;
  const stops = STOPS[name][scheme].map(toOklab);
  const table = Uint32Array.from({ length: STEPS }, (_, step) => {
    const at = (step / (STEPS - 1)) * (stops.length - 1);
    const left = Math.min(stops.length - 2, Math.floor(at));
    return toPixel(mixed(stops[left]!, stops[left + 1]!, at - left));
  });
  made.set(key, table);
  return table;
}

const made = new Map<string, Uint32Array>();

/** For a legend: `linear-gradient(...)` from the lowest value to the highest. */
export function gradientOf(name: TableName, scheme: Scheme): string {
  const table = colorTable(name, scheme);
  const stops = Array.from({ length: 17 }, (_, index) =>
    cssOf(table[Math.round((index / 16) * (STEPS - 1))]!),
  );
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

export const cssOf = (pixel: number): string =>
  `rgb(${pixel & 255} ${(pixel >>> 8) & 255} ${(pixel >>> 16) & 255})`;

type Lab = readonly [lightness: number, a: number, b: number];

const mixed = (one: Lab, other: Lab, share: number): Lab => [
  one[0] + (other[0] - one[0]) * share,
  one[1] + (other[1] - one[1]) * share,
  one[2] + (other[2] - one[2]) * share,
];

function toOklab(hex: string): Lab {
  const [red, green, blue] = [1, 3, 5].map((at) =>
    toLinear(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  );
  const long = Math.cbrt(0.4122214708 * red! + 0.5363325363 * green! + 0.0514459929 * blue!);
  const middle = Math.cbrt(0.2119034982 * red! + 0.6806995451 * green! + 0.1073969566 * blue!);
  const short = Math.cbrt(0.0883024619 * red! + 0.2817188376 * green! + 0.6299787005 * blue!);
  return [
    0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  ];
}

function toPixel([lightness, a, b]: Lab): number {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = toByte(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short);
  const green = toByte(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short);
  const blue = toByte(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

const toLinear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

function toByte(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}
