// Where the heads of a layer look while the model reads one sample.
import { Select } from '@mantine/core';
import { HeatMap } from '../../../charts/heat-map.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { Panel } from '../../../ui/page.tsx';
import classes from '../../run/run-page.module.css';
import { type FrameProps, nameOfStep, stepAxis } from './reading-view.ts';

const ALL = 'all';

/** A translator's layers look at what is read, from what is written or from what is read itself. */
function nameOfLayer({ attention }: FrameProps['about'], layer: number, isAlignment: boolean): string {
  const looks = attention.filter((one) => one.isAlignment).length;
  if (looks === 0) return `Layer ${layer}`;
  return isAlignment ? `Layer ${layer} of what is written` : `Layer ${layer - looks} of what is read`;
}

export function HeadsPanel({ frame, about, asked, choice, change }: FrameProps) {
  const { header, columns } = frame;
  const axis = stepAxis(frame);
  const reach = columns.weight.reduce(
    (all, line) => line.reduce((most, value) => Math.max(most, value || 0), all),
    1e-9,
  );
  const queryAt = (line: number) => header.queries[line]?.[0] ?? 0;
  return (
    <Panel className={classes.wide ?? ''}>
      <HeatMap
        title={`Where ${asked.head === undefined || asked.head === null ? 'the heads look, their mean' : `head ${asked.head} looks`}: queries down, keys over the steps`}
        height={Math.min(420, Math.max(160, 60 + 4 * header.queries.length))}
        values={columns.weight}
        from={axis.from}
        to={axis.to}
        xDomain={axis.domain}
        xKind="count"
        xLabel="step"
        formatX={(at) => nameOfStep(frame, axis.rowOf(at))}
        formatTick={(at) => String(Math.round(at))}
        range={{ low: 0, high: reach }}
        table="sequential"
        formatValue={(value) => formatNumber(value, 3)}
        nameLine={(line) => `query ${nameOfStep(frame, queryAt(line))}`}
        labelLine={(line) => header.labels[queryAt(line)] ?? String(queryAt(line))}
        controls={
          <>
            {about.attention.length > 1 && (
              <Select
                aria-label="Layer of attention"
                data={about.attention.map(({ layer, isAlignment }) => ({
                  value: String(layer),
                  label: nameOfLayer(about, layer, isAlignment),
                }))}
                value={String(asked.layer ?? 0)}
                onChange={(next) =>
                  next !== null && change({ place: { ...choice.place, layer: Number(next) }, head: null })
                }
                allowDeselect={false}
                size="xs"
                w={about.attention.some(({ isAlignment }) => isAlignment) ? 230 : 110}
              />
            )}
            <Select
              aria-label="Head"
              data={[
                { value: ALL, label: 'All heads, their mean' },
                ...header.heads.map(({ head, name, entropy }) => ({
                  value: String(head),
                  label: `Head ${head}: ${name}, entropy ${formatNumber(100 * entropy, 2)} %`,
                })),
              ]}
              value={asked.head === undefined || asked.head === null ? ALL : String(asked.head)}
              onChange={(next) => change({ head: next === null || next === ALL ? null : Number(next) })}
              allowDeselect={false}
              size="xs"
              w={260}
            />
          </>
        }
      />
    </Panel>
  );
}
