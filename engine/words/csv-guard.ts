// Guards cells that a spreadsheet would run as a formula. Names of series and targets come from files, so one that begins with =
// or the like could run when the table is opened. An apostrophe in front means "text" to every spreadsheet.

const RISKY = /(?:^|,)"?[=+\-@\t\r]/;
const CELLS = /(^|,)("(?:[^"]|"")*"|[^,]*)/g;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** One record of a CSV file, guarded; numbers stay as they are. */
export function guardRecord(record: string): string {
  if (!RISKY.test(record)) return record;
  return record.replace(CELLS, (_all, comma: string, cell: string) => `${comma}${guardCell(cell)}`);
}

function guardCell(cell: string): string {
  const isQuoted = cell.startsWith('"');
  const text = isQuoted ? cell.slice(1) : cell;
  if (!isRisky(text)) return cell;
  return isQuoted ? `"'${text}` : `'${cell}`;
}

const isRisky = (text: string): boolean =>
  /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) && text !== '-Infinity';

/** The text of a cell before it is quoted, guarded. */
export const guardText = (text: string): string => (isRisky(text) ? `'${text}` : text);

/** Whole records whose texts are all quoted, guarded. */
export const guardQuoted = (records: string): string =>
  records.replace(/,"(?=[=+\-@\t\r])(?![+-]?[\d.]+")/g, `,"'`);
