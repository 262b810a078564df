// One query of a head in numbers: what it reads, q, the scores, the softmax, and the keys with the largest weights.
import { useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { InsideQuery } from '../../../engine/contract/inside/attention.ts';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { colorTable, cssOf } from '../../../engine/words/color-tables.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatDataTime, formatNumber } from '../../ui/format.ts';
import { Panel, TableScroll } from '../../ui/page.tsx';
import runClasses from '../run/run-page.module.css';
import classes from './inside.module.css';
import { attentionStepQuery, positionsQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { Failed } from './use-window.tsx';

interface QueryCardProps extends InsideViewProps {
  readonly window: InsideWindowFrame;
  readonly layer: number;
  readonly head: number;
  readonly query: number;
}

export function QueryCard({ about, target, version, window, layer, head, query }: QueryCardProps) {
  const engine = useEngine();
  const { data, error } = useQuery(attentionStepQuery(engine, target, { layer, head, query }, version));
  // Positions are added below the lowest layer.
  const { data: positions } = useQuery({
    ...positionsQuery(engine, target, version),
    enabled: layer === 0 && about.views.includes('positions'),
  });
  if (error) return <Failed error={error} />;
  const isDecoder = about.attention.some((one) => one.layer === layer && one.isAlignment);
  return (
    <Panel className={runClasses.wide ?? ''} title={`Query ${query} of head ${head}, layer ${layer}`}>
      {data && (
        <Numbers
          data={data}
          position={positions?.columns.code.map((codes) => codes[query] ?? 0)}
          window={window}
          isDecoder={isDecoder}
        />
      )}
    </Panel>
  );
}

interface NumbersProps {
  readonly data: InsideQuery;
  /** The code that was added to what is read; undefined where none is, or above the lowest layer. */
  readonly position: readonly number[] | undefined;
  readonly window: InsideWindowFrame;
  readonly isDecoder: boolean;
}

function Numbers({ data, position, window, isDecoder }: NumbersProps) {
  const [nearest] = data.top;
  const stepUs = (window.columns.time[1] ?? 0) - (window.columns.time[0] ?? 0);
  return (
    <>
      <dl className={classes.strips}>
        {position && <Strip name="position, which is added to x" values={position} />}
        <Strip
          name={isDecoder ? 'state of the decoder' : position ? 'x, with its position' : 'x'}
          values={data.x}
        />
        <Strip name="q = x W_q" values={data.q} />
        {nearest && <Strip name={`k of key ${nearest.key}, the nearest`} values={nearest.vector} />}
        <Strip name={`scores = q k x ${formatNumber(data.scale, 3)}`} values={data.scores} />
        {data.scores.includes(null) && (
          <Strip
            name="mask: what is visible"
            values={data.scores.map((score) => (score === null ? null : 1))}
          />
        )}
        <Strip name="weights = softmax(scores)" values={data.weights} />
        <Strip name="output = sum of weight x value" values={data.output} />
      </dl>
      <TableScroll label="Keys with the largest weights">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">Time</th>
              <th scope="col" className="num">
                Score
              </th>
              <th scope="col" className="num">
                Weight
              </th>
            </tr>
          </thead>
          <tbody>
            {data.top.map(({ key, row, end, score, weight }) => (
              <tr key={key}>
                <td>{key}</td>
                <td>{timeOf(window, row, end, stepUs)}</td>
                <td className="num">{formatNumber(score, 4)}</td>
                <td className="num">{formatNumber(weight, 4)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </>
  );
}

function timeOf({ columns }: InsideWindowFrame, row: number, end: number, stepUs: number): string {
  const first = formatDataTime(columns.time[row] ?? 0, stepUs);
  return end - row > 1 ? `${first} to ${formatDataTime(columns.time[end - 1] ?? 0, stepUs)}` : first;
}

interface StripProps {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** Numbers as a row of colours, around 0; what is masked is left empty. */
function Strip({ name, values }: StripProps) {
  const table = colorTable('diverging', useComputedColorScheme());
  const reach = Math.max(1e-12, ...values.map((value) => Math.abs(value ?? 0)));
  const width = Math.max(2, Math.min(16, 560 / Math.max(1, values.length)));
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <svg
          width={width * values.length}
          height={14}
          shapeRendering="crispEdges"
          role="img"
          aria-label={`${name}, ${values.length} numbers`}
        >
          {values.map((value, index) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a number of a vector is known by its index
              key={index}
              x={index * width}
              width={width}
              height={14}
              fill={value === null ? 'none' : colorOf(value)}
            >
              <title>
                {value === null ? `${index}: not visible` : `${index}: ${formatNumber(value, 4)}`}
              </title>
            </rect>
          ))}
        </svg>
        <span className="muted num">up to {formatNumber(reach, 3)}</span>
      </dd>
    </>
  );

  function colorOf(value: number): string {
    return cssOf(table[Math.round(((value / reach + 1) / 2) * (table.length - 1))]!);
  }
}
