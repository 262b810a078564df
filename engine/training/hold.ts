// Whether a run is held at the end of an epoch, judged by its rule and its own state alone.
import type { HoldRule } from '../contract/runs/hold.ts';

const DIGITS = 4;
const shown = (value: number): string => String(Number(value.toPrecision(DIGITS)));

/** Why it is held after that many epochs; null where it trains on. `bestLoss`: the lowest validation loss so far. */
export function heldReason(rule: HoldRule | null, epoch: number, bestLoss: number): string | null {
  if (rule === null || epoch === 0) return null;
  const limit = rule.limits?.[epoch - 1] ?? null;
  if (limit !== null && bestLoss > limit) {
    return `Held after epoch ${epoch}: its best validation loss ${shown(bestLoss)} is above ${shown(limit)}, the limit of its study there.`;
  }
  if (rule.afterEpoch === undefined || epoch < rule.afterEpoch) return null;
  return `Held after epoch ${epoch}: its study resumes it if it is among the best there.`;
}
