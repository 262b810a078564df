// Ticks of a horizontal axis, and their texts.
import { useMemo } from 'react';
import { type Domain, linearTicks, wholeTicks } from './scales.ts';
import { timeTicks } from './time-ticks.ts';
import { zoneOffset } from './zone-clock.ts';

/** A count has ticks at whole numbers only. */
export type XKind = 'number' | 'count' | 'time';

/** Pixels that a tick and its text take. */
const TICK_WIDTH = 90;

export function useXTicks(
  kind: XKind,
  domain: Domain,
  width: number,
  format: (value: number) => string,
  zone?: string,
): { ticks: number[]; format: (value: number) => string } {
  return useMemo(() => {
    if (kind === 'number') return { ticks: linearTicks(domain, width / TICK_WIDTH), format };
    if (kind === 'count') return { ticks: wholeTicks(domain, width / TICK_WIDTH), format };
    const [low, high] = domain;
    const clock: Domain = [low + zoneOffset(zone, low), high + zoneOffset(zone, high)];
    const toUtc = (at: number) => at - zoneOffset(zone, at - zoneOffset(zone, at));
    const labels = new Map(timeTicks(clock, width / TICK_WIDTH).map(({ at, label }) => [toUtc(at), label]));
    return { ticks: [...labels.keys()], format: (at) => labels.get(at) ?? '' };
  }, [kind, domain, width, format, zone]);
}
