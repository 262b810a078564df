// The clock of a time zone: how far it is ahead of UTC at a time. Pure.

const QUARTER_US = 900_000_000;
const clocks = new Map<string, (us: number) => number>();

function createClock(zone: string): (us: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const kept = new Map<number, number>();
  return (us) => {
    // Clocks change at a quarter of an hour only.
    const quarter = Math.floor(us / QUARTER_US);
    let offset = kept.get(quarter);
    if (offset === undefined) {
      const at = quarter * (QUARTER_US / 1000);
      const part = Object.fromEntries(
        format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
      );
      const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
      offset = (Date.UTC(year, month - 1, day, hour, minute, second) - at) * 1000;
      kept.set(quarter, offset);
    }
    return offset;
  };
}

/** Microseconds by which the clock of the zone is ahead of UTC. */
export function zoneOffset(zone: string | undefined, us: number): number {
  if (zone === undefined || zone === 'UTC' || !Number.isFinite(us)) return 0;
  let clock = clocks.get(zone);
  if (!clock) {
    clock = createClock(zone);
    clocks.set(zone, clock);
  }
  return clock(us);
}
