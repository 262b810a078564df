// How often a test part was looked at, in a sentence.

/** From here on the best score is partly chosen luck. */
const MANY = 10;

/** Null where this run is the only one, or it is not known. */
export function looksSentence(looks: number | undefined): string | null {
  if (looks === undefined || looks < 2) return null;
  const counted = `The test part of this protocol was scored by ${looks.toLocaleString('en-US')} runs`;
  return looks < MANY
    ? `${counted}.`
    : `${counted}: the best of them looks better than it is. Choose by the validation part.`;
}
