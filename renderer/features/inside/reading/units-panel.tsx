// The states or a gate of a layer while the model reads one sample.
import { SegmentedControl, Select } from '@mantine/core';
import type { RowOrder } from '../../../../engine/contract/inside/states.ts';
import { HeatMap } from '../../../charts/heat-map.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { Panel } from '../../../ui/page.tsx';
import classes from '../../run/run-page.module.css';
import { nameOfPlace } from '../inside-choice.ts';
import { titleOf } from '../place-select.tsx';
import { type FrameProps, nameOfStep, stepAxis } from './reading-view.ts';

const ORDERS = [
  { value: 'index', label: 'Units by index' },
  { value: 'similarity', label: 'Units by similarity' },
  { value: 'memory', label: 'Units by memory time' },
];
const SHORT: Readonly<Record<string, string>> = { hidden: 'h', cell: 'c' };
const TITLES: Readonly<Record<string, string>> = { hidden: 'Hidden state h', cell: 'Cell state c' };

export function UnitsPanel({ frame, about, asked, choice, change }: FrameProps) {
  const { header, columns } = frame;
  const axis = stepAxis(frame);
  const place =
    about.places.find(
      (one) => asked.place && nameOfPlace(one.place) === nameOfPlace(asked.place as typeof one.place),
    ) ?? about.places[0];
  if (!place) return null;
  const gate = place.gates.find(({ name }) => name === header.what);
  const isGate = gate?.isGate ?? false;
  const { middle, reach, truncated } = header;
  return (
    <Panel className={classes.wide ?? ''}>
      <HeatMap
        title={`${TITLES[header.what] ?? `${gate?.title ?? ''} ${header.what}`} of ${place.units} units`}
        height={Math.min(420, Math.max(150, 60 + 5 * header.rows.length))}
        values={columns.extreme}
        from={axis.from}
        to={axis.to}
        xDomain={axis.domain}
        xKind="count"
        xLabel="step"
        formatX={(at) => nameOfStep(frame, axis.rowOf(at))}
        formatTick={(at) => String(Math.round(at))}
        range={isGate ? { low: 0, high: 1 } : { low: middle - reach, high: middle + reach }}
        table="diverging"
        formatValue={(value) => formatNumber(value, 3)}
        nameLine={(line) => nameOfUnits(header.rows[line])}
        labelLine={(line) => String(header.rows[line]?.[0] ?? '')}
        chosenLine={lineOf(header.rows, choice.unit)}
        onPick={(line, cell) => change({ unit: header.rows[line]?.[0] ?? 0, at: cell })}
        hatched={
          truncated > 0
            ? [
                {
                  span: [axis.domain[0], axis.domain[0] + truncated],
                  why: 'training cut the gradient off: it does not reach these steps',
                },
              ]
            : []
        }
        controls={
          <>
            <SegmentedControl
              aria-label="State or gate"
              size="xs"
              data={place.what.map((name) => ({ value: name, label: SHORT[name] ?? name }))}
              value={header.what}
              onChange={(what) => change({ what })}
            />
            <Select
              aria-label="Order of the units"
              data={ORDERS}
              value={asked.order ?? 'index'}
              onChange={(next) => next !== null && change({ order: next as RowOrder })}
              allowDeselect={false}
              size="xs"
              w={175}
            />
            {about.places.length > 1 && (
              <Select
                aria-label="Layer"
                data={about.places.map((one) => ({
                  value: nameOfPlace(one.place),
                  label: titleOf(one.place, about.places),
                }))}
                value={nameOfPlace(place.place)}
                onChange={(name) => {
                  const next = about.places.find((one) => nameOfPlace(one.place) === name);
                  if (next) change({ place: next.place, what: null });
                }}
                allowDeselect={false}
                size="xs"
                w={190}
              />
            )}
          </>
        }
      />
    </Panel>
  );
}

function lineOf(rows: readonly (readonly number[])[], unit: number | null): number | null {
  const line = unit === null ? -1 : rows.findIndex((units) => units.includes(unit));
  return line < 0 ? null : line;
}

const nameOfUnits = (units: readonly number[] = []): string =>
  units.length === 1 ? `unit ${units[0]}` : `units ${units[0]} to ${units.at(-1)}`;
