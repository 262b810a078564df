// Eigenvalues in the complex plane, with the unit circle.
import { isDrawing } from '../../charts/figure-picture.ts';
import { formatNumber } from '../../ui/format.ts';
import classes from './inside.module.css';

interface UnitCircleProps {
  readonly eigenvalues: readonly { readonly re: number; readonly im: number }[];
  readonly radius: number;
}

const SIZE = 250;

export function UnitCircle({ eigenvalues, radius }: UnitCircleProps) {
  const reach = Math.max(1.1, radius * 1.08);
  const toPixel = (value: number) => SIZE / 2 + (value / reach) * (SIZE / 2 - 4);
  const title = `Eigenvalues; the largest is ${formatNumber(radius, 3)} from the centre`;
  return (
    <figure className={classes.figure}>
      <svg width={SIZE} height={SIZE} role="img" aria-label={title} className={classes.circle} {...isDrawing}>
        <line x1={0} x2={SIZE} y1={SIZE / 2} y2={SIZE / 2} stroke="var(--hc-grid)" />
        <line y1={0} y2={SIZE} x1={SIZE / 2} x2={SIZE / 2} stroke="var(--hc-grid)" />
        <circle
          cx={SIZE / 2}
          cy={SIZE / 2}
          r={toPixel(1) - SIZE / 2}
          fill="none"
          stroke="var(--hc-line-strong)"
          strokeDasharray="4 3"
        />
        {eigenvalues.map(({ re, im }) => (
          <circle
            key={`${re} ${im}`}
            cx={toPixel(re)}
            cy={toPixel(-im)}
            r={3}
            fill="var(--hc-series-2)"
            fillOpacity={0.75}
          >
            <title>{`${formatNumber(re, 3)} ${im < 0 ? '−' : '+'} ${formatNumber(Math.abs(im), 3)} i`}</title>
          </circle>
        ))}
      </svg>
      <figcaption className="muted num" style={{ textAlign: 'center', margin: '4px 0 0' }}>
        {`Eigenvalues: spectral radius ${formatNumber(radius, 3)}; the dashed circle is 1`}
      </figcaption>
    </figure>
  );
}
