// The page of a sweep: how far it is, its best trial, and which values made the difference. It follows the sweep while it runs.
import { Button } from '@mantine/core';
import { IconAdjustments, IconEdit, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ACTIVE_STATES } from '../../../engine/contract/runs/run.ts';
import type { StudySummary } from '../../../engine/contract/studies/study.ts';
import type { SweepView } from '../../../engine/contract/studies/sweep.ts';
import { hrefOf } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { studiesQuery, sweepQuery } from '../../engine/queries.ts';
import { formatNumber } from '../../ui/format.ts';
import { attempt, ErrorMessage, Note } from '../../ui/messages.tsx';
import { EmptyState, Page, Panel, Scroll } from '../../ui/page.tsx';
import { BudgetDialog } from './budget-dialog.tsx';
import { Importance } from './importance.tsx';
import { ParallelPlot } from './parallel-plot.tsx';
import { SlicePlots } from './slice-plots.tsx';
import classes from './sweep.module.css';
import { axesOf, type Brushes, passes, rankedTrials, withBrush } from './sweep-axes.ts';
import { BestSoFar, RungCurves } from './sweep-charts.tsx';
import { SweepStatus } from './sweep-status.tsx';
import { TrialTable } from './trial-table.tsx';

export function SweepPage({ id }: { readonly id: number }) {
  const engine = useEngine();
  const { data: studies } = useQuery(studiesQuery(engine));
  const { data: view, error } = useQuery(sweepQuery(engine, id));
  const study = studies?.find((one) => one.id === id);
  if (error || (studies && !study)) return <SweepMissing id={id} error={error} />;
  if (!study || !view) return null;
  return (
    <Page title={study.name} subtitle={`Sweep s${id}`} actions={<SweepButtons study={study} view={view} />}>
      <Scroll label="Sweep" takesFocus>
        <div className={classes.sections}>
          <SweepStatus study={study} view={view} />
          {study.findings.note !== null && view.best !== null && <Note calm>{study.findings.note}</Note>}
          {study.hidesTest && (
            <Note calm>
              Test scores are shown when the sweep has ended or is stopped, so that no choice is made by them.
            </Note>
          )}
          <SweepViews view={view} />
        </div>
      </Scroll>
    </Page>
  );
}

function SweepViews({ view }: { readonly view: SweepView }) {
  const [brushes, setBrushes] = useState<Brushes>(new Map());
  const [pointed, setPointed] = useState<number | null>(null);
  const axes = useMemo(() => axesOf(view), [view]);
  const ranked = useMemo(() => rankedTrials(view), [view]);
  const left = ranked.filter((trial) => passes(trial, axes, brushes));
  return (
    <>
      <div className={classes.pair}>
        <Panel>
          <BestSoFar view={view} />
        </Panel>
        <Panel>
          <RungCurves view={view} trials={left} pointed={pointed} />
        </Panel>
      </div>
      <Panel
        title="Values and results"
        actions={
          brushes.size > 0 ? (
            <Button size="compact-xs" variant="default" onClick={() => setBrushes(new Map())}>
              {`Show all ${ranked.length} trials`}
            </Button>
          ) : (
            <span className="muted">Drag along an axis to keep the trials of a range.</span>
          )
        }
      >
        <ParallelPlot
          axes={axes}
          trials={ranked}
          best={view.best}
          pointed={pointed}
          brushes={brushes}
          onBrush={(axis, brush) => setBrushes((before) => withBrush(before, axis, brush))}
        />
      </Panel>
      <div className={classes.beside}>
        <Panel title="Which fields matter">
          <Importance view={view} />
        </Panel>
        <Panel title="Results by field">
          <SlicePlots axes={axes} trials={ranked} brushes={brushes} best={view.best} pointed={pointed} />
        </Panel>
      </div>
      <Panel title={left.length === ranked.length ? 'Trials' : `${left.length} of ${ranked.length} trials`}>
        <TrialTable view={view} trials={left} onPoint={setPointed} />
      </Panel>
    </>
  );
}

function SweepButtons({ study, view }: { readonly study: StudySummary; readonly view: SweepView }) {
  const engine = useEngine();
  const [changing, setChanging] = useState(false);
  const icon = { size: 15, 'aria-hidden': true } as const;
  const isActive = view.trials.some(({ state }) => state !== null && ACTIVE_STATES.includes(state));
  const best = view.trials.find(({ trial }) => trial === view.best);
  return (
    <>
      {isActive || study.open ? (
        <Button
          variant="default"
          leftSection={<IconPlayerStop {...icon} />}
          onClick={() => attempt(() => engine.studies.stop({ study: study.id }))}
        >
          Stop
        </Button>
      ) : (
        canContinue(view) && (
          <Button
            leftSection={<IconPlayerPlay {...icon} />}
            onClick={() => attempt(() => engine.studies.resume({ study: study.id }))}
          >
            Resume
          </Button>
        )
      )}
      <Button variant="default" leftSection={<IconAdjustments {...icon} />} onClick={() => setChanging(true)}>
        Budget
      </Button>
      {best?.run != null && (
        <Button
          variant="default"
          component="a"
          href={hrefOf(['design'], { run: String(best.run) })}
          leftSection={<IconEdit {...icon} />}
          title={`Trial ${best.trial}, ${view.objective} ${formatNumber(best.result)}`}
        >
          Design from the best
        </Button>
      )}
      {changing && <BudgetDialog study={study} view={view} onClose={() => setChanging(false)} />}
    </>
  );
}

/** A trial was stopped or interrupted, or more may be tried. */
const canContinue = ({ trials, budget }: SweepView): boolean =>
  trials.some(({ state }) => state === 'stopped' || state === 'interrupted') ||
  budget.runs.used < (budget.runs.most ?? 0);

function SweepMissing({ id, error }: { readonly id: number; readonly error: unknown }) {
  return (
    <Page title={`Study s${id}`}>
      <EmptyState
        title="There is no sweep of this number"
        actions={
          <Button component="a" href={hrefOf(['runs'])}>
            All runs
          </Button>
        }
      >
        It may have been deleted, or the study does not search.
      </EmptyState>
      {error != null && (
        <div className={classes.error}>
          <ErrorMessage error={error} />
        </div>
      )}
    </Page>
  );
}
