// Building blocks of the report's text: sections, tables of facts, numbers and times.
import { escapeHtml } from './svg.ts';

export const section = (title: string, body: string): string =>
  body === '' ? '' : `<section><h2>${escapeHtml(title)}</h2>\n${body}</section>`;

/** Values are HTML. */
export function facts(rows: readonly (readonly [name: string, value: string])[]): string {
  const cells = rows.map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${value}</td></tr>`);
  return `<table class="facts"><tbody>${cells.join('')}</tbody></table>`;
}

/** Four significant digits, thousands separated. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e12)) return value.toExponential(3).replace('e+', 'e');
  if (size >= 1000) return Math.round(value).toLocaleString('en-US');
  return value === 0 ? '0' : value.toPrecision(4);
}

export const count = (value: number): string => value.toLocaleString('en-US');

export const counted = (value: number, thing: string): string =>
  `${count(value)} ${thing}${value === 1 ? '' : 's'}`;

/** `2020-01-03`, or with the time of day where there is one; UTC. */
export function time(milliseconds: number | null): string {
  if (milliseconds === null) return '–';
  const iso = new Date(milliseconds).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

/** What a reader sees of a piece of HTML made here, for screens that are not HTML documents: no tags, no escapes. */
export const plainText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_escape, code: string) => String.fromCharCode(Number(code)));
