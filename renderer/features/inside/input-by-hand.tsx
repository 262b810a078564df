// The input of a window that is taken by hand: values are dragged or moved by keys, rows erased, the window shifted.
import { Button, SegmentedControl, Select } from '@mantine/core';
import { memo, useRef, useState } from 'react';
import type { Edit } from '../../../engine/contract/inside/edits.ts';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { type Line, nearest } from '../../charts/draw.ts';
import type { Hand } from '../../charts/hand-layer.tsx';
import { LinePlot, type LinePlotProps } from '../../charts/line-plot.tsx';
import { type Domain, extent } from '../../charts/scales.ts';
import { formatNumber, plural } from '../../ui/format.ts';
import insideClasses from './inside.module.css';
import type { ChangeChoice } from './inside-choice.ts';
import { editOfDrag, editOfKey, type Tool, withEdit } from './window-edits.ts';

export type SharedAxis = Pick<LinePlotProps, 'xKind' | 'xDomain' | 'formatX' | 'markers'>;

interface HandProps {
  /** The window as it is. */
  readonly plain: InsideWindowFrame;
  /** As it was answered last. */
  readonly window: InsideWindowFrame;
  readonly season: number | null;
  /** The edits that are kept. */
  readonly made: readonly Edit[];
  /** While the hand moves. */
  readonly ask: (edits: readonly Edit[]) => void;
  readonly change: ChangeChoice;
  readonly shared: SharedAxis;
}

const TOOLS = [
  { value: 'move', label: 'Move values' },
  { value: 'erase', label: 'Erase rows' },
];
const REACHES = [0, 2, 6, 24];

export function InputByHand({ plain, window, season, made, ask, change, shared }: HandProps) {
  const { inputs, lookback } = plain.header;
  const [tool, setTool] = useState<Tool>('move');
  const [reach, setReach] = useState(0);
  const [chosen, choose] = useState<string | null>(null);
  const [isDragging, setDragging] = useState(false);
  const input = inputs.find((name) => name === chosen) ?? inputs[0]!;
  const lines = inputOf(plain, window, inputs.indexOf(input));
  const yDomain = useSteadyDomain(lines, isDragging);
  const times = plain.columns.time.subarray(0, lookback);
  const on = { tool, input, reach };
  const rowAt = (x: number) => Math.max(0, nearest(times, x));
  const keep = (edit: Edit) => change({ edits: withEdit(made, edit) });
  const hand: Hand = {
    yDomain,
    onDrag({ from, to, isEnd }) {
      const point = ({ x, y }: typeof from) => ({ row: rowAt(x), y });
      const edit = editOfDrag(on, { from: point(from), to: point(to) });
      if (isEnd) keep(edit);
      else ask(withEdit(made, edit));
      setDragging(!isEnd);
    },
    onKey(key, at, isShifted) {
      const row = rowAt(at ?? times.at(-1) ?? 0);
      const edit = editOfKey(on, { key, row, isShifted, span: yDomain[1] - yDomain[0] });
      if (edit) keep(edit);
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
        season={season}
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
  readonly change: ChangeChoice;
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
function inputOf(plain: InsideWindowFrame, window: InsideWindowFrame, input: number): Line[] {
  const { lookback } = plain.header;
  const isChanged = window.header.change !== null;
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
