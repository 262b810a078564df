// Dots on a square from 0 to 1: shares of two kinds, a dot a unit.
import { isDrawing } from '../../charts/figure-picture.ts';
import classes from './inside.module.css';

interface ScatterProps {
  readonly title: string;
  readonly caption: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly name: string }[];
  readonly xLabel: string;
  readonly yLabel: string;
}

const SIZE = { width: 300, height: 132, left: 34, bottom: 30, top: 6, right: 8 };

export function Scatter({ title, caption, points, xLabel, yLabel }: ScatterProps) {
  const plot = { width: SIZE.width - SIZE.left - SIZE.right, height: SIZE.height - SIZE.top - SIZE.bottom };
  const toX = (x: number) => SIZE.left + x * plot.width;
  const toY = (y: number) => SIZE.top + (1 - y) * plot.height;
  const text = { fill: 'var(--hc-axis)', fontSize: 10.5 };
  return (
    <figure className={classes.figure}>
      <svg
        width={SIZE.width}
        height={SIZE.height}
        role="img"
        aria-label={title}
        style={{ display: 'block' }}
        {...isDrawing}
      >
        {[0, 0.5, 1].map((tick) => (
          <g key={tick}>
            <line x1={toX(0)} x2={toX(1)} y1={toY(tick)} y2={toY(tick)} stroke="var(--hc-grid)" />
            <text x={SIZE.left - 5} y={toY(tick) + 3.5} textAnchor="end" {...text}>
              {tick}
            </text>
            <text x={toX(tick)} y={toY(0) + 13} textAnchor="middle" {...text}>
              {tick}
            </text>
          </g>
        ))}
        <text x={toX(0.5)} y={SIZE.height - 3} textAnchor="middle" {...text}>
          {xLabel}
        </text>
        <text x={toX(0) + 4} y={SIZE.top + 10} {...text}>
          {yLabel}
        </text>
        {points.map(({ x, y, name }) => (
          <circle key={name} cx={toX(x)} cy={toY(y)} r={2.75} fill="var(--hc-series-1)" fillOpacity={0.65}>
            <title>{name}</title>
          </circle>
        ))}
      </svg>
      <figcaption className="muted" style={{ paddingLeft: SIZE.left }}>
        {caption}
      </figcaption>
    </figure>
  );
}
