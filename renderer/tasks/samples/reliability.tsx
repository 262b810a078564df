// What stated probabilities are worth: the share that comes true over what was stated.
import { LinePlot } from '../../charts/line-plot.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';

interface ReliabilityProps {
  readonly bins: readonly { readonly stated: number; readonly right: number }[];
  /** What comes true: `Share right`. */
  readonly label: string;
}

const UNIT = [0, 1] as const;

export function Reliability({ bins, label }: ReliabilityProps) {
  return (
    <Panel>
      <LinePlot
        title={`Reliability: ${label.toLowerCase()} over stated probability`}
        xLabel="stated probability"
        height={240}
        xDomain={UNIT}
        formatX={formatNumber}
        formatTick={(value) => value.toFixed(1)}
        formatY={formatNumber}
        lines={[
          {
            id: 'right',
            label,
            color: '--hc-series-1',
            width: 1.5,
            dots: true,
            x: Float64Array.from(bins, ({ stated }) => stated),
            y: Float64Array.from(bins, ({ right }) => right),
          },
          {
            id: 'diagonal',
            label: 'As stated',
            color: '--hc-ink-3',
            dash: [4, 4],
            width: 1,
            x: Float64Array.of(0, 1),
            y: Float64Array.of(0, 1),
          },
        ]}
      />
    </Panel>
  );
}
