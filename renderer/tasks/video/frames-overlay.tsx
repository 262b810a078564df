// The next frames that several models say of the same window, side by side with the true ones.
import { Select } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { VideoResult } from '../../../engine/contract/results/video.ts';
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import { runLabel } from '../../../engine/words/run-label.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import { Frames, windowQuery } from './scrubber.tsx';

interface FramesOverlayProps {
  readonly runs: readonly RunSummary[];
  readonly part: 'test' | 'validation';
  /** By run. */
  readonly results: readonly VideoResult[];
}

/** Only windows that all of them forecast: the same frames of the same video. */
export function FramesOverlay({ runs, part, results }: FramesOverlayProps) {
  const engine = useEngine();
  const [chosen, setChosen] = useState<string | null>(null);
  const shared = sharedWindows(results);
  const window = shared.find(({ key }) => key === chosen) ?? shared[Math.floor(shared.length / 2)];
  const found = useQueries({
    queries: window
      ? runs.map((run, index) => windowQuery(engine, { run, part, window: window.numbers[index]! }))
      : [],
  });
  const [first] = results;
  if (!first || !window) {
    return (
      <Panel title="Frames">
        <p className="muted">
          These runs forecast no window in common: other frames are read, or said, or other videos are scored.
        </p>
      </Panel>
    );
  }
  const error = found.find((one) => one.error)?.error;
  const frames = found.flatMap(({ data }) => (data ? [data] : []));
  return (
    <Panel
      title={`Frames of ${window.name}`}
      actions={
        <Select
          aria-label="Window"
          data={shared.map(({ key, name }) => ({ value: key, label: name }))}
          value={window.key}
          onChange={setChosen}
          allowDeselect={false}
          searchable
          limit={100}
          size="xs"
          w={220}
        />
      }
    >
      {error ? (
        <ErrorMessage error={error} />
      ) : frames.length < runs.length ? (
        <p className="muted">Reading the frames …</p>
      ) : (
        <Frames
          key={window.key}
          given={first.given}
          truth={frames[0]!.truth}
          said={[
            ...runs.map((run, index) => ({
              name: runLabel(run),
              frames: frames[index]!.forecast,
            })),
            { name: 'Last frame', frames: frames[0]!.copy },
          ]}
        />
      )}
    </Panel>
  );
}

interface SharedWindow {
  readonly key: string;
  readonly name: string;
  /** Its number in the part of each run. */
  readonly numbers: readonly number[];
}

function sharedWindows(results: readonly VideoResult[]): SharedWindow[] {
  const [first, ...others] = results;
  if (!first || others.some(({ given, ahead }) => given !== first.given || ahead !== first.ahead)) return [];
  const keyOf = ({ sample, from, name }: VideoResult['windows'][number]) => `${sample} ${from} ${name}`;
  const numbers = results.map(({ windows }) => new Map(windows.map((one) => [keyOf(one), one.window])));
  return first.windows
    .map((one) => ({
      key: keyOf(one),
      name: first.windows.some((other) => other.name === one.name && other.from !== one.from)
        ? `${one.name} from frame ${one.from + 1}`
        : one.name,
      numbers: numbers.flatMap((known) => known.get(keyOf(one)) ?? []),
    }))
    .filter((one) => one.numbers.length === results.length);
}
