// What a format of times is: an expression of SQL for the time that a text tells.

export interface TimeFormat {
  readonly label: string;
  /** BIGINT microseconds of the text expression `x`, NULL where it can't be read; a time without an offset is read as UTC. */
  sql(x: string): string;
  /** BOOLEAN: does `x` say its offset from UTC? */
  hasOffsetSql(x: string): string;
}

// Years 1000 to 9999: a two-digit year read as the year 99 is a mistake, not a time.
const EARLIEST_US = '-30610224000000000';
const LATEST_US = '253402300799999999';

/** Microseconds; NULL outside these years. */
export function guarded(us: string): string {
  return `CASE WHEN ${us} BETWEEN ${EARLIEST_US} AND ${LATEST_US} THEN ${us} END`;
}
