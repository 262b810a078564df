// Events of a sample: each has a time and the same few fields, numbers or words. As JSON: `[{"time": 0.5, "key": 60}, ...]`, or
// `[[0.5, 60], ...]` with the time first. Times count from the first event; those of calendars in seconds.
import { HindcastError } from '../../../contract/values/errors.ts';
import { isFields } from '../../../contract/values/fields.ts';

/** An event as it was read: its time, and its fields by name. */
export interface ReadEvent {
  readonly time: number;
  readonly fields: ReadonlyMap<string, number | string>;
}

const TIME = /^(time|t|timestamp|at|when|start|onset|date|datetime|seconds|ms)$/i;
const MOST_EVENTS = 100_000;
const SECOND_MS = 1_000;

/** @throws HindcastError `file-unreadable` with the reason; sorted by time, which begins with 0 */
export function readEvents(value: unknown): readonly ReadEvent[] {
  if (!Array.isArray(value)) throw bad('its events are no list');
  if (value.length === 0) throw bad('it has no event');
  if (value.length > MOST_EVENTS) throw bad(`it has more than ${MOST_EVENTS.toLocaleString('en-US')} events`);
  const events = value.map((event, index) =>
    Array.isArray(event) ? ofList(event, index) : ofObject(event, index),
  );
  const first = events.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY);
  return events
    .map(({ time, fields }) => ({ time: time - first, fields }))
    .toSorted((a, b) => a.time - b.time);
}

/** Whether a text is a list of events: its first event has a time. */
export function looksLikeEvents(text: string): boolean {
  const value = parsed(text);
  if (!Array.isArray(value) || value.length === 0) return false;
  const [first] = value as readonly unknown[];
  if (Array.isArray(first)) return first.length > 0 && timeOf(first[0]) !== null;
  return (
    isFields(first) && Object.keys(first).some((name) => TIME.test(name) && timeOf(first[name]) !== null)
  );
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ofList([time, ...values]: readonly unknown[], index: number): ReadEvent {
  const fields = new Map(values.map((value, at) => [`value ${at + 1}`, fieldOf(value, index)] as const));
  return { time: requireTime(time, index), fields: known(fields) };
}

function ofObject(event: unknown, index: number): ReadEvent {
  if (!isFields(event)) throw bad(`event ${index + 1} is no object and no list`);
  const name = Object.keys(event).find((one) => TIME.test(one));
  if (name === undefined) throw bad(`event ${index + 1} has no field "time"`);
  const others = Object.entries(event).filter(([one]) => one !== name);
  const fields = new Map(others.map(([one, value]) => [one, fieldOf(value, index)] as const));
  return { time: requireTime(event[name], index), fields: known(fields) };
}

const known = (fields: ReadonlyMap<string, number | string | null>): Map<string, number | string> =>
  new Map([...fields].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));

function fieldOf(value: unknown, index: number): number | string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  throw bad(`event ${index + 1} holds a list or an object in one of its fields`);
}

/** A number as it is; the time of a calendar in seconds. */
function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  // Only what says its year first is the same everywhere.
  const ms = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms / SECOND_MS;
}

function requireTime(value: unknown, index: number): number {
  const time = timeOf(value);
  if (time !== null) return time;
  throw bad(`the time of event ${index + 1} is neither a number nor a time such as 2024-01-31T12:00:00Z`);
}

const bad = (reason: string): HindcastError => new HindcastError('file-unreadable', reason);
