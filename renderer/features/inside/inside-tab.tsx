// The Inside tab of a run: its model on one window of its own data, in several views that share one time cursor.
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { InsideDescription } from '../../../engine/contract/inside/description.ts';
import type { InsideWeights } from '../../../engine/contract/inside/target.ts';
import type { TableViewName } from '../../../engine/tables/inside/registry.ts';
import type { InsideQuestion } from '../../../engine/tables/inside/view.ts';
import { CursorGroup } from '../../charts/cursor-group.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import type { RunTabProps } from '../../tasks/run-tab.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { EmptyState, Scroll } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { weightsOf } from '../run/weights-of.ts';
import { AheadProvider } from './ahead.tsx';
import { EpochControls } from './epoch-controls.tsx';
import insideClasses from './inside.module.css';
import { type InsideChoice, useInsideChoice } from './inside-choice.ts';
import { describeQuery, type Target } from './inside-queries.ts';
import type { InsideViewKind, InsideViewProps } from './inside-view.ts';
import { notThere } from './not-there.ts';
import { SaveMenu } from './save-menu.tsx';
import { INSIDE_VIEWS } from './views.ts';
import { PartSelect, WeightsSelect, WindowControls } from './window-controls.tsx';

export function InsideTab({ run }: RunTabProps) {
  const engine = useEngine();
  const version = weightsOf(run);
  const [choice, change] = useInsideChoice(run.id);
  const content = useRef<HTMLDivElement>(null);
  const { data: about, error } = useQuery(describeQuery(engine, run.id, version));
  if (error) {
    return (
      <div className={classes.newData}>
        <ErrorMessage error={error} />
      </div>
    );
  }
  if (!about) return <p className={`${classes.newData} muted`}>Opening the model …</p>;
  const views = INSIDE_VIEWS.filter(({ needs }) => needs === null || about.views.includes(needs));
  const shown = views.find(({ id }) => id === choice.view) ?? views[0];
  if (!shown) {
    return (
      <EmptyState title="This model has no state to look at">
        Recurrent layers have states, gates and gradients through time; this model has none of them.
      </EmptyState>
    );
  }
  const isOfWindow = shown.scope === 'window';
  const target = targetOf(run.id, about, choice);
  const props = { run, about, target, version, choice, change };
  return (
    <AheadProvider target={target}>
      <div className={classes.controls}>
        <SegmentedControl
          className={insideClasses.views ?? ''}
          aria-label="View"
          data={views.map(({ id, label }) => ({ value: id, label }))}
          value={shown.id}
          onChange={(view) => change({ view })}
        />
        {shown.needs !== null && <WeightsSelect {...props} />}
        {shown.needs !== null && <EpochControls {...props} />}
        {shown.scope === 'part' && <PartSelect {...props} />}
        {isOfWindow && <WindowControls key={run.id} {...props} />}
        <SaveMenu
          run={run}
          title={titleOfView(shown, props)}
          fileName={`${shown.label.toLowerCase()}${isOfWindow ? ` ${target.origin}` : ''}`}
          tables={shown.tables}
          question={(table) => questionOf(table, shown, props)}
          content={content}
        />
      </div>
      <Scroll label="Inside the model" takesFocus>
        <div className={classes.charts} ref={content}>
          {[...notThere(choice, { about, views: INSIDE_VIEWS, shown, isOfWindow }), ...about.notes].map(
            (note) => (
              <div key={note} className={classes.wide}>
                <Note>{note}</Note>
              </div>
            ),
          )}
          <CursorGroup>
            <shown.View {...props} />
          </CursorGroup>
        </div>
      </Scroll>
    </AheadProvider>
  );
}

function targetOf(run: number, about: InsideDescription, choice: InsideChoice): Target {
  const isEpoch = typeof choice.weights === 'object' && choice.weights !== null && about.replay !== null;
  const weights = isEpoch
    ? { weights: choice.weights as InsideWeights }
    : (about.weights.find((one) => one.weights === choice.weights) ?? about.weights[0]);
  const part = about.parts.find((one) => one.part === choice.part) ?? about.parts[0];
  const last = Math.max(0, (part?.origins ?? 1) - 1);
  return {
    run,
    weights: weights?.weights ?? 'first',
    part: part?.part ?? 'test',
    origin: Math.min(choice.origin, last),
    ...(choice.target === null || !about.targets.includes(choice.target) ? {} : { target: choice.target }),
  };
}

function questionOf(
  table: TableViewName,
  { id }: InsideViewKind,
  { target, choice }: InsideViewProps,
): InsideQuestion {
  const { place, what, order, step, unit, edits } = choice;
  const chosen = table === 'states' && what !== null ? { what } : {};
  const changed = id === 'play' && edits.length > 0 ? { edits } : {};
  return { ...target, ...changed, place, order, step: step ?? 0, unit: unit ?? 0, ...chosen };
}

/** `Gates, test origin 12, best weights` */
function titleOfView({ label, scope }: InsideViewKind, { target }: InsideViewProps): string {
  const weights =
    typeof target.weights === 'object' ? `epoch ${target.weights.epoch}` : `${target.weights} weights`;
  const part = {
    window: `, ${target.part} origin ${target.origin}`,
    part: `, ${target.part} part`,
    training: '',
  };
  return `${label}${part[scope]}, ${weights}`;
}
