// Chooses weights, part, series, target and origin. Keys: left and right, Page Up and Page Down, Home and End for the origin, Space
// plays through the origins.
import { ActionIcon, Select } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { InsideDescription } from '../../../engine/contract/inside/description.ts';
import { useKeymap } from '../../app/hotkeys.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { OriginSlider } from '../run/origin-slider.tsx';
import { useAheadOf } from './ahead.tsx';
import classes from './inside.module.css';
import { windowQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { usePlayback } from './use-playback.ts';

export const WEIGHT_LABELS = {
  best: 'Best weights',
  last: 'Last weights',
  first: 'Before training',
} as const;

export function WeightsSelect({ about, target, change }: InsideViewProps) {
  return (
    <Select
      aria-label="Weights"
      data={[
        ...about.weights.map(({ weights, epoch }) => ({
          value: weights as string,
          label:
            weights !== 'first' && epoch !== null
              ? `${WEIGHT_LABELS[weights]}, epoch ${epoch}`
              : WEIGHT_LABELS[weights],
        })),
        ...(typeof target.weights === 'object'
          ? [{ value: 'epoch', label: `Epoch ${target.weights.epoch}` }]
          : []),
      ]}
      value={typeof target.weights === 'object' ? 'epoch' : target.weights}
      onChange={(weights) => {
        const kept = about.weights.find((one) => one.weights === weights);
        if (kept) change({ weights: kept.weights });
      }}
      allowDeselect={false}
      w={200}
    />
  );
}

export const PART_LABELS = { train: 'Training', validation: 'Validation', test: 'Test' } as const;
/** Origins that a key for pages goes over. */
const PAGE = 20;

export function PartSelect({ about, target, change }: Pick<InsideViewProps, 'about' | 'target' | 'change'>) {
  return (
    <Select
      aria-label="Part of the data"
      data={about.parts.map((one) => ({ value: one.part, label: PART_LABELS[one.part] }))}
      value={target.part}
      onChange={(next) =>
        next !== null && change({ part: next as typeof target.part, origin: 0, step: null, edits: [] })
      }
      allowDeselect={false}
      w={120}
    />
  );
}

export function WindowControls({ about, target, version, change }: InsideViewProps) {
  const engine = useEngine();
  const { data: frame, isPlaceholderData } = useQuery(windowQuery(engine, target, version));
  const part = about.parts.find((one) => one.part === target.part);
  const series = seriesAt(part, target.origin);
  const [first, last] = [series?.first ?? 0, (series?.first ?? 0) + (series?.origins ?? 1) - 1];
  const go = (origin: number) =>
    change({ origin: Math.max(first, Math.min(last, origin)), step: null, edits: [] });
  const isThere = frame !== undefined && !isPlaceholderData;
  const { isPlaying, play } = usePlayback({ isThere, at: target.origin, last, go });
  useAheadOf(isPlaying, (one) => (one.origin < last ? { ...one, origin: one.origin + 1 } : null));
  useKeymap({
    arrowleft: () => go(target.origin - 1),
    arrowright: () => go(target.origin + 1),
    pageup: () => go(target.origin + PAGE),
    pagedown: () => go(target.origin - PAGE),
    home: () => go(first),
    end: () => go(last),
    ' ': () => play(!isPlaying),
  });
  if (!part || !series) return null;
  return (
    <>
      <PartSelect about={about} target={target} change={change} />
      {part.series.length > 1 && (
        <Select
          aria-label="Series"
          data={part.series.map((one) => one.series)}
          value={series.series}
          onChange={(name) => goToSeries(part, name, change)}
          allowDeselect={false}
          searchable
          w={160}
        />
      )}
      {about.targets.length > 1 && (
        <Select
          aria-label="Target"
          data={about.targets}
          value={target.target ?? about.targets[0] ?? null}
          onChange={(next) => change({ target: next })}
          allowDeselect={false}
          w={150}
        />
      )}
      <div className={classes.origin}>
        <ActionIcon
          variant="default"
          aria-label={isPlaying ? 'Pause' : 'Play through the origins'}
          onClick={() => play(!isPlaying)}
        >
          {isPlaying ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
        </ActionIcon>
        {frame && (
          <OriginSlider
            header={{
              origin: frame.header.about.origin,
              originUs: frame.header.about.originUs,
              series: frame.header.about.series,
              seriesNames: part.series.map((one) => one.series),
              firstOfSeries: first,
              originsOfSeries: series.origins,
            }}
            origin={target.origin}
            onOrigin={go}
            stepUs={(frame.columns.time[1] ?? 0) - (frame.columns.time[0] ?? 0)}
          />
        )}
      </div>
    </>
  );
}

type Part = InsideDescription['parts'][number];

const seriesAt = (part: Part | undefined, origin: number) =>
  part?.series.find(({ first, origins }) => origin >= first && origin < first + origins) ?? part?.series[0];

function goToSeries(part: Part, name: string | null, change: InsideViewProps['change']): void {
  const series = part.series.find((one) => one.series === name);
  if (series) change({ origin: series.first, step: null, edits: [] });
}
