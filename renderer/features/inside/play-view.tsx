// Play with the window: its values are dragged in the chart, erased or shifted; forecast, states, gates and attention answer meanwhile.
import { Button, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo, useMemo, useRef, useState } from 'react';
import type { Edit } from '../../../engine/contract/inside/edits.ts';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { type Line, nearest } from '../../charts/draw.ts';
import type { Hand } from '../../charts/hand-layer.tsx';
import { LinePlot } from '../../charts/line-plot.tsx';
import { type Domain, extent } from '../../charts/scales.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatDataTime, formatKnown, formatNumber, plural } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { AttentionMap } from './attention-map.tsx';
import insideClasses from './inside.module.css';
import { attentionQuery, type Target, windowQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { PlaceSelect, placeOf } from './place-select.tsx';
import { StateMap } from './state-map.tsx';
import { Failed, useWindow } from './use-window.tsx';
import { editOfDrag, editOfKey, type Tool, withEdit } from './window-edits.ts';
import { forecastLines, windowTime } from './window-time.ts';

export function PlayView(props: InsideViewProps) {
  const shown = useWindow(props);
  if (shown.window === null) return shown.instead;
  const { part, origin, run } = props.target;
  return <Play key={`${run} ${part} ${origin}`} {...props} plain={shown.window} />;
}

interface PlayProps extends InsideViewProps {
  /** The window as it is. */
  readonly plain: InsideWindowFrame;
}

function Play(props: PlayProps) {
  const { plain, version, choice, change } = props;
  const engine = useEngine();
  const [draft, setDraft] = useState<Edit | null>(null);
  const made = choice.edits;
  const edits = draft === null ? made : withEdit(made, draft);
  const asked = useAnswered(props, edits);
  const { data: changed, error } = useQuery(windowQuery(engine, asked, version));
  const window = changed ?? plain;
  const shared = useMemo(() => axisOf(plain), [plain]);
  if (error) return <Failed error={error} />;
  const keep = (edit: Edit) => {
    setDraft(null);
    change({ edits: withEdit(made, edit) });
  };
  return (
    <>
      <Panel className={classes.wide ?? ''}>
        <InputByHand
          {...props}
          window={window}
          edits={edits}
          isDragging={draft !== null}
          onDraft={setDraft}
          onEdit={keep}
          shared={shared}
        />
        <p className={insideClasses.hint} role="status">
          {window.header.change ??
            'Drag a value up or down. With keys: left and right choose a row, up and down move its value, Delete erases it, [ and ] shift the window.'}
        </p>
        <Forecast plain={plain} window={window} shared={shared} />
      </Panel>
      <States {...props} target={asked} window={window} />
      <Attention {...props} target={asked} window={window} />
    </>
  );
}

type SharedAxis = Pick<Parameters<typeof LinePlot>[0], 'xKind' | 'xDomain' | 'formatX' | 'markers'>;

function axisOf(plain: InsideWindowFrame): SharedAxis {
  const time = windowTime(plain);
  return {
    xKind: 'time',
    xDomain: time.domain,
    formatX: (at) => formatDataTime(at, time.stepUs),
    markers: [{ at: time.originUs, label: 'origin' }],
  };
}

interface ForecastProps {
  readonly plain: InsideWindowFrame;
  readonly window: InsideWindowFrame;
  readonly shared: SharedAxis;
}

// What only shows an answer is drawn again when one has come, not whenever the hand moves: so the next question leaves sooner.
const Forecast = memo(function Forecast({ plain, window, shared }: ForecastProps) {
  return (
    <LinePlot
      title={`Forecast of ${plain.header.about.target}`}
      lines={answeredLines(plain, window)}
      height={170}
      formatY={formatKnown}
      {...shared}
    />
  );
});

/** The target with the newest edits, once the ones before are answered: at most one question is under way. */
function useAnswered({ target, version }: PlayProps, edits: readonly Edit[]): Target {
  const engine = useEngine();
  const [asked, setAsked] = useState(edits);
  const edited = useMemo(() => (asked.length === 0 ? target : { ...target, edits: asked }), [target, asked]);
  const { isFetching } = useQuery(windowQuery(engine, edited, version));
  // While it renders, not after it: the question leaves a frame earlier.
  if (!isFetching && !isSame(asked, edits)) setAsked(edits);
  return edited;
}

const isSame = (one: readonly Edit[], other: readonly Edit[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

interface HandProps extends PlayProps {
  readonly window: InsideWindowFrame;
  readonly edits: readonly Edit[];
  readonly isDragging: boolean;
  readonly onDraft: (edit: Edit) => void;
  readonly onEdit: (edit: Edit) => void;
  readonly shared: SharedAxis;
}

const TOOLS = [
  { value: 'move', label: 'Move values' },
  { value: 'erase', label: 'Erase rows' },
];
const REACHES = [0, 2, 6, 24];

function InputByHand(props: HandProps) {
  const { plain, window, about, choice, edits, isDragging, onDraft, onEdit, shared, change } = props;
  const made = choice.edits;
  const { inputs, lookback } = plain.header;
  const [tool, setTool] = useState<Tool>('move');
  const [reach, setReach] = useState(0);
  const [chosen, choose] = useState<string | null>(null);
  const input = inputs.find((name) => name === chosen) ?? inputs[0]!;
  const lines = inputOf(plain, window, inputs.indexOf(input), edits.length > 0);
  const yDomain = useSteadyDomain(lines, isDragging);
  const times = plain.columns.time.subarray(0, lookback);
  const on = { tool, input, reach };
  const rowAt = (x: number) => Math.max(0, nearest(times, x));
  const hand: Hand = {
    yDomain,
    onDrag({ from, to, isEnd }) {
      const point = ({ x, y }: typeof from) => ({ row: rowAt(x), y });
      const edit = editOfDrag(on, { from: point(from), to: point(to) });
      if (isEnd) onEdit(edit);
      else onDraft(edit);
    },
    onKey(key, at, isShifted) {
      const row = rowAt(at ?? times.at(-1) ?? 0);
      const edit = editOfKey(on, { key, row, isShifted, span: yDomain[1] - yDomain[0] });
      if (edit) onEdit(edit);
      return edit !== null;
    },
  };
  return (
    <>
      <Tools
        inputs={inputs}
        input={input}
        onInput={choose}
        tool={tool}
        onTool={setTool}
        reach={reach}
        onReach={setReach}
        lookback={lookback}
        season={about.season}
        made={made}
        change={change}
      />
      <LinePlot
        title={`${input}, as the model reads it`}
        lines={lines}
        height={200}
        formatY={(value) => formatNumber(value, 3)}
        hand={hand}
        {...shared}
      />
    </>
  );
}

interface ToolsProps {
  readonly inputs: readonly string[];
  readonly input: string;
  readonly onInput: (input: string | null) => void;
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly reach: number;
  readonly onReach: (reach: number) => void;
  readonly lookback: number;
  readonly season: number | null;
  readonly made: readonly Edit[];
  readonly change: PlayProps['change'];
}

/** By itself, so that nothing of it is computed again while a hand moves. */
const Tools = memo(function Tools(props: ToolsProps) {
  const { inputs, input, onInput, tool, onTool, reach, onReach, lookback, season, made, change } = props;
  const add = (edit: Edit) => change({ edits: withEdit(made, edit) });
  return (
    <div className={insideClasses.tools}>
      {inputs.length > 1 && (
        <Select
          aria-label="Input to change"
          data={[...inputs]}
          value={input}
          onChange={onInput}
          allowDeselect={false}
          size="xs"
          w={160}
        />
      )}
      <SegmentedControl
        aria-label="What a drag does"
        size="xs"
        data={TOOLS}
        value={tool}
        onChange={(next) => onTool(next as Tool)}
      />
      <Select
        aria-label="Rows that a drag moves"
        data={REACHES.filter((one) => one < lookback).map((one) => ({
          value: String(one),
          label: one === 0 ? 'One row' : `${plural(one, 'row')} to each side`,
        }))}
        value={String(reach)}
        onChange={(next) => onReach(Number(next))}
        allowDeselect={false}
        size="xs"
        w={165}
      />
      <Button variant="default" size="xs" onClick={() => add({ kind: 'shift', rows: -1 })}>
        Shift earlier
      </Button>
      <Button variant="default" size="xs" onClick={() => add({ kind: 'shift', rows: 1 })}>
        Shift later
      </Button>
      {(season ?? 1) > 3 && (
        <Button
          variant="default"
          size="xs"
          onClick={() => add({ kind: 'shift', rows: Math.round((season ?? 1) / 2) })}
        >
          Half a season later
        </Button>
      )}
      <Button
        variant="default"
        size="xs"
        disabled={made.length === 0}
        onClick={() => change({ edits: made.slice(0, -1) })}
      >
        Undo
      </Button>
      <Button variant="default" size="xs" disabled={made.length === 0} onClick={() => change({ edits: [] })}>
        Reset
      </Button>
    </div>
  );
});

/** The input, and how it was. */
function inputOf(
  plain: InsideWindowFrame,
  window: InsideWindowFrame,
  input: number,
  isChanged: boolean,
): Line[] {
  const { lookback } = plain.header;
  const x = plain.columns.time.subarray(0, lookback);
  const lineOf = ({ columns }: InsideWindowFrame) => columns.input[input]!.subarray(0, lookback);
  const now: Line = {
    id: 'now',
    label: isChanged ? 'changed' : 'as it is',
    color: '--hc-series-1',
    x,
    y: lineOf(window),
    width: 2,
  };
  const before: Line = {
    id: 'before',
    label: 'as it is',
    color: '--hc-ink-3',
    x,
    y: lineOf(plain),
    dash: [4, 3],
  };
  return isChanged ? [before, now] : [now];
}

/** Room beyond the values, so that they can be dragged there; it stays while they are. */
function useSteadyDomain(lines: readonly Line[], isDragging: boolean): Domain {
  const kept = useRef<Domain | null>(null);
  if (kept.current === null || !isDragging) {
    const [low, high] = extent(lines.map(({ y }) => y)) ?? [-1, 1];
    const room = high > low ? 0.25 * (high - low) : 1;
    kept.current = [low - room, high + room];
  }
  return kept.current;
}

function answeredLines(plain: InsideWindowFrame, window: InsideWindowFrame): Line[] {
  const lines = forecastLines(window);
  if (window.header.change === null) return lines;
  const before: Line = {
    id: 'before',
    label: 'forecast as it was',
    color: '--hc-ink-3',
    x: plain.columns.time,
    y: plain.columns.forecast,
    dash: [4, 3],
  };
  return [before, ...lines];
}

const SHARE = { low: 0, high: 1 } as const;

const States = memo(function States(props: InsideViewProps & { readonly window: InsideWindowFrame }) {
  const { target, version, window, choice, change } = props;
  const place = placeOf(props);
  if (!place) return null;
  const what = place.what.find((name) => name === choice.what) ?? 'hidden';
  const gate = place.gates.find(({ name }) => name === what);
  const range = gate?.isGate ? SHARE : undefined;
  const titles: Readonly<Record<string, string>> = { hidden: 'Hidden state h', cell: 'Cell state c' };
  return (
    <Panel className={classes.wide ?? ''}>
      <StateMap
        target={target}
        version={version}
        window={window}
        place={place.place}
        what={what}
        order={choice.order}
        title={titles[what] ?? `${gate?.title ?? ''} ${what}`}
        {...(range && { range })}
        height={Math.min(320, Math.max(150, 44 + place.units * 5))}
        controls={
          <>
            <SegmentedControl
              aria-label="State or gate"
              size="xs"
              data={place.what.map((name) => ({ value: name, label: SHORT[name] ?? name }))}
              value={what}
              onChange={(next) => change({ what: next })}
            />
            <PlaceSelect {...props} />
          </>
        }
      />
    </Panel>
  );
});

const SHORT: Readonly<Record<string, string>> = { hidden: 'h', cell: 'c' };

const Attention = memo(function Attention(props: InsideViewProps & { readonly window: InsideWindowFrame }) {
  const { about, target, version, window, choice } = props;
  const engine = useEngine();
  const layer = about.attention.find((one) => one.layer === choice.place.layer) ?? about.attention[0];
  const { data: frame, error } = useQuery({
    ...attentionQuery(engine, target, { layer: layer?.layer ?? 0, head: choice.head }, version),
    enabled: layer !== undefined,
  });
  if (!layer) return null;
  if (error) return <Failed error={error} />;
  if (!frame) return null;
  const query = frame.header.onlyQuery ?? (frame.header.isAlignment ? 0 : frame.header.queries - 1);
  return (
    <Panel className={classes.wide ?? ''}>
      <AttentionMap frame={frame} window={window} query={choice.step ?? query} />
    </Panel>
  );
});
