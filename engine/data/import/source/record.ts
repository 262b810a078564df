// Records of a delimited text file, in bytes: where each one ends, how many fields it has, and whether its quoting is valid. Only
// this module decides what a row is; DuckDB gets only rows that were found valid here.

const SPACE = 0x20;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** A quoted field that is longer than this was never meant to be one: its quote counts as a stray one. */
const MAX_QUOTED_BYTES = 1 << 20;

/** What `readRecord` found; one object is used again for every record. */
export interface RecordState {
  /** Offsets in the buffer; `end` is without the line break, `next` behind it. */
  start: number;
  end: number;
  next: number;
  fields: number;
  /** Line breaks inside and after the record. */
  lines: number;
  /** Bytes of the line break: 0 at the end of the file. */
  lineBreak: number;
  /** Line break is a single CR. */
  carriageReturn: boolean;
  /** Nothing but delimiters, line breaks and soundly quoted fields: DuckDB reads it as it is. */
  plain: boolean;
  /** A quoted field is not closed where it should be; the record is then only its first line. */
  brokenQuote: boolean;
  /** Only spaces. */
  blank: boolean;
}

export function createRecordState(): RecordState {
  return {
    start: 0,
    end: 0,
    next: 0,
    fields: 0,
    lines: 0,
    lineBreak: 0,
    carriageReturn: false,
    plain: true,
    brokenQuote: false,
    blank: false,
  };
}

/** Bytes by what they can mean: 0 nothing, 1 delimiter, 2 quote, 3 line break. */
export function byteClasses(delimiter: string): Uint8Array {
  const classes = new Uint8Array(256);
  classes[delimiter.charCodeAt(0)] = 1;
  classes[QUOTE] = 2;
  classes[LF] = 3;
  classes[CR] = 3;
  return classes;
}

/** Sets where the line at `at` (a line break, or the end of the file) ends. False: more bytes are needed to tell. */
function endAt(state: RecordState, buffer: Buffer, at: number, limit: number, last: boolean): boolean {
  state.end = at;
  if (at >= limit) {
    state.next = limit;
    state.lineBreak = 0;
    state.carriageReturn = false;
    return last;
  }
  if (buffer[at] === CR && at + 1 >= limit && !last) return false;
  state.lineBreak = buffer[at] === CR && buffer[at + 1] === LF && at + 1 < limit ? 2 : 1;
  state.carriageReturn = state.lineBreak === 1 && buffer[at] === CR;
  state.next = at + state.lineBreak;
  state.lines++;
  return true;
}

/** Gives up on the quoting: the record is the first line from its start. */
function breakQuote(state: RecordState, buffer: Buffer, limit: number, last: boolean): boolean {
  let at = state.start;
  while (at < limit && buffer[at] !== LF && buffer[at] !== CR) at++;
  state.lines = 0;
  state.brokenQuote = true;
  state.plain = false;
  return endAt(state, buffer, at, limit, last);
}

/** Position behind the closing quote of a field that opens before `at`; -1: more bytes are needed; -2: it never closes. */
function skipQuoted(state: RecordState, buffer: Buffer, at: number, limit: number, last: boolean): number {
  const stop = Math.min(limit, at + MAX_QUOTED_BYTES);
  for (let i = at; i < stop; i++) {
    const byte = buffer[i];
    if (byte === QUOTE) {
      if (i + 1 >= limit) return last ? i + 1 : -1;
      if (buffer[i + 1] !== QUOTE) return i + 1;
      i++;
    } else if (byte === LF) state.lines++;
    else if (byte === CR) {
      if (i + 1 >= limit && !last) return -1;
      if (buffer[i + 1] !== LF || i + 1 >= limit) state.lines++;
    }
  }
  return last || stop < limit ? -2 : -1;
}

function skipSpaces(buffer: Buffer, at: number, limit: number): number {
  let i = at;
  while (i < limit && buffer[i] === SPACE) i++;
  return i;
}

/**
 * Reads the record that starts at `start`; `last` says that nothing follows `limit`.
 * Returns false where the buffer ends too early.
 */
export function readRecord(
  state: RecordState,
  buffer: Buffer,
  start: number,
  limit: number,
  last: boolean,
  classes: Uint8Array,
): boolean {
  state.start = start;
  state.fields = 1;
  state.lines = 0;
  state.plain = true;
  state.brokenQuote = false;
  let quoted = false;
  let i = start;
  for (;;) {
    const spaces = buffer[i] === SPACE ? skipSpaces(buffer, i, limit) - i : 0;
    if (i + spaces < limit && buffer[i + spaces] === QUOTE) {
      quoted = true;
      if (spaces > 0) state.plain = false;
      i = skipQuoted(state, buffer, i + spaces + 1, limit, last);
      if (i === -1) return false;
      if (i === -2) return breakQuote(state, buffer, limit, last);
      const behind = skipSpaces(buffer, i, limit);
      if (behind > i) state.plain = false;
      i = behind;
      if (i >= limit && !last) return false;
      if (i < limit && classes[buffer[i] ?? 0] !== 1 && buffer[i] !== LF && buffer[i] !== CR) {
        return breakQuote(state, buffer, limit, last);
      }
    } else {
      for (;;) {
        while (i < limit && classes[buffer[i] as number] === 0) i++;
        if (i >= limit || classes[buffer[i] as number] !== 2) break;
        state.plain = false; // a quote inside an unquoted field
        i++;
      }
    }
    if (i < limit && classes[buffer[i] as number] === 1) {
      state.fields++;
      i++;
      continue;
    }
    if (!endAt(state, buffer, i, limit, last)) return false;
    state.blank = !quoted && state.fields === 1 && skipSpaces(buffer, start, state.end) === state.end;
    return true;
  }
}

/** The fields of one sound record, unquoted and without spaces around them. */
export function splitRecord(text: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let from = at;
    while (text[from] === ' ') from++;
    if (text[from] === '"') {
      let value = '';
      let i = from + 1;
      for (;;) {
        const close = text.indexOf('"', i);
        const end = close < 0 ? text.length : close;
        value += text.slice(i, end);
        i = end + 1;
        if (text[i] !== '"' || close < 0) break;
        value += '"';
        i++;
      }
      fields.push(value);
      const next = text.indexOf(delimiter, Math.min(i, text.length));
      if (next < 0) return fields;
      at = next + 1;
    } else {
      const next = text.indexOf(delimiter, at);
      fields.push(text.slice(at, next < 0 ? text.length : next).trim());
      if (next < 0) return fields;
      at = next + 1;
    }
  }
}
