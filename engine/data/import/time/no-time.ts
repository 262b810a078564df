// Explains why no column was accepted as the time column: the best candidate, and the share of its values that would have had to
// be times.
import { HindcastError } from '../../../contract/errors.ts';
import { NEARLY_ALL_PERCENT } from '../tolerance.ts';
import { joinedSample, namesOf } from './time-parts.ts';
import type { Counted, TimeRequest } from './time-request.ts';

/** The column and form that read most; null where none reads anything. */
function nearestOf(counted: readonly Counted[]): Counted | null {
  const share = ({ fitting, total }: Counted) => fitting / total;
  const reading = counted.filter(({ fitting }) => fitting > 0);
  return reading.reduce<Counted | null>(
    (best, one) => (best && share(best) >= share(one) ? best : one),
    null,
  );
}

/** `30 of the 40 values of "date" can be read as %d.%m.%Y, and at least 95 % have to be`. */
function shortfall(
  { dialect, columns: given }: TimeRequest,
  { columns, format, fitting, total }: Counted,
): string {
  const form = format.label === 'detected' ? 'ISO times' : format.label.split('|')[0];
  const least = given === null ? `${NEARLY_ALL_PERCENT} %` : 'half';
  return `${plain(fitting)} of the ${plain(total)} values of "${namesOf(dialect, columns)}" can be read as ${form}, and at least ${least} have to be`;
}

const plain = (count: number): string => count.toLocaleString('en-US');

function unfitFormat(request: TimeRequest, format: string, nearest: Counted | null): HindcastError {
  const { fileName, dialect, columns } = request;
  const where = columns === null ? 'any column' : `column "${namesOf(dialect, columns)}"`;
  const example = joinedSample(dialect, columns ?? [0])[0] ?? '';
  const what = nearest
    ? `does not fit ${fileName}: ${shortfall(request, nearest)}`
    : `reads nothing in ${where} of ${fileName} (the first value is "${example}")`;
  const message = `The time format "${format}" ${what}; correct it, or leave it out to have it detected.`;
  const details = { file: fileName, columns: dialect.names.slice(0, 100), field: 'timeFormat' };
  return new HindcastError('invalid-input', message, { details });
}

export function noTimeColumn(request: TimeRequest, counted: readonly Counted[]): HindcastError {
  const { fileName, dialect, columns, format } = request;
  const nearest = nearestOf(counted);
  if (format !== null) return unfitFormat(request, format, nearest);
  const details = { file: fileName, columns: dialect.names.slice(0, 100) };
  const tried =
    'ISO dates, 2000/01/02, 02.01.2000, 1/2/2000, Jan 1 2000, 20000102, epoch seconds and milliseconds, years and months';
  const names = dialect.names
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(', ');
  const more = dialect.names.length > 20 ? `, and ${dialect.names.length - 20} more` : '';
  const which = columns === null ? `among its columns ${names}${more}` : `in "${namesOf(dialect, columns)}"`;
  const why = nearest ? shortfall(request, nearest) : `tried: ${tried}`;
  const message = `${fileName} has no readable times ${which} (${why}); name the time column and its form (in a terminal: --time-column, --time-format).`;
  return new HindcastError('no-time-column', message, { details });
}
