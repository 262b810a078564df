// Fields and lines of CSV as RFC 4180 defines them.

/** Quoted where it has to be. */
export const field = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** All digits; empty where there is no number. */
export const number = (value: number): string => (Number.isNaN(value) ? '' : String(value));
