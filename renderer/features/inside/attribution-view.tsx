// What of the window a forecast stands on: attributions to each input at each row, or to one input for every step of the horizon.
import { SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AttributeChoice, InsideAttributionFrame } from '../../../engine/contract/inside/attribution.ts';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatDataTime, formatNumber } from '../../ui/format.ts';
import { Facts, Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { attributeQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { Failed, Pending, useWindow } from './use-window.tsx';
import { inputLines, nearestTime, windowTime } from './window-time.ts';

const METHODS = [
  { value: 'integrated-gradients', label: 'Integrated gradients' },
  { value: 'occlusion', label: 'Occlusion' },
];
const BASELINES = [
  { value: 'last', label: 'against the last value' },
  { value: 'mean', label: 'against the training mean' },
  { value: 'season', label: 'against a season before' },
];
const EVERY = 'every step';

export function AttributionView(props: InsideViewProps) {
  const { about, target, version } = props;
  const engine = useEngine();
  const [choice, setChoice] = useState<AttributeChoice>({
    method: 'integrated-gradients',
    baseline: 'last',
    step: 1,
  });
  const [input, setInput] = useState<string | null>(null);
  const shown = useWindow(props);
  const { data: frame, error } = useQuery(attributeQuery(engine, target, choice, version));
  const change = (changes: Partial<AttributeChoice>) => setChoice((before) => ({ ...before, ...changes }));
  const steps = Array.from({ length: about.horizon }, (_, index) => String(index + 1));
  const baselines = BASELINES.filter(({ value }) => value !== 'season' || about.season !== null);
  return (
    <>
      <div className={`${classes.resultControls} ${classes.wide}`}>
        <SegmentedControl
          aria-label="Method"
          data={METHODS}
          value={choice.method}
          onChange={(method) => change({ method: method as AttributeChoice['method'] })}
        />
        <Select
          aria-label="Baseline"
          data={baselines}
          value={choice.baseline}
          onChange={(next) => next !== null && change({ baseline: next as AttributeChoice['baseline'] })}
          allowDeselect={false}
          w={205}
        />
        <Select
          aria-label="Step of the horizon"
          data={[
            ...steps.map((value) => ({ value, label: `step ${value} ahead` })),
            { value: EVERY, label: EVERY },
          ]}
          value={choice.step === null ? EVERY : String(choice.step)}
          onChange={(next) => next !== null && change({ step: next === EVERY ? null : Number(next) })}
          allowDeselect={false}
          w={150}
        />
        {choice.step === null && (frame?.header.inputs.length ?? 0) > 1 && (
          <Select
            aria-label="Input"
            data={[...(frame?.header.inputs ?? [])]}
            value={input}
            onChange={setInput}
            placeholder="all inputs, their sum"
            clearable
            w={190}
          />
        )}
      </div>
      {error && <Failed error={error} />}
      {shown.window === null ? (
        shown.instead
      ) : frame ? (
        <Attributions frame={frame} window={shown.window} input={input} />
      ) : (
        !error && <Pending>Computing the attributions …</Pending>
      )}
    </>
  );
}

interface AttributionsProps {
  readonly frame: InsideAttributionFrame;
  readonly window: InsideWindowFrame;
  readonly input: string | null;
}

function Attributions({ frame, window, input }: AttributionsProps) {
  const time = windowTime(window);
  const { header } = frame;
  const isMap = header.steps.length > 1;
  const values = isMap ? ofEveryStep(frame, input) : (frame.columns.attribution[0] ?? []);
  const names = isMap ? header.steps.map((step) => `step ${step}`) : header.inputs;
  const reach = Math.max(
    1e-12,
    ...values.map((line) => line.reduce((most, value) => Math.max(most, Math.abs(value)), 0)),
  );
  const rows = values[0]?.length ?? 0;
  return (
    <>
      <Panel className={classes.wide ?? ''}>
        <LinePlot
          title="Input, as the model reads it"
          lines={inputLines(window)}
          height={120}
          xKind="time"
          xDomain={time.domain}
          formatX={(at) => formatDataTime(at, time.stepUs)}
          formatY={(value) => formatNumber(value, 3)}
          markers={[{ at: time.originUs, label: 'origin' }]}
        />
        <HeatMap
          title={
            isMap
              ? `Attribution of each step to ${input ?? 'all inputs'}`
              : `Attribution of step ${header.steps[0]} to each input`
          }
          height={Math.min(380, Math.max(90, 40 + values.length * (isMap ? 12 : 26)))}
          values={values}
          from={time.borders.subarray(0, rows)}
          to={time.borders.subarray(1, rows + 1)}
          xDomain={time.domain}
          xKind="time"
          formatX={(at) => formatDataTime(nearestTime(time.times, at), time.stepUs)}
          range={{ low: -reach, high: reach }}
          table="diverging"
          formatValue={(value) => formatNumber(value, 3)}
          nameLine={(line) => names[line] ?? ''}
          labelLine={(line) => names[line] ?? ''}
          hasLongLabels={!isMap}
        />
      </Panel>
      {!isMap && <Sums frame={frame} />}
    </>
  );
}

/** [steps] the chosen input, or the sum of all. */
function ofEveryStep({ header, columns }: InsideAttributionFrame, input: string | null): Float32Array[] {
  const index = input === null ? -1 : header.inputs.indexOf(input);
  return columns.attribution.map((inputs) => {
    if (index >= 0) return inputs[index]!;
    const sum = new Float32Array(inputs[0]?.length ?? 0);
    for (const one of inputs) for (let row = 0; row < sum.length; row++) sum[row] = sum[row]! + one[row]!;
    return sum;
  });
}

function Sums({ frame }: { readonly frame: InsideAttributionFrame }) {
  const { answers, baselineAnswers, gaps, carriedOver, method } = frame.header;
  const total = (frame.columns.attribution[0] ?? []).reduce(
    (sum, line) => sum + line.reduce((one, value) => one + value, 0),
    0,
  );
  const gap = gaps[0];
  return (
    <Panel title="Does it add up?" className={classes.wide ?? ''}>
      <Facts
        rows={[
          ['Answer for this window', formatNumber(answers[0], 5)],
          ['Answer for the baseline', formatNumber(baselineAnswers[0], 5)],
          ['Sum of the attributions', formatNumber(total, 5)],
          [
            'Off by',
            method === 'occlusion'
              ? 'occlusion need not add up'
              : gap === null || gap === undefined
                ? 'nothing to explain: both answers are equal'
                : `${formatNumber(gap, 2)} % of the difference`,
          ],
          ['Forecast if the model answered 0', formatNumber(carriedOver[0], 5)],
        ]}
      />
    </Panel>
  );
}
