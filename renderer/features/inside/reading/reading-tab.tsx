// The Inside tab of a model of samples: one sample (or a text of one's own) step by step, under one cursor.
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { InsideReader } from '../../../../engine/contract/inside/reading.ts';
import { CursorGroup } from '../../../charts/cursor-group.tsx';
import { useEngine } from '../../../engine/engine-context.tsx';
import type { RunTabProps } from '../../../tasks/run-tab.ts';
import { ErrorMessage } from '../../../ui/messages.tsx';
import { Scroll } from '../../../ui/page.tsx';
import classes from '../../run/run-page.module.css';
import { weightsOf } from '../../run/weights-of.ts';
import { type InsideChoice, useInsideChoice } from '../inside-choice.ts';
import { Failed, Pending } from '../use-window.tsx';
import { AnswerPanel } from './answer-panel.tsx';
import { FollowersPanel } from './followers-panel.tsx';
import { HeadsPanel } from './heads-panel.tsx';
import { InputPanel } from './input-panel.tsx';
import { PixelsPanel } from './pixels-panel.tsx';
import { ReadingControls } from './reading-controls.tsx';
import { readerQuery, readQuery } from './reading-queries.ts';
import type { ReadingProps } from './reading-view.ts';
import { SampleCard } from './sample-card.tsx';
import { UnitsPanel } from './units-panel.tsx';

export function ReadingTab({ run }: RunTabProps) {
  const engine = useEngine();
  const [choice, change] = useInsideChoice(run.id);
  const version = weightsOf(run);
  const content = useRef<HTMLDivElement>(null);
  const { data: about, error } = useQuery(readerQuery(engine, run.id, version));
  if (error) {
    return (
      <div className={classes.newData}>
        <ErrorMessage error={error} />
      </div>
    );
  }
  if (!about)
    return (
      <p className={`${classes.newData} muted`}>Opening the model: its data are read and prepared first …</p>
    );
  const props: ReadingProps = { run, about, choice, change, version, asked: askedOf(run.id, about, choice) };
  return (
    <>
      <div className={classes.controls}>
        <ReadingControls {...props} content={content} />
      </div>
      <Scroll label="Inside the model" takesFocus>
        <div className={classes.charts} ref={content}>
          <CursorGroup>
            <Reading {...props} />
          </CursorGroup>
        </div>
      </Scroll>
    </>
  );
}

function Reading(props: ReadingProps) {
  const { choice } = props;
  const { data: frame, error } = useQuery(readQuery(useEngine(), props.asked, props.version));
  if (error) return <Failed error={error} />;
  if (!frame) return <Pending>Reading this sample …</Pending>;
  const shown = { ...props, frame };
  return (
    <>
      <AnswerPanel {...shown} />
      {props.about.hasPictures && <PixelsPanel {...shown} />}
      {frame.header.channels.length > 0 && <InputPanel {...shown} />}
      {frame.header.rows.length > 0 && <UnitsPanel {...shown} />}
      {frame.header.rows.length > 0 && choice.unit !== null && choice.at !== null && (
        <SampleCard {...shown} unit={choice.unit} step={choice.at} />
      )}
      {frame.header.queries.length > 0 && <HeadsPanel {...shown} />}
      {frame.header.rows.length > 0 && <FollowersPanel {...props} />}
    </>
  );
}

/** Only what there is of this model. */
function askedOf(run: number, about: InsideReader, choice: InsideChoice): ReadingProps['asked'] {
  const kept = about.weights.find((one) => one.weights === choice.weights) ?? about.weights[0];
  const part = about.parts.find((one) => one.part === choice.part) ?? about.parts.at(-1);
  const place = about.places.find(({ place }) => samePlace(place, choice.place)) ?? about.places[0];
  const what = place?.what.find((name) => name === choice.what);
  const layer = about.attention.find((one) => one.layer === choice.place.layer) ?? about.attention[0];
  const hasOwn = choice.text !== null && about.readsText;
  return {
    run,
    weights: kept?.weights ?? 'first',
    part: part?.part ?? 'test',
    ...(hasOwn
      ? { text: choice.text! }
      : {
          sample: Math.min(choice.origin, Math.max(0, (part?.samples ?? 1) - 1)),
          ...(choice.from > 0 && { from: choice.from }),
        }),
    ...(place && { place: place.place }),
    ...(what !== undefined && { what }),
    ...(choice.order !== 'season' && choice.order !== 'index' && { order: choice.order }),
    ...(layer && { layer: layer.layer }),
    ...(layer && choice.head !== null && choice.head < layer.heads && { head: choice.head }),
    ...(choice.step !== null && about.says !== 'sample' && { step: choice.step }),
    ...(choice.explained !== null &&
      about.classes.includes(choice.explained) && { choice: choice.explained }),
  };
}

const samePlace = (a: InsideChoice['place'], b: InsideChoice['place']): boolean =>
  a.part === b.part && a.layer === b.layer && a.direction === b.direction;
