// What several writers of captions wrote for the same images, side by side, where they disagree most first.
import { useQueries } from '@tanstack/react-query';
import type { WrittenCaption } from '../../../engine/contract/results/captioning.ts';
import { runLabel } from '../../../engine/words/run-label.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keptOfRun } from '../../engine/queries.ts';
import { SampleView } from '../../features/data/samples/sample-view.tsx';
import { weightsOf } from '../../features/run/weights-of.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { OpenTable } from '../../ui/open-table.tsx';
import { Panel } from '../../ui/page.tsx';
import type { OverlayProps } from '../task-screens.ts';
import { useScoredPart } from '../use-scored-part.ts';
import css from './caption.module.css';

/** Images that are asked for, and that are shown. */
const MOST = 1_000;
const SHOWN = 40;

interface Row {
  readonly caption: WrittenCaption;
  /** By run; none where it did not write for this image. */
  readonly written: readonly (WrittenCaption | undefined)[];
  /** Between the best and the worst of them. */
  readonly spread: number;
}

export function CaptionsOverlay({ runs }: OverlayProps) {
  const engine = useEngine();
  const able = runs.filter(({ bestEpoch }) => bestEpoch !== null);
  const part = useScoredPart(able);
  const results = useQueries({
    queries: able.map((run) => ({
      queryKey: ['captioning', 'result', { run: run.id, part, most: MOST }, weightsOf(run)],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        engine.captioning.result({ run: run.id, part, most: MOST }, { signal }),
      placeholderData: keptOfRun(run.id),
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    })),
  });
  const [first] = able;
  if (!first) return null;
  const error = results.find((one) => one.error)?.error;
  const rows = results.every(({ data }) => data) ? rowsOf(results.map(({ data }) => data!.captions)) : null;
  return (
    <Panel title="What they write for the same images, where they disagree most first">
      {error ? (
        <ErrorMessage error={error} />
      ) : rows === null ? (
        <p className="muted">The captions are written …</p>
      ) : rows.length === 0 ? (
        <p className="muted">No image is in the scored part of all of these runs.</p>
      ) : (
        <OpenTable
          label="Captions side by side"
          rows={rows}
          keyOf={({ caption }) => caption.sample}
          columns={[
            {
              title: 'Image',
              className: css.name,
              hintOf: ({ caption }) => caption.name,
              cellOf: ({ caption }) => caption.name,
            },
            { title: 'Right', cellOf: ({ caption }) => caption.references.join(' | ') },
            ...able.map((run, index) => ({
              title: runLabel(run),
              cellOf: ({ written }: Row) => textOf(written[index]),
            })),
            { title: 'Of the nearest pixels', cellOf: ({ caption }) => caption.nearest },
          ]}
          opens="Image"
          detailOf={({ caption }) => (
            <SampleView dataset={first.datasetName} version={first.datasetVersion} row={caption.sample} />
          )}
        />
      )}
    </Panel>
  );
}

function textOf(caption: WrittenCaption | undefined) {
  if (!caption) return '';
  const { written, edits } = caption;
  if (edits === 0) return <>{written} ✓</>;
  return (
    <>
      {written} <span className="muted num">{edits === 1 ? '1 edit' : `${edits} edits`}</span>
    </>
  );
}

/** Images are the same where row and name are. */
function rowsOf(all: readonly (readonly WrittenCaption[])[]): Row[] {
  const keyOf = ({ sample, name }: WrittenCaption) => `${sample} ${name}`;
  const bySample = all.map((captions) => new Map(captions.map((caption) => [keyOf(caption), caption])));
  return (all[0] ?? [])
    .map((caption) => {
      const written = bySample.map((captions) => captions.get(keyOf(caption)));
      const edits = written.flatMap((one) => (one ? [one.edits] : []));
      return { caption, written, spread: Math.max(...edits) - Math.min(...edits) };
    })
    .filter(({ written }) => written.every((one) => one !== undefined))
    .toSorted((a, b) => b.spread - a.spread || a.caption.sample - b.caption.sample)
    .slice(0, SHOWN);
}
