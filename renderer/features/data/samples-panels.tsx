// What is known of a dataset of samples: its classes with their samples, its columns, and where it came from.
import type { SamplesInfo } from '../../../engine/contract/datasets/samples.ts';
import { outputFacts } from '../../../engine/words/output-facts.ts';
import { shareCell } from '../../../engine/words/share-text.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Facts, Panel } from '../../ui/page.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

const MOST_CLASSES = 200;

interface SamplesPanelsProps {
  readonly info: SamplesInfo;
  /** Samples, of which each may have several labels. */
  readonly rows: number;
}

export function SamplesPanels({ info, rows }: SamplesPanelsProps) {
  return (
    <>
      {info.label !== null && <ClassTable info={info} rows={rows} />}
      <ColumnTable info={info} />
    </>
  );
}

function ClassTable({ info, rows }: SamplesPanelsProps) {
  const { classes, label } = info;
  return (
    <Panel title={`Classes: ${formatCount(classes.length)} values of ${label ?? 'the label'}`}>
      <PlainTable
        label="Classes"
        columns={[
          { title: 'Class' },
          { title: 'Samples', isNumber: true },
          { title: 'Share', isNumber: true },
        ]}
        rows={classes.slice(0, MOST_CLASSES).map(({ name, samples }) => ({
          key: name,
          cells: [
            <span key={name} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </span>,
            formatCount(samples),
            shareCell(samples / rows),
          ],
        }))}
      />
    </Panel>
  );
}

/** What the sizes of a column's values are. */
const SIZES = {
  text: 'characters',
  tokens: 'tokens',
  sequence: 'steps',
  events: 'events',
  audio: 'seconds',
  image: 'pixels of a side',
  frames: 'frames',
  labels: 'labels a sample',
  numeric: '',
  category: '',
} as const;

/** Of counts no decimals: a text of 50 characters. */
const sizeText = (size: number | null): string =>
  Number.isInteger(size) ? formatCount(size) : formatNumber(size);

function ColumnTable({ info }: { readonly info: SamplesInfo }) {
  return (
    <Panel title="Columns">
      <PlainTable
        label="Columns"
        columns={[
          { title: 'Column' },
          { title: 'Kind' },
          { title: 'Missing', isNumber: true },
          { title: 'Shortest', isNumber: true },
          { title: 'Mean', isNumber: true },
          { title: 'Longest', isNumber: true },
          { title: 'In' },
        ]}
        rows={info.columns.map(({ name, kind, missing, min, mean, max }) => ({
          key: name,
          cells: [
            name,
            kind,
            formatCount(missing),
            sizeText(min),
            formatNumber(mean),
            sizeText(max),
            SIZES[kind],
          ],
        }))}
      />
    </Panel>
  );
}

/** Of the panel that says where it came from. */
export function samplesFacts(info: SamplesInfo): readonly (readonly [string, string])[] {
  return [
    ['Form', info.form],
    ['Input', info.input ?? 'the columns of numbers'],
    ...outputFacts(info),
    ['Groups', info.group === null ? 'none' : `${info.group}, ${formatCount(info.groups)}`],
    [
      'Given parts',
      info.parts.map(({ part, samples }) => `${part} ${formatCount(samples)}`).join(', ') || 'none',
    ],
    ['Equal inputs', formatCount(info.duplicates)],
  ];
}

const MOST_NAMED = 12;

/** In the preview of an import. */
export function SamplesPreview({ info }: { readonly info: SamplesInfo }) {
  const named = info.classes
    .slice(0, MOST_NAMED)
    .map(({ name, samples }) => `${name} (${formatCount(samples)})`);
  const more = info.classes.length > named.length ? `, and ${info.classes.length - named.length} more` : '';
  return (
    <Facts
      rows={[
        ...samplesFacts(info),
        ['Lengths', lengthsOf(info)],
        ['Classes', info.classes.length === 0 ? '' : `${named.join(', ')}${more}`],
      ]}
    />
  );
}

/** `0.14 to 2.28 seconds, 0.43 on average`; empty of a vector. */
function lengthsOf({ input, columns }: SamplesInfo): string {
  const column = columns.find(({ name }) => name === input);
  const { min = null, mean = null, max = null, kind } = column ?? {};
  if (kind === undefined || min === null || SIZES[kind] === '') return '';
  // Of characters, frames and the like there are whole ones only.
  const shown = (size: number | null) =>
    size !== null && Number.isInteger(size) ? formatCount(size) : formatNumber(size);
  if (min === max) return `all ${shown(min)} ${SIZES[kind]}`;
  return `${shown(min)} to ${shown(max)} ${SIZES[kind]}, ${formatNumber(mean)} on average`;
}
