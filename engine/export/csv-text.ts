// Fields and lines of CSV as RFC 4180 defines them.
export { field } from '../words/csv-field.ts';

/** All digits; empty where there is no number. */
export const number = (value: number): string => (Number.isNaN(value) ? '' : String(value));
