// Chooses an origin of a part: a slider between two buttons, with the number and time of the origin.
import { ActionIcon, Slider } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { formatCount, formatDataTime } from '../../ui/format.ts';
import classes from './run-page.module.css';

/** The origin whose frame is there, among those of its series. */
export interface OriginHeader {
  readonly origin: number;
  readonly originUs: number;
  readonly series: string;
  readonly seriesNames: readonly string[];
  readonly firstOfSeries: number;
  readonly originsOfSeries: number;
}

interface OriginSliderProps {
  readonly header: OriginHeader;
  /** Chosen, while its frame may still be on its way. */
  readonly origin: number;
  readonly onOrigin: (origin: number) => void;
  readonly stepUs: number;
}

export function OriginSlider({ header, origin, onOrigin, stepUs }: OriginSliderProps) {
  const first = header.firstOfSeries;
  const last = first + header.originsOfSeries - 1;
  return (
    <div className={classes.origins}>
      <ActionIcon
        variant="default"
        aria-label="Earlier origin"
        disabled={origin <= first}
        onClick={() => onOrigin(origin - 1)}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <Slider
        className={classes.originSlider ?? ''}
        min={first}
        max={Math.max(first + 1, last)}
        value={origin}
        onChange={onOrigin}
        label={null}
        thumbLabel="Origin of the forecast"
      />
      <ActionIcon
        variant="default"
        aria-label="Later origin"
        disabled={origin >= last}
        onClick={() => onOrigin(origin + 1)}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
      <span className={`${classes.originText} num`}>
        {formatDataTime(header.originUs, stepUs)}
        <span className="muted">
          {' '}
          origin {formatCount(header.origin - first + 1)} of {formatCount(header.originsOfSeries)}
          {header.seriesNames.length > 1 && `, ${header.series}`}
        </span>
      </span>
    </div>
  );
}
