// The epochs after which a probe looks, as a share of the training's counted work: never of its time, which no resumed run repeats.

/** Of a training's work, at most, in all looks together. The aim is 2 % of its time; what cannot be counted needs the rest. */
export const MOST_SHARE = 0.016;

/**
 * Before the first step, after the last one, and after every `every`-th epoch; a model learns most early, so the powers of two before the
 * first regular look are there, too. Of a training that is too short for regular looks, the powers of four; of a shorter one, those of
 * sixteen.
 */
export const isLook = (epoch: number, epochs: number, every: number): boolean =>
  epoch % every === 0 || epoch === epochs || (epoch < every && isEarly(epoch, exponentStep(epochs, every)));

/** From one early look to the next the exponent of two grows by that. */
function exponentStep(epochs: number, every: number): number {
  if (every < epochs) return 1;
  return every < fewestLooks(epochs) ? 2 : 4;
}

/** The stride with the fewest looks. */
export const fewestLooks = (epochs: number): number => 2 * epochs;

/** A power of two, whose exponent is a multiple of that. */
const isEarly = (epoch: number, multiple: number): boolean =>
  (epoch & (epoch - 1)) === 0 && (31 - Math.clz32(epoch)) % multiple === 0;

export function countLooks(epochs: number, every: number): number {
  const multiple = exponentStep(epochs, every);
  // Powers of two up to a number are as many as its binary digits.
  const early = Math.ceil((32 - Math.clz32(Math.min(every - 1, epochs))) / multiple);
  const regular = 1 + Math.floor(epochs / every);
  const isCounted = epochs % every === 0 || (epochs < every && isEarly(epochs, multiple));
  return early + regular + (isCounted ? 0 : 1);
}

/** Epochs between two looks so that there are at most that many, if there can be so few. */
export function strideFor(epochs: number, least: number, most: number): number {
  let every = least;
  while (every < epochs && countLooks(epochs, every) > most) every++;
  return countLooks(epochs, every) > most ? fewestLooks(epochs) : every;
}
