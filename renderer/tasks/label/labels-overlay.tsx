// Where several labellers label the same texts, or stretches of rows, differently: the most differences first.
import { runLabel } from '../../../engine/words/run-label.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import type { OverlayProps } from '../task-screens.ts';
import { useResults } from '../use-results.ts';
import { type DifferentText, differentTexts } from './different-texts.ts';
import css from './label.module.css';
import { LabelLegend, LabelLines } from './label-strip.tsx';
import { LabelTable } from './label-table.tsx';

/** Texts that are asked for, and that are shown. */
const MOST = 500;
const SHOWN = 20;

export function LabelsOverlay({ runs }: OverlayProps) {
  const engine = useEngine();
  const { able, all, error } = useResults({
    runs,
    kind: 'label',
    request: { most: MOST, pick: 'evenly' as const },
    ask: engine.labelling.result,
  });
  const [first] = all ?? [];
  if (able.length < 2) return null;
  const names = able.map(runLabel);
  const found = all && differentTexts(all);
  const of = first?.areRows ? 'stretches of rows' : 'texts';
  return (
    <Panel title={`Where they label the same ${of} differently`}>
      {error ? (
        <ErrorMessage error={error} />
      ) : !found || !first ? (
        <p className="muted">The test part is labelled …</p>
      ) : found.shared === 0 ? (
        <p className="muted">These runs have no {of} of the scored part in common.</p>
      ) : (
        <>
          <p className="muted">{sentenceOf(found.texts.length, found.shared, of)}</p>
          {first.areRows && <LabelLegend classes={found.classes} />}
          <div className={css.texts}>
            {found.texts.slice(0, SHOWN).map((text) => (
              <Different
                key={text.key}
                text={text}
                names={names}
                classes={found.classes}
                areRows={first.areRows}
              />
            ))}
          </div>
        </>
      )}
    </Panel>
  );
}

function sentenceOf(different: number, shared: number, of: string): string {
  const some = different > SHOWN ? `; the ${SHOWN} with the most differences are below` : '';
  return `They differ in ${formatCount(different)} of ${formatCount(shared)} ${of}${some}.`;
}

interface DifferentProps {
  readonly text: DifferentText;
  readonly names: readonly string[];
  readonly classes: readonly string[];
  readonly areRows: boolean;
}

function Different({ text, names, classes, areRows }: DifferentProps) {
  if (!areRows) return <LabelTable text={text} names={names} />;
  const lines = [
    { name: 'True', labels: text.truth },
    ...text.said.map((labels, run) => ({ name: names[run]!, labels })),
  ];
  return <LabelLines text={text} lines={lines} classes={classes} />;
}
