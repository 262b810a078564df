// Samples of every class before they are imported: a click opens one to be read, heard or looked at.
import { useEffect, useState } from 'react';
import type { SampleExample } from '../../../../engine/contract/datasets/sample-views.ts';
import type { SamplesInfo } from '../../../../engine/contract/datasets/samples.ts';
import { type StillPicture, stillsIn } from '../../../ui/still.tsx';
import classes from '../data.module.css';
import { SampleRows } from './sample-rows.tsx';
import { type OpenedSample, OpenedSampleView, opened } from './sample-view.tsx';

interface ExampleListProps {
  readonly info: SamplesInfo;
  readonly examples: readonly SampleExample[];
}

export function ExampleList({ info, examples }: ExampleListProps) {
  const [open, setOpen] = useState<number | null>(null);
  const contents = useOpened(examples);
  if (examples.length === 0) return null;
  return (
    <section className={classes.stack} aria-label="Some samples">
      <h3 className={classes.heading}>{headingOf(info, examples.length)}</h3>
      <SampleRows
        samples={examples}
        stills={contents.flatMap((content) => stillOf(content))}
        info={info}
        open={open}
        onOpen={(row) => setOpen(row === open ? null : row)}
        view={(row) => {
          const content = contents[examples.findIndex((example) => example.row === row)];
          return content ? <OpenedSampleView key={row} sample={content} /> : null;
        }}
      />
    </section>
  );
}

const headingOf = ({ label, classes: all }: SamplesInfo, shown: number): string => {
  if (label === null || all.length < 2) return 'The first samples';
  return all.length <= shown ? `Samples of each ${label}` : `Samples of ${shown} of ${all.length} classes`;
};

/** The first frame of a picture. */
const stillOf = (content: OpenedSample): StillPicture[] =>
  content.kind === 'picture' ? stillsIn(content).slice(0, 1) : [];

/** Empty until their bytes are there. */
function useOpened(examples: readonly SampleExample[]): readonly OpenedSample[] {
  const [contents, setContents] = useState<readonly OpenedSample[]>([]);
  useEffect(() => {
    let isWanted = true;
    setContents([]);
    Promise.all(examples.map(({ content }) => opened(content))).then(
      (all) => isWanted && setContents(all),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [examples]);
  return contents;
}
