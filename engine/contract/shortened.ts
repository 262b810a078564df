// Text that an error repeats from a file or a field: whole, it could fill the screen and hide what to do.

const MOST = 400;
const HEAD = 300;
const TAIL = 80;
/** Quoted text, or a word, that is longer. */
const LONG = new RegExp(`"[^"]{${MOST},}"|[^\\s"]{${MOST},}`, 'gu');

/** Cuts quoted text and words beyond 400 characters in their middle. */
export const shortened = (message: string): string => message.replace(LONG, cut);

function cut(text: string): string {
  const [head, tail] = [text.slice(0, HEAD), text.slice(-TAIL)];
  // Halves of a pair are no characters.
  return `${head.replace(/[\ud800-\udbff]$/, '')} ... ${tail.replace(/^[\udc00-\udfff]/, '')}`;
}
