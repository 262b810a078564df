// Bars with a scale, for correlograms, periodograms and profiles: numbers on the left, names below, and where needed guides and ranges.
import { memo } from 'react';
import { createScale, type Domain, tickLabels, valueTicks } from './scales.ts';

const SIZE = { width: 560, left: 62, right: 8, top: 8, bottom: 20 } as const;
/** Pixels for a name below the bars. */
const NAME_ROOM = 46;

export interface NamedPosition {
  /** Number of the bar. */
  readonly at: number;
  readonly text: string;
}

interface Props {
  readonly values: readonly number[];
  readonly domain: Domain;
  readonly height: number;
  readonly label: string;
  readonly names: readonly NamedPosition[];
  /** Dashed lines across. */
  readonly guides?: readonly number[];
  /** [bars] drawn as boxes, with the values as ticks in them. */
  readonly ranges?: readonly (readonly [low: number, high: number])[];
}

/** As many of the names as there is room for. */
function shownNames(names: readonly NamedPosition[], step: number): readonly NamedPosition[] {
  const [first, second] = names;
  const apart = first && second ? (second.at - first.at) * step : NAME_ROOM;
  const every = Math.max(1, Math.ceil(NAME_ROOM / Math.max(1, apart)));
  return names.filter((_, index) => index % every === 0);
}

export const ScaledBars = memo(function ScaledBars(props: Props) {
  const { values, domain, height, label, names, guides = [], ranges } = props;
  const y = createScale('linear', domain, height - SIZE.bottom, SIZE.top);
  const right = SIZE.width - SIZE.right;
  const step = (right - SIZE.left) / Math.max(1, values.length);
  const ticks = valueTicks('linear', domain, Math.max(2, Math.floor((height - SIZE.bottom) / 26)));
  const labels = tickLabels(ticks);
  const zero = y.toPixel(Math.min(Math.max(0, domain[0]), domain[1]));
  const across = { x1: SIZE.left, x2: right };
  return (
    <svg
      viewBox={`0 0 ${SIZE.width} ${height}`}
      role="img"
      aria-label={label}
      style={{ display: 'block', width: '100%', maxWidth: SIZE.width }}
    >
      {ticks.map((tick, index) => (
        <g key={tick}>
          <line {...across} y1={y.toPixel(tick)} y2={y.toPixel(tick)} stroke="var(--hc-grid)" />
          <text
            x={SIZE.left - 6}
            y={y.toPixel(tick) + 4}
            textAnchor="end"
            fontSize={11}
            fill="var(--hc-axis)"
          >
            {labels[index]}
          </text>
        </g>
      ))}
      {values.map((value, index) => {
        const x = SIZE.left + index * step;
        const width = Math.max(1, step - 1);
        const range = ranges?.[index];
        if (range) {
          const [low, high] = range;
          const top = y.toPixel(high);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its position.
            <g key={index}>
              <rect
                x={x}
                width={width}
                y={top}
                height={Math.max(0.5, y.toPixel(low) - top)}
                fill="var(--hc-series-1)"
                opacity={0.35}
              />
              <rect x={x} width={width} y={y.toPixel(value) - 1} height={2} fill="var(--hc-series-1)" />
            </g>
          );
        }
        const at = y.toPixel(value);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its position.
            key={index}
            x={x}
            width={width}
            y={Math.min(at, zero)}
            height={Math.max(0.5, Math.abs(at - zero))}
            fill="var(--hc-series-1)"
          />
        );
      })}
      {guides.map((guide) => (
        <line
          key={guide}
          {...across}
          y1={y.toPixel(guide)}
          y2={y.toPixel(guide)}
          stroke="var(--hc-series-2)"
          strokeDasharray="4 3"
        />
      ))}
      {!ranges && <line {...across} y1={zero} y2={zero} stroke="var(--hc-line-strong)" />}
      {shownNames(names, step).map(({ at, text }) => (
        <text
          key={at}
          x={SIZE.left + (at + 0.5) * step}
          y={height - 5}
          textAnchor="middle"
          fontSize={11}
          fill="var(--hc-axis)"
        >
          {text}
        </text>
      ))}
    </svg>
  );
});
