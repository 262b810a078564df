// Pictures of charts: the figures of a view as one SVG, with axes, texts and lines as vectors and heat maps as embedded images; or that
// as a PNG with two pixels for each.
import { type Box, type Colors, linesMarkup, rounded } from './lines-markup.ts';
import { vectorsOf } from './vector-source.ts';

const GAP = 14;
const PADDING = 16;
const FONT = 'Inter, system-ui, sans-serif';

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Axes under a canvas, and drawings of their own (`isDrawing`); not the keys of lines. */
const DRAWN = 'svg.recharts-surface, svg[data-drawing]';
/** For an SVG in a figure that is drawn by hand. */
export const isDrawing = { 'data-drawing': true } as const;

/** Null where nothing is drawn. */
export function pictureOf(root: HTMLElement): Picture | null {
  const figures = [...root.querySelectorAll('figure')].filter((figure) => figure.querySelector('svg'));
  if (figures.length === 0) return null;
  const styles = getComputedStyle(document.documentElement);
  const color = (token: string) => styles.getPropertyValue(token).trim();
  let top = PADDING;
  const parts: string[] = [];
  let width = 0;
  for (const figure of figures) {
    const box = figure.getBoundingClientRect();
    parts.push(`<g transform="translate(${PADDING} ${top})">${figureMarkup(figure, box, color)}</g>`);
    top += box.height + GAP;
    width = Math.max(width, box.width);
  }
  const size = { width: Math.ceil(width) + 2 * PADDING, height: Math.ceil(top - GAP + PADDING) };
  const ground = `<rect width="100%" height="100%" fill="${color('--hc-surface')}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="${FONT}">${ground}${parts.join('')}</svg>`;
  return { svg, ...size };
}

function figureMarkup(figure: HTMLElement, box: DOMRect, color: Colors): string {
  const at = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left - box.left, y: top - box.top, width, height };
  };
  const axes = [...figure.querySelectorAll<SVGSVGElement>(DRAWN)].map((svg) => axesMarkup(svg, at(svg)));
  const canvases = [...figure.querySelectorAll('canvas')].map((canvas) =>
    canvasMarkup(canvas, at(canvas), color),
  );
  const keys = [...figure.querySelectorAll('span, div, i')].map((key) => keyMarkup(key, at(key)));
  return [...axes, ...canvases, ...keys, ...textsOf(figure).map((text) => textMarkup(text, box))].join('');
}

/** The chart's own SVG with the colours that its style sheet gives it. */
function axesMarkup(svg: SVGSVGElement, { x, y, width, height }: Box): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [...svg.querySelectorAll<SVGElement>('line, path, text, circle, rect')];
  for (const [index, element] of [
    ...copy.querySelectorAll<SVGElement>('line, path, text, circle, rect'),
  ].entries()) {
    const style = getComputedStyle(originals[index]!);
    for (const name of [
      'fill',
      'stroke',
      'stroke-width',
      'stroke-dasharray',
      'fill-opacity',
      'font-size',
      'text-anchor',
    ]) {
      element.setAttribute(name, style.getPropertyValue(name));
    }
    element.removeAttribute('style');
    element.removeAttribute('class');
  }
  for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, String(value));
  copy.removeAttribute('style');
  copy.removeAttribute('class');
  return new XMLSerializer().serializeToString(copy);
}

function canvasMarkup(canvas: HTMLCanvasElement, { x, y, width, height }: Box, color: Colors): string {
  const source = vectorsOf(canvas);
  if (source) return linesMarkup(source, { x, y, width, height }, color);
  const image = canvas.toDataURL('image/png');
  return `<image x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none" style="image-rendering: pixelated" href="${image}"/>`;
}

/** Larger ones are grounds of controls. */
const LARGEST_KEY = { width: 260, height: 16 };
const STOP = /rgba?\([^)]*\)/g;

/** A coloured mark without a text: the key of a line, or the bar of a heat map's colours. */
function keyMarkup(key: Element, { x, y, width, height }: Box): string {
  const isSmall = width > 0 && height > 0 && width <= LARGEST_KEY.width && height <= LARGEST_KEY.height;
  if (!isSmall || key.textContent !== '' || key.closest('button, label, [role="radiogroup"]')) return '';
  const { backgroundColor, backgroundImage } = getComputedStyle(key);
  const stops = backgroundImage.match(STOP) ?? [];
  const colors = stops.length > 1 ? stops : [backgroundColor];
  if (colors[0] === 'rgba(0, 0, 0, 0)') return '';
  return colors
    .map((color, index) => {
      const left = x + (index * width) / colors.length;
      return `<rect x="${rounded(left)}" y="${rounded(y)}" width="${rounded(width / colors.length + 0.5)}" height="${rounded(height)}" fill="${color}"/>`;
    })
    .join('');
}

/** Texts of the page around and over the drawing: title, legend, labels of lines. */
function textsOf(figure: HTMLElement): Text[] {
  const walker = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const isControl = parent?.closest('svg, button, input, label, [role="radiogroup"]');
    if (node.textContent?.trim() && !isControl) found.push(node as Text);
  }
  return found;
}

function textMarkup(text: Text, box: DOMRect): string {
  const range = document.createRange();
  range.selectNodeContents(text);
  const { left, top, height } = range.getBoundingClientRect();
  const style = getComputedStyle(text.parentElement!);
  const baseline = top - box.top + 0.76 * height;
  return `<text x="${rounded(left - box.left)}" y="${rounded(baseline)}" font-size="${style.fontSize}" font-weight="${style.fontWeight}" fill="${style.color}">${escaped(text.data.trim())}</text>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const PIXELS = 2;

/** @throws where the browser cannot draw it. */
export async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = PIXELS * width;
  canvas.height = PIXELS * height;
  const context = canvas.getContext('2d')!;
  context.scale(PIXELS, PIXELS);
  context.drawImage(image, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be drawn.')))),
  );
}
