// Options of `hindcast import` that say how values are cleaned: `--rename v=power`, `--range v=0..100`, `--scale v=0.001`, `--grid 1h:mean`.
import { type CleanOptions, DERIVED_FORMS, GRID_RULES, joinClean } from '../../contract/datasets/clean.ts';
import { UsageError } from './usage.ts';

function halves(option: string, text: string, form: string): readonly [string, string] {
  const at = text.lastIndexOf('=');
  if (at > 0 && at < text.length - 1) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  throw new UsageError(`${option} takes ${form}, but "${text}" was given.`, { option });
}

function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new UsageError(`${option} takes numbers, but "${text}" was given.`, { option });
}

export function renameOption(text: string): CleanOptions {
  const [from, to] = halves('--rename', text, 'OLD=NEW');
  return { rename: { [from]: to } };
}

export function rangeOption(text: string): CleanOptions {
  const [column, range] = halves('--range', text, 'COLUMN=MIN..MAX');
  const [, low = '', high = ''] = /^([^.].*?|)\.\.(.*)$/.exec(range) ?? [];
  if (low === '' && high === '')
    throw new UsageError(`--range takes COLUMN=MIN..MAX, but "${text}" was given.`, { option: '--range' });
  const min = low === '' ? {} : { min: numberOf('--range', low) };
  const max = high === '' ? {} : { max: numberOf('--range', high) };
  return { range: [{ column, ...min, ...max }] };
}

export function scaleOption(text: string): CleanOptions {
  const [column, terms] = halves('--scale', text, 'COLUMN=FACTOR or COLUMN=FACTOR:OFFSET');
  const [factor = '', offset] = terms.split(':');
  const added = offset === undefined ? {} : { offset: numberOf('--scale', offset) };
  return { scale: [{ column, factor: numberOf('--scale', factor), ...added }] };
}

const UNITS: Readonly<Record<string, number>> = { s: 1e6, min: 60e6, h: 3_600e6, d: 86_400e6 };

export function gridOption(text: string): CleanOptions {
  const [, count, unit = '', rule = 'mean'] = /^(\d{1,6})\s*(s|min|h|d)(?::(\w+))?$/.exec(text.trim()) ?? [];
  const known = GRID_RULES.find((one) => one === rule);
  if (count !== undefined && Number(count) > 0 && known)
    return { grid: { stepUs: Number(count) * (UNITS[unit] ?? 1), rule: known } };
  throw new UsageError(
    `--grid takes a step and a rule such as 15min:mean, 1h:sum or 1d:last (${GRID_RULES.join(', ')}), but "${text}" was given.`,
    { option: '--grid' },
  );
}

export function repeatsOption(text: string): CleanOptions {
  const repeats = GRID_RULES.find((one) => one === text.trim());
  if (repeats) return { repeats };
  throw new UsageError(`--repeats takes one of ${GRID_RULES.join(', ')}, but "${text}" was given.`, {
    option: '--repeats',
  });
}

/** `ret=log-return(close,1)`, `m=mean(load,24)`, `h=hour` */
export function deriveOption(text: string): CleanOptions {
  const [, name, form, column, rows] =
    /^(.+?)=([a-z-]+)(?:\(\s*(.+?)\s*(?:,\s*(\d{1,6})\s*)?\))?$/.exec(text.trim()) ?? [];
  const known = DERIVED_FORMS.find((one) => one === form);
  if (name && known && Number(rows ?? 1) > 0) {
    const counted = rows === undefined ? {} : { rows: Number(rows) };
    return { derive: [{ name: name.trim(), form: known, ...(column ? { column } : {}), ...counted }] };
  }
  throw new UsageError(
    `--derive takes NAME=FORM(COLUMN,ROWS) such as r=log-return(close,1) or h=hour (${DERIVED_FORMS.join(', ')}), but "${text}" was given.`,
    { option: '--derive' },
  );
}

export interface CleanArguments {
  readonly derive?: readonly CleanOptions[];
  readonly drop?: readonly string[];
  readonly rename?: readonly CleanOptions[];
  readonly range?: readonly CleanOptions[];
  readonly scale?: readonly CleanOptions[];
  readonly grid?: CleanOptions;
  readonly repeats?: CleanOptions;
  readonly complete?: boolean;
}

const CLEANING = [
  'drop',
  'rename',
  'range',
  'scale',
  'derive',
  'grid',
  'repeats',
  'complete',
] as const satisfies readonly (keyof CleanArguments)[];
type Cleaning = (typeof CLEANING)[number];

/** What cleans, and what is left: an option that nobody took out would be refused as unknown. */
export function splitCleaning<Given extends CleanArguments>(
  given: Given,
): { readonly cleaning: CleanArguments; readonly rest: Omit<Given, Cleaning> } {
  const isCleaning = (key: string) => (CLEANING as readonly string[]).includes(key);
  const pick = (keep: (key: string) => boolean) =>
    Object.fromEntries(Object.entries(given).filter(([key, value]) => keep(key) && value !== undefined));
  // The keys say which half a value belongs to; Object.fromEntries forgets them.
  return { cleaning: pick(isCleaning), rest: pick((key) => !isCleaning(key)) as Omit<Given, Cleaning> };
}

/** Undefined where nothing was given. */
export function cleanOf(
  { drop, rename = [], range = [], scale = [], derive = [], grid, repeats, complete }: CleanArguments,
  before: CleanOptions = {},
): CleanOptions | undefined {
  const dropped = drop === undefined ? [] : [{ drop: [...drop] }];
  const joined = joinClean(
    before,
    ...dropped,
    ...rename,
    ...range,
    ...scale,
    ...derive,
    ...[grid, repeats].filter((one) => one !== undefined),
    ...(complete ? [{ complete } as const] : []),
  );
  return Object.keys(joined).length > 0 ? joined : undefined;
}
