// Where a layer looks: its heads by what they look at, the weights of one head over the user's own time axis, and one query in numbers.
import { Select, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { HeadSummary } from '../../../engine/contract/inside/attention.ts';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { Bars } from '../../charts/bars.tsx';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatDataTime, formatKnown, formatNumber } from '../../ui/format.ts';
import { Note } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { AttentionMap } from './attention-map.tsx';
import insideClasses from './inside.module.css';
import { attentionQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { PositionsPanel } from './positions-panel.tsx';
import { QueryCard } from './query-card.tsx';
import { RolloutPanel } from './rollout-panel.tsx';
import { Failed, Pending, useWindow } from './use-window.tsx';
import { forecastLines, windowTime } from './window-time.ts';

export function AttentionView(props: InsideViewProps) {
  const { about, target, version, choice, change } = props;
  const engine = useEngine();
  const shown = useWindow(props);
  const layer =
    about.attention.find((one) => one.layer === choice.place.layer)?.layer ?? about.attention[0]?.layer ?? 0;
  const { data: frame, error } = useQuery(
    attentionQuery(engine, target, { layer, head: choice.head }, version),
  );
  if (error) return <Failed error={error} />;
  if (shown.window === null) return shown.instead;
  if (!frame) return <Pending>Computing the attention of this window …</Pending>;
  const { window } = shown;
  const { header } = frame;
  const query = choice.step ?? header.onlyQuery ?? (header.isAlignment ? 0 : header.queries - 1);
  return (
    <>
      <Panel className={classes.wide ?? ''} title="Heads" actions={<LayerSelect {...props} layer={layer} />}>
        <div className={insideClasses.heads}>
          {header.heads.length > 1 && (
            <Head title="All heads" isChosen={header.head === null} onChoose={() => change({ head: null })} />
          )}
          {header.heads.map((head) => (
            <Head
              key={head.head}
              title={`Head ${head.head}: ${head.name}`}
              summary={head}
              isChosen={header.head === head.head || header.heads.length === 1}
              onChoose={() => change({ head: head.head })}
            />
          ))}
        </div>
      </Panel>
      <Panel className={classes.wide ?? ''}>
        <AttentionMap frame={frame} window={window} query={query} onQuery={(step) => change({ step })} />
        <ForecastBelow window={window} />
        {header.onlyQuery !== null && (
          <Note>
            The answer is made of the last step alone: of this layer only query {header.onlyQuery} counts, the
            other rows change nothing.
          </Note>
        )}
      </Panel>
      <QueryCard {...props} window={window} layer={layer} head={header.head ?? 0} query={query} />
      <RolloutPanel {...props} window={window} />
      {about.views.includes('positions') && <PositionsPanel {...props} />}
    </>
  );
}

function LayerSelect({ about, choice, change, layer }: InsideViewProps & { readonly layer: number }) {
  if (about.attention.length < 2) return null;
  return (
    <Select
      aria-label="Layer"
      data={about.attention.map((one) => ({ value: String(one.layer), label: `Layer ${one.layer}` }))}
      value={String(layer)}
      onChange={(next) =>
        next !== null && change({ place: { ...choice.place, layer: Number(next) }, head: null, step: null })
      }
      allowDeselect={false}
      size="xs"
      w={120}
    />
  );
}

interface HeadProps {
  readonly title: string;
  readonly summary?: HeadSummary;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** Bars of a lag profile: more would be narrower than a pixel. */
const MOST_LAGS = 120;

function Head({ title, summary, isChosen, onChoose }: HeadProps) {
  return (
    <UnstyledButton className={insideClasses.head ?? ''} aria-pressed={isChosen} onClick={onChoose}>
      <span className={insideClasses.headTitle}>{title}</span>
      {summary && (
        <>
          <Bars
            values={summary.profile.slice(0, MOST_LAGS)}
            width={150}
            height={34}
            domain={[0, Math.max(1e-9, ...summary.profile)]}
            label={`Mean weight by lag of head ${summary.head}`}
          />
          <span className="muted num">
            entropy {formatNumber(100 * summary.entropy, 2)} % of an even look
          </span>
        </>
      )}
    </UnstyledButton>
  );
}

function ForecastBelow({ window }: { readonly window: InsideWindowFrame }) {
  const time = windowTime(window);
  return (
    <LinePlot
      title={`Forecast of ${window.header.about.target}`}
      lines={forecastLines(window)}
      height={140}
      xKind="time"
      xDomain={time.domain}
      formatX={(at) => formatDataTime(at, time.stepUs)}
      formatY={formatKnown}
      markers={[{ at: time.originUs, label: 'origin' }]}
    />
  );
}
