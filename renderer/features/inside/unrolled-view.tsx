// The model unrolled over one window: the input above, the state of each unit as a heat map, the forecast below. A cell opens its step.
import { SegmentedControl, Select } from '@mantine/core';
import type { InsidePlace } from '../../../engine/contract/inside/description.ts';
import { ROW_ORDERS, type RowOrder } from '../../../engine/contract/inside/states.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { formatDataTime, formatKnown, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { Captions } from './captions.tsx';
import type { InsideViewProps } from './inside-view.ts';
import { PlaceSelect, placeOf, titleOf } from './place-select.tsx';
import { StateMap } from './state-map.tsx';
import { StepCard } from './step-card.tsx';
import { useWindow } from './use-window.tsx';
import { forecastLines, inputLines, windowTime } from './window-time.ts';

export function UnrolledView(props: InsideViewProps) {
  const { about, target, version, choice, change } = props;
  const shown = useWindow(props);
  const place = placeOf(props);
  if (shown.window === null) return shown.instead;
  const { window } = shown;
  if (!place) return null;
  const time = windowTime(window);
  const { inputCount, inputs } = window.header;
  const shared = {
    xKind: 'time' as const,
    xDomain: time.domain,
    formatX: (at: number) => formatDataTime(at, time.stepUs),
    markers: [{ at: time.originUs, label: 'origin' }],
  };
  const states = place.what.filter((name) => name === 'hidden' || name === 'cell');
  const what = states.find((name) => name === choice.what) ?? 'hidden';
  return (
    <>
      <Panel className={classes.wide ?? ''}>
        <LinePlot
          title="Input, as the model reads it"
          lines={inputLines(window)}
          height={112}
          formatY={(value) => formatNumber(value, 3)}
          controls={
            inputCount > inputs.length && (
              <span className="muted">
                the first {inputs.length} of {inputCount} columns
              </span>
            )
          }
          {...shared}
        />
        <StateMap
          target={target}
          version={version}
          window={window}
          place={place.place}
          what={what}
          order={choice.order}
          title={`${what === 'cell' ? 'Cell state c' : 'Hidden state h'} of ${place.units} units`}
          height={Math.min(400, Math.max(150, 44 + place.units * 6))}
          chosenUnit={choice.unit}
          onPick={(unit, step) => change({ unit, step })}
          controls={
            <>
              {states.length > 1 && (
                <SegmentedControl
                  aria-label="State"
                  size="xs"
                  data={[
                    { value: 'hidden', label: 'h' },
                    { value: 'cell', label: 'c' },
                  ]}
                  value={what}
                  onChange={(next) => change({ what: next })}
                />
              )}
              <OrderSelect
                place={place}
                season={about.season}
                order={choice.order}
                onOrder={(order) => change({ order })}
              />
              <PlaceSelect {...props} />
            </>
          }
        />
        <LinePlot
          title={`Forecast of ${window.header.about.target}`}
          lines={forecastLines(window)}
          height={150}
          formatY={formatKnown}
          {...shared}
        />
      </Panel>
      <Captions {...props} place={place.place} />
      {choice.unit !== null && choice.step !== null ? (
        <StepCard {...props} place={place.place} unit={choice.unit} step={choice.step} />
      ) : (
        <p className={`${classes.wide} muted`}>
          {titleOf(place.place, about.places)}: press a cell for the step behind it, with its equation and
          numbers.
        </p>
      )}
    </>
  );
}

const ORDER_LABELS: Readonly<Record<RowOrder, string>> = {
  index: 'Units by index',
  similarity: 'Units by similarity',
  memory: 'Units by memory time',
  season: 'Units by season',
};

interface OrderSelectProps {
  readonly place: InsidePlace;
  readonly season: number | null;
  readonly order: RowOrder;
  readonly onOrder: (order: RowOrder) => void;
}

function OrderSelect({ season, order, onOrder }: OrderSelectProps) {
  const orders = ROW_ORDERS.filter((one) => one !== 'season' || season !== null);
  return (
    <Select
      aria-label="Order of the units"
      data={orders.map((value) => ({ value, label: ORDER_LABELS[value] }))}
      value={order}
      onChange={(next) => next !== null && onOrder(next as RowOrder)}
      allowDeselect={false}
      size="xs"
      w={175}
    />
  );
}
