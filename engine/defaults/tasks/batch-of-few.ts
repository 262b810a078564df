// The batch of a dataset with few examples.

const MOST = 32;
const LEAST = 4;
/** In an epoch: with fewer the usual number of epochs ends before a model has learned anything. */
const FEWEST_STEPS = 12;

/** @param examples of the training part; 64 shapes with captions are written better after 260 small steps than after 40 large ones. */
export function batchOfFew(examples: number): number {
  let size = MOST;
  while (size > LEAST && size * FEWEST_STEPS > examples) size /= 2;
  return size;
}
