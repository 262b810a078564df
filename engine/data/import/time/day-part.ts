// What a whole number beside a date says of the time of the day.
export type DayPart =
  | { readonly kind: 'hours' }
  | { readonly kind: 'digits' /** Of the shortest day. */; readonly rows: number }
  | { readonly kind: 'intervals'; readonly perDay: number }
  /** Two numbers: the hour, and the interval of it. */
  | { readonly kind: 'in-hour'; readonly firstHour: 0 | 1; readonly perHour: number };
