// Where a layer looks: its heads by what they look at, the weights of one head over the user's own time axis, and one query in numbers.
import { useQuery } from '@tanstack/react-query';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatDataTime, formatKnown } from '../../ui/format.ts';
import { Note } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { useAsked } from './ahead.tsx';
import { AttentionMap } from './attention-map.tsx';
import { HeadsGrid } from './heads-grid.tsx';
import { attentionQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { PositionsPanel } from './positions-panel.tsx';
import { QueryCard } from './query-card.tsx';
import { QueryRibbon } from './query-ribbon.tsx';
import { RolloutPanel } from './rollout-panel.tsx';
import { Failed, Pending, useWindow } from './use-window.tsx';
import { forecastLines, windowTime } from './window-time.ts';

export function AttentionView(props: InsideViewProps) {
  const { about, target, version, choice, change } = props;
  const engine = useEngine();
  const shown = useWindow(props);
  const layer =
    about.attention.find((one) => one.layer === choice.place.layer)?.layer ?? about.attention[0]?.layer ?? 0;
  const asked = { layer, head: choice.head };
  const { data: frame, error } = useQuery(attentionQuery(engine, target, asked, version));
  useAsked((queries, next) => queries.prefetchQuery(attentionQuery(engine, next, asked, version)));
  if (error) return <Failed error={error} />;
  if (shown.window === null) return shown.instead;
  if (!frame) return <Pending>Computing the attention of this window …</Pending>;
  const { window } = shown;
  const { header } = frame;
  const query = choice.step ?? header.onlyQuery ?? (header.isAlignment ? 0 : header.queries - 1);
  return (
    <>
      <HeadsGrid {...props} layer={layer} head={header.heads.length === 1 ? 0 : header.head} />
      <Panel className={classes.wide ?? ''}>
        <AttentionMap frame={frame} window={window} query={query} onQuery={(step) => change({ step })} />
        <QueryRibbon frame={frame} window={window} query={query} />
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
