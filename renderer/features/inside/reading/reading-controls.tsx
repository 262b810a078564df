// Chooses weights, part and sample, or takes a text of one's own. Keys: left and right, Page Up and Page Down, Home and End for the sample.
import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { PlaceSchema } from '../../../../engine/contract/inside/target.ts';
import type { TableViewName } from '../../../../engine/tables/inside/registry.ts';
import { useKeymap } from '../../../app/hotkeys.ts';
import { useEngine } from '../../../engine/engine-context.tsx';
import { formatCount } from '../../../ui/format.ts';
import classes from '../inside.module.css';
import { SaveMenu } from '../save-menu.tsx';
import { PART_LABELS, WEIGHT_LABELS } from '../window-controls.tsx';
import { readQuery } from './reading-queries.ts';
import type { ReadingProps } from './reading-view.ts';

/** Samples that a key for pages goes over. */
const PAGE = 20;
/** Steps of a long text that are shown at once, and that a button moves by. */
const STRETCH = 300;

export function ReadingControls(
  props: ReadingProps & { readonly content: RefObject<HTMLDivElement | null> },
) {
  const { about, asked, change, choice, content, run } = props;
  const part = about.parts.find((one) => one.part === asked.part);
  const last = Math.max(0, (part?.samples ?? 1) - 1);
  const sample = asked.sample ?? 0;
  const isOwn = asked.text !== undefined;
  const go = (next: number) =>
    change({ origin: Math.max(0, Math.min(last, next)), text: null, from: 0, step: null, at: null });
  useKeymap({
    arrowleft: () => go(sample - 1),
    arrowright: () => go(sample + 1),
    pageup: () => go(sample + PAGE),
    pagedown: () => go(sample - PAGE),
    home: () => go(0),
    end: () => go(last),
  });
  return (
    <>
      <Select
        aria-label="Weights"
        data={about.weights.map(({ weights, epoch }) => ({
          value: weights as string,
          label:
            weights !== 'first' && epoch !== null
              ? `${WEIGHT_LABELS[weights]}, epoch ${epoch}`
              : WEIGHT_LABELS[weights],
        }))}
        value={String(asked.weights)}
        onChange={(next) => {
          const found = about.weights.find((one) => one.weights === next);
          if (found) change({ weights: found.weights });
        }}
        allowDeselect={false}
        w={200}
      />
      <Select
        aria-label="Part of the data"
        data={about.parts.map((one) => ({ value: one.part, label: PART_LABELS[one.part] }))}
        value={asked.part ?? null}
        onChange={(next) => {
          const found = about.parts.find((one) => one.part === next);
          if (found) change({ part: found.part, origin: 0, text: null, from: 0, step: null, at: null });
        }}
        allowDeselect={false}
        w={120}
      />
      <div className={classes.samples}>
        <ActionIcon
          variant="default"
          aria-label="Earlier sample"
          disabled={!isOwn && sample <= 0}
          onClick={() => go(sample - 1)}
        >
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
        <NumberInput
          aria-label="Sample"
          value={sample}
          min={0}
          max={last}
          allowDecimal={false}
          onChange={(next) => typeof next === 'number' && go(next)}
          w={90}
        />
        <span className="muted num">of {formatCount(last + 1)}</span>
        <ActionIcon
          variant="default"
          aria-label="Later sample"
          disabled={!isOwn && sample >= last}
          onClick={() => go(sample + 1)}
        >
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
      </div>
      <Stretch {...props} />
      {(about.says === 'sample' || about.says === 'frame') && about.classes.length > 1 && (
        <Select
          aria-label="What is explained"
          placeholder={about.says === 'frame' ? about.classes[0]! : 'Explain the likeliest'}
          data={[...new Set(about.classes)]}
          value={choice.explained}
          onChange={(explained) => change({ explained })}
          clearable
          searchable
          limit={100}
          w={about.says === 'frame' ? 290 : 180}
        />
      )}
      {about.readsText && (
        <OwnText
          key={choice.text ?? ''}
          text={choice.text}
          onText={(text) => change({ text, from: 0, step: null, at: null })}
        />
      )}
      <SaveMenu
        run={run}
        title={isOwn ? 'Reading of a text of one\u2019s own' : `Reading of ${asked.part} sample ${sample}`}
        fileName={isOwn ? 'reading own text' : `reading ${asked.part} ${sample}`}
        tables={tablesOf(props)}
        question={() => questionOf(props)}
        content={content}
      />
    </>
  );
}

const tablesOf = ({ about }: ReadingProps): readonly TableViewName[] => [
  'reading',
  ...(about.places.length > 0 ? (['units', 'followers'] as const) : []),
  ...(about.attention.length > 0 ? (['looks'] as const) : []),
  ...(about.hasPictures ? (['pixels'] as const) : []),
];

function questionOf({ asked, choice }: ReadingProps) {
  const { run, weights = 'best', part = 'test', place, step = 0, ...others } = asked;
  return {
    run,
    weights,
    part,
    origin: 0,
    order: choice.order,
    unit: 0,
    step,
    place: PlaceSchema.parse(place ?? {}),
    ...(others.what !== undefined && { what: others.what }),
    ...(others.sample !== undefined && { sample: others.sample }),
    ...(others.text !== undefined && { text: others.text }),
    ...(others.from !== undefined && { from: others.from }),
    ...(others.layer !== undefined && { layer: others.layer }),
    ...(others.head !== undefined && others.head !== null && { head: others.head }),
    ...(others.choice !== undefined && { choice: others.choice }),
  };
}

/** Goes through a text that is longer than what is shown. */
function Stretch({ asked, version, change }: ReadingProps) {
  const { data: frame } = useQuery(readQuery(useEngine(), asked, version));
  if (!frame) return null;
  const { before, length } = frame.header;
  const steps = frame.columns.evidence.length;
  if (steps >= length) return null;
  return (
    <div className={classes.samples}>
      <Button
        variant="default"
        disabled={before === 0}
        onClick={() => change({ from: Math.max(0, before - STRETCH), step: null, at: null })}
      >
        Before
      </Button>
      <span className="muted num">
        steps {formatCount(before)} to {formatCount(before + steps - 1)} of {formatCount(length)}
      </span>
      <Button
        variant="default"
        disabled={before + steps >= length}
        onClick={() => change({ from: before + STRETCH, step: null, at: null })}
      >
        After
      </Button>
    </div>
  );
}

function OwnText({
  text,
  onText,
}: {
  readonly text: string | null;
  readonly onText: (text: string | null) => void;
}) {
  const [typed, type] = useState(text ?? '');
  return (
    <form
      className={classes.samples}
      onSubmit={(event) => {
        event.preventDefault();
        onText(typed === '' ? null : typed);
      }}
    >
      <TextInput
        aria-label="A text of your own"
        placeholder="A text of your own"
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        w={220}
      />
      <Button variant="default" type="submit" disabled={typed === (text ?? '')}>
        Read it
      </Button>
    </form>
  );
}
