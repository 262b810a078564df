// A dataset of samples in words: its classes, columns and parts.
import type { SampleColumnKind, SamplesInfo } from '../../../contract/datasets/samples.ts';
import { outputFacts } from '../../../words/output-facts.ts';
import { shareCell } from '../../../words/share-text.ts';
import { counted, formatCount, formatNumber } from '../text/format.ts';
import { cutText, oneLine, renderTable, type TableStyle } from '../text/table.ts';

/** `400 samples, 2 classes, 12 groups` */
export function samplesExtent(rows: number, { classes, groups }: SamplesInfo): string {
  return [
    counted(rows, 'sample'),
    ...(classes.length > 0 ? [counted(classes.length, 'class', 'classes')] : []),
    ...(groups > 1 ? [counted(groups, 'group')] : []),
  ].join(', ');
}

export function samplesFacts(info: SamplesInfo): [string, string][] {
  const numbers = info.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
  return [
    ['Form', info.form],
    ['Input', info.input ?? numbers.join(', ')],
    ...outputFacts(info),
    ...(info.group === null
      ? []
      : [['Groups', `${info.group}, ${formatCount(info.groups)}`] as [string, string]]),
    ...(info.parts.length === 0
      ? []
      : [
          [
            'Given parts',
            info.parts.map(({ part, samples }) => `${part} ${formatCount(samples)}`).join(', '),
          ] as [string, string],
        ]),
    ['Duplicates', formatCount(info.duplicates)],
  ];
}

/** What the sizes of a column's values are. */
const SIZES: Readonly<Record<SampleColumnKind, string>> = {
  text: 'characters',
  tokens: 'tokens',
  sequence: 'steps',
  events: 'events',
  audio: 'seconds',
  image: 'pixels',
  frames: 'frames',
  labels: 'labels a sample',
  numeric: '',
  category: '',
};

const MOST_CLASSES = 30;

/** @param rows all samples, of which each may have several labels */
export function samplesTables(
  { classes, columns, label }: SamplesInfo,
  rows: number,
  style: TableStyle,
): string {
  const shown = classes
    .slice(0, MOST_CLASSES)
    .map(({ name, samples }) => [
      cutText(oneLine(name), 60),
      formatCount(samples),
      shareCell(samples / rows),
    ]);
  const more =
    classes.length > MOST_CLASSES
      ? `\nand ${counted(classes.length - MOST_CLASSES, 'more class', 'more classes')}`
      : '';
  const header = oneLine(label ?? 'label').toUpperCase();
  const ofClasses = renderTable(
    [
      { header, cut: true },
      { header: 'SAMPLES', right: true },
      { header: 'SHARE', right: true },
    ],
    shown,
    style,
  );
  const ofColumns = renderTable(
    [
      { header: 'COLUMN', cut: true },
      { header: 'KIND' },
      { header: 'MISSING', right: true },
      { header: 'SHORTEST', right: true },
      { header: 'MEAN', right: true },
      { header: 'LONGEST', right: true },
      { header: 'IN' },
    ],
    columns.map(({ name, kind, missing, min, mean, max }) => [
      name,
      kind,
      formatCount(missing),
      formatNumber(min),
      formatNumber(mean),
      formatNumber(max),
      SIZES[kind],
    ]),
    style,
  );
  return classes.length === 0 ? ofColumns : `${ofColumns}\n\n${ofClasses}${more}`;
}
