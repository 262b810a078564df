// A field of CSV as RFC 4180 defines it.

/** Quoted where it has to be. */
export const field = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
