// Cells that no spreadsheet runs as a formula.
export { guardQuoted, guardRecord } from '../words/csv-guard.ts';
