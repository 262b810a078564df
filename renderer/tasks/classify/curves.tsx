// How the answers rank and what their probabilities are worth: ROC, precision over recall, and stated probabilities against what came true.
import type { ClassifyResult } from '../../../engine/contract/results/classify-result.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import { Reliability } from '../samples/reliability.tsx';

const HEIGHT = 240;
const UNIT = [0, 1] as const;
const COLORS = 8;
const DIAGONAL = {
  id: 'diagonal',
  color: '--hc-ink-3',
  dash: [4, 4],
  width: 1,
  x: Float64Array.of(0, 1),
  y: Float64Array.of(0, 1),
} as const;

const tick = (value: number): string => value.toFixed(1);

type Curve = ClassifyResult['curves'][number];
type Values = (curve: Curve) => readonly number[];

export function Curves({ result }: { readonly result: ClassifyResult }) {
  const { curves, classes } = result;
  const linesOf = (x: Values, y: Values, summary: (curve: Curve) => string) =>
    curves.map((curve, index) => ({
      id: String(curve.class),
      label: classes[curve.class]!,
      color: `--hc-series-${(index % COLORS) + 1}`,
      width: 1.5,
      summary: summary(curve),
      x: Float64Array.from(x(curve)),
      y: Float64Array.from(y(curve)),
    }));
  const common = {
    height: HEIGHT,
    xDomain: UNIT,
    formatX: formatNumber,
    formatTick: tick,
    formatY: formatNumber,
  };
  return (
    <>
      {curves.length > 0 && (
        <Panel>
          <LinePlot
            {...common}
            title="ROC: share found over false alarms"
            xLabel="false alarms"
            lines={[
              ...linesOf(
                ({ falseAlarms }) => falseAlarms,
                ({ found }) => found,
                ({ area }) => `AUC ${formatNumber(area)}`,
              ),
              { ...DIAGONAL, label: 'Chance', summary: '' },
            ]}
          />
        </Panel>
      )}
      {curves.length > 0 && (
        <Panel>
          <LinePlot
            {...common}
            title="Precision over share found"
            xLabel="share found"
            lines={linesOf(
              ({ found }) => found,
              ({ precision }) => precision,
              ({ averagePrecision }) => `AP ${formatNumber(averagePrecision)}`,
            )}
          />
        </Panel>
      )}
      <Reliability bins={result.reliability} label="Share right" />
    </>
  );
}
