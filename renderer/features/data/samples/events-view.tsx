// The events of a sample over time: of each field a strip, with a mark at the time of every event; of numbers it stands at their height.
import type { EventFields } from '../../../../engine/contract/datasets/sample-views.ts';
import { formatNumber } from '../../../ui/format.ts';
import css from './samples.module.css';

const WIDTH = 520;
const STRIP = 34;
const WORD = 14;
const MOST_FIELDS = 8;
const MOST_WORDS = 12;
const MOST_MARKS = 4_000;

interface EventsViewProps {
  readonly fields: EventFields;
  /** [events, time and fields] */
  readonly values: Float32Array;
}

export function EventsView({ fields, values }: EventsViewProps) {
  const channels = 1 + fields.length;
  const events = values.length / channels;
  const last = values[(events - 1) * channels] ?? 0;
  const shown = fields.slice(0, MOST_FIELDS);
  const x = (event: number) =>
    last === 0 ? WIDTH / 2 : 2 + ((WIDTH - 4) * values[event * channels]!) / last;
  const marks = Array.from({ length: Math.min(events, MOST_MARKS) }, (_, event) => event);
  return (
    <div>
      {shown.length === 0 && (
        <Strip label="" height={STRIP} path={marks.map((event) => `M${x(event)} 4V30`).join('')} />
      )}
      {shown.map((field, index) => (
        <FieldStrip
          key={field.name}
          field={field}
          marks={marks.map((event) => [x(event), values[event * channels + 1 + index]!] as const)}
        />
      ))}
      <p className="muted">
        {events} {events === 1 ? 'event' : `events over ${formatNumber(last)}`}
        {fields.length > shown.length && `; the first ${shown.length} of ${fields.length} fields`}
        {events > MOST_MARKS && `; the first ${MOST_MARKS.toLocaleString('en-US')} events`}
      </p>
    </div>
  );
}

interface FieldStripProps {
  readonly field: EventFields[number];
  readonly marks: readonly (readonly [x: number, value: number])[];
}

function FieldStrip({ field: { name, categories }, marks }: FieldStripProps) {
  const known = marks.filter(([, value]) => !Number.isNaN(value));
  if (categories !== null) {
    const words = categories.slice(0, MOST_WORDS);
    const path = known
      .filter(([, code]) => code < words.length)
      .map(([x, code]) => `M${x.toFixed(1)} ${code * WORD + 3}v${WORD - 6}`);
    return <Strip label={name} names={words} height={words.length * WORD} path={path.join('')} />;
  }
  const low = known.reduce((least, [, value]) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = known.reduce((most, [, value]) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const y = (value: number) =>
    high === low ? STRIP / 2 : STRIP - 3 - ((STRIP - 6) * (value - low)) / (high - low);
  const path = known.map(([x, value]) => `M${(x - 2).toFixed(1)} ${y(value).toFixed(1)}h4`);
  const range = known.length === 0 ? 'missing' : `${formatNumber(low)} to ${formatNumber(high)}`;
  return <Strip label={name} note={range} height={STRIP} path={path.join('')} />;
}

interface StripProps {
  readonly label: string;
  readonly note?: string;
  /** Of the lines, from above. */
  readonly names?: readonly string[];
  readonly height: number;
  readonly path: string;
}

function Strip({ label, note, names, height, path }: StripProps) {
  return (
    <div className={css.strip}>
      <span className={css.stripLabel} title={label}>
        {label}
        {note && <small className="muted">{note}</small>}
      </span>
      <span className={css.stripNames}>
        {(names ?? []).map((one) => (
          <small key={one} style={{ height: WORD }} title={one}>
            {one}
          </small>
        ))}
      </span>
      <svg
        width={WIDTH}
        height={height}
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={`Events: ${label}`}
      >
        <path d={path} />
      </svg>
    </div>
  );
}
