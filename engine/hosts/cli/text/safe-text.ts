// Makes text safe to print on a terminal. Names, headers, notes and messages come from files, and a control sequence in one of
// them could move the cursor, change what was printed, or send commands to the terminal.

/** Control characters, those that turn the direction of text, and sequences that Hindcast itself writes. */
const CONTROLS = /\p{Cc}\[(?:K|2m|22m)|[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
/** Clears to the end of the line; dim letters and their end. */
const OWN_SEQUENCES: ReadonlySet<string> = new Set(['\u001b[K', '\u001b[2m', '\u001b[22m']);
const OWN_CHARACTERS: ReadonlySet<string> = new Set(['\n', '\t']);

/** Other control characters become text like `\x1b`, so that they can be seen. */
export function safeText(text: string): string {
  return text.replace(CONTROLS, (found, offset: number) => {
    const isOwn = OWN_SEQUENCES.has(found) || OWN_CHARACTERS.has(found);
    // A line of progress begins by going back to the start of its line.
    return isOwn || (found === '\r' && offset === 0) ? found : escaped(found.slice(0, 1)) + found.slice(1);
  });
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u${digits}`;
}
