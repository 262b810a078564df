// `--space path=range`: which values a sweep may choose for a field.
import type { Dimension } from '../../../contract/studies/search.ts';
import { RANGE_FORMS, readRange } from '../../../words/ranges.ts';
import { UsageError } from '../usage.ts';

export interface SpaceOption {
  readonly path: string;
  readonly dimension: Dimension;
}

/** Reads one `path=range`. */
export function parseSpace(text: string): SpaceOption {
  const equals = text.indexOf('=');
  const dimension = equals < 1 ? 'has no path' : readRange(text.slice(equals + 1));
  if (typeof dimension !== 'string') return { path: text.slice(0, equals), dimension };
  throw new UsageError(
    `--space ${text}: ${dimension}; it takes path=range, where a range is ${RANGE_FORMS}.`,
    {
      option: '--space',
    },
  );
}
