// Measures how deeply a JSON text nests before it is parsed. Parsers and schemas are recursive, so a text that nests too deeply
// would crash them.

/** An experiment nests to about 10. */
export const MOST_DEPTH = 200;

/** Whether objects and lists nest deeper than `MOST_DEPTH`. The text need not be valid JSON. */
export function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === BRACE || code === BRACKET) {
      depth++;
      if (depth > MOST_DEPTH) return true;
    } else if (code === END_OF_BRACE || code === END_OF_BRACKET) depth--;
  }
  return false;
}

const [QUOTE, BACKSLASH] = [34, 92];
const [BRACKET, END_OF_BRACKET] = [91, 93];
const [BRACE, END_OF_BRACE] = [123, 125];
