// Text that an error repeats from a file or a field: whole, it could fill the screen and hide what to do.

const MOST = 400;
const MOST_OF_LINE = 1_500;
/** Quoted text, or a word, that is longer. */
const LONG = new RegExp(`"[^"]{${MOST},}"|[^\\s"]{${MOST},}`, 'gu');
const LONG_LINE = new RegExp(`.{${MOST_OF_LINE},}`, 'g');

/** Cuts quoted text and words beyond 400 characters in their middle, and lines beyond 1,500: the end says what to do. */
export const shortened = (message: string): string =>
  message.replace(LONG, (text) => cutTo(MOST, text)).replace(LONG_LINE, (line) => cutTo(MOST_OF_LINE, line));

/** Keeps the beginning, and a fifth at the end. */
export function cutTo(most: number, text: string): string {
  if (text.length <= most) return text;
  const [head, tail] = [text.slice(0, most * 0.75), text.slice(-most * 0.2)];
  // Halves of a pair are no characters.
  return `${head.replace(/[\ud800-\udbff]$/, '')} ... ${tail.replace(/^[\udc00-\udfff]/, '')}`;
}
