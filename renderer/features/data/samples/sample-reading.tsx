// What each column of a table of samples is for: shows what was found, and corrects it.
import { Select } from '@mantine/core';
import type { ImportOptions } from '../../../../engine/contract/datasets/dataset.ts';
import {
  CHORDS,
  type SamplesInfo,
  TEXT_FORMS,
  TUNE_FORMS,
} from '../../../../engine/contract/datasets/samples.ts';
import classes from '../data.module.css';
import { ColumnField, ReadAs } from '../import-reading.tsx';

interface Props {
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
  /** What was found; undefined where nothing could be. */
  readonly info: SamplesInfo | undefined;
  readonly columns: readonly string[];
  /** It can be read as a text too. */
  readonly mayBeText: boolean;
}

const ROLES = [
  { key: 'inputColumn', label: 'Input column', of: (info: SamplesInfo) => info.input },
  { key: 'labelColumn', label: 'Label column', of: (info: SamplesInfo) => info.label },
  {
    key: 'targetColumn',
    label: 'Column of what is to be written',
    of: (info: SamplesInfo) => info.pairs?.target ?? null,
  },
  {
    key: 'valueColumn',
    label: 'Column of the number',
    of: (info: SamplesInfo) => info.value ?? null,
  },
  {
    key: 'partColumn',
    label: 'Column of the given parts',
    of: (info: SamplesInfo) => info.part ?? null,
  },
] as const;

export function SampleReading({ options, onChange, info, columns, mayBeText }: Props) {
  const set = (key: (typeof ROLES)[number]['key'], value: string) => {
    const { [key]: _, ...rest } = options;
    onChange(value === '' ? rest : { ...rest, [key]: value });
  };
  const setSample = (column: string) => {
    const { sampleColumn: _, ...rest } = options;
    onChange(column === '' ? rest : { as: 'samples', ...rest, sampleColumn: column });
  };
  const isOfPictures = options.as === 'frames' || (info?.columns.some(({ picture }) => picture) ?? false);
  const isText = isOneOf(TEXT_FORMS, info?.form) || options.as === 'text' || options.as === 'lines';
  const isOfTunes = isOneOf(TUNE_FORMS, info?.form);
  const isTable = info === undefined || info.chosenFrom !== undefined;
  const hasLines = info === undefined || info.form.startsWith('a table');
  return (
    <div className={classes.readingFields}>
      <ReadAs
        value={options.as}
        found={isText ? info?.form : 'samples'}
        mayBeText={isText || mayBeText}
        onChange={(as) => onChange({ ...options, as })}
      />
      {isOfTunes && <TuneReading options={options} onChange={onChange} />}
      {isTable && hasLines && <HeaderField options={options} onChange={onChange} />}
      {isTable && (
        <ColumnField
          label="Sample column"
          columns={info?.chosenFrom ?? columns}
          value={options.sampleColumn ?? ''}
          placeholder={info?.asked?.sampleColumn ?? 'None: each row is one'}
          onCommit={setSample}
        />
      )}
      {isTable &&
        ROLES.map(({ key, label, of }) => (
          <ColumnField
            key={key}
            label={label}
            columns={info?.chosenFrom ?? columns}
            value={options[key] ?? ''}
            placeholder={(info && of(info)) ?? 'None'}
            onCommit={(column) => set(key, column)}
          />
        ))}
      <GroupField options={options} onChange={onChange} info={info} columns={isTable ? columns : []} />
      {isTable && (info?.label ?? options.labelColumn ?? null) !== null && (
        <LabelsOfCell options={options} onChange={onChange} info={info} />
      )}
      {isOfPictures && <PictureReading options={options} onChange={onChange} info={info} />}
    </div>
  );
}

const isOneOf = (forms: Readonly<Record<string, string>>, form: string | undefined): boolean =>
  form !== undefined && Object.values(forms).includes(form);

/** Tunes to learn to write, or melodies for which chords are written. */
function TuneReading({ options, onChange }: Pick<Props, 'options' | 'onChange'>) {
  return (
    <Select
      label="Samples"
      data={[
        { value: 'tunes', label: 'Tunes: each is a text' },
        { value: CHORDS, label: 'Phrases: melody to chords' },
      ]}
      value={options.targetColumn === CHORDS ? CHORDS : 'tunes'}
      onChange={(choice) => {
        const { targetColumn: _, ...rest } = options;
        onChange(choice === CHORDS ? { ...rest, targetColumn: CHORDS } : rest);
      }}
      allowDeselect={false}
    />
  );
}

const DETECTED = 'auto';
const NONE = 'none';

/** A comment or a title may stand above the header. */
const FIRST_LINES = [1, 2, 3];

/** Whether the first line names the columns; with it their names change, so that none of those that were chosen stays. */
function HeaderField({ options, onChange }: Pick<Props, 'options' | 'onChange'>) {
  const { headerLine } = options;
  const lines = [...new Set([...FIRST_LINES, headerLine || 1])];
  return (
    <Select
      label="Header"
      data={[
        { value: DETECTED, label: 'Detected' },
        ...lines.map((line) => ({ value: String(line), label: `Line ${line}` })),
        { value: '0', label: 'None: the first line is a sample' },
      ]}
      value={headerLine?.toString() ?? DETECTED}
      onChange={(choice) => {
        const { headerLine: _, sampleColumn: __, groupColumn: ___, ...others } = options;
        const rest = Object.fromEntries(
          Object.entries(others).filter(([key]) => !ROLES.some((role) => role.key === key)),
        );
        onChange(choice === null || choice === DETECTED ? rest : { ...rest, headerLine: Number(choice) });
      }}
      allowDeselect={false}
    />
  );
}

/** Of what never lies in two parts: found, none, or a column of the table. */
function GroupField({ options, onChange, info, columns }: Omit<Props, 'mayBeText'>) {
  const { groupColumn, ungrouped = false } = options;
  const all = info?.chosenFrom ?? columns;
  if (all.length === 0 && !ungrouped && (info?.group ?? null) === null) return null;
  const isFound = groupColumn === undefined && !ungrouped && info !== undefined;
  // A column may have any name, also these.
  const column = (name: string) => `column ${name}`;
  return (
    <Select
      label="Group column"
      data={[
        { value: DETECTED, label: isFound ? `Detected: ${info.group ?? 'none'}` : 'Detected' },
        { value: NONE, label: 'None: any sample may lie in any part' },
        ...[...new Set(all)].map((name) => ({ value: column(name), label: name })),
      ]}
      value={ungrouped ? NONE : groupColumn === undefined ? DETECTED : column(groupColumn)}
      onChange={(choice) => {
        const { groupColumn: _, ungrouped: __, ...rest } = options;
        const name = all.find((one) => column(one) === choice);
        if (choice === NONE) onChange({ ...rest, ungrouped: true });
        else onChange(name === undefined ? rest : { ...rest, groupColumn: name });
      }}
      searchable
      allowDeselect={false}
    />
  );
}

/** Whether `a;b` is one class, or two labels. */
function LabelsOfCell({ options, onChange, info }: Pick<Props, 'options' | 'onChange' | 'info'>) {
  const found = info?.columns.find(({ name }) => name === info.label)?.kind;
  const detected = found === undefined ? 'Detected' : `Detected: ${found === 'labels' ? 'several' : 'one'}`;
  return (
    <Select
      label="Labels of a sample"
      data={[
        { value: DETECTED, label: options.labels === undefined ? detected : 'Detected' },
        { value: 'one', label: 'One: the cell is a class' },
        { value: 'several', label: 'Several: a;b, a|b, a list' },
      ]}
      value={options.labels ?? DETECTED}
      onChange={(choice) => {
        const { labels: _, ...rest } = options;
        onChange(choice === 'one' || choice === 'several' ? { ...rest, labels: choice } : rest);
      }}
      allowDeselect={false}
    />
  );
}

const SIZES = ['8', '16', '20', '24', '28', '32', '48', '64', '96', '128'];

/** What pictures are reduced to. */
function PictureReading({ options, onChange, info }: Pick<Props, 'options' | 'onChange' | 'info'>) {
  const found = info?.columns.find(({ picture }) => picture)?.picture;
  const set = (change: Pick<ImportOptions, 'pictureSize' | 'pictureColour'>) => {
    const { pictureSize: _, pictureColour: __, ...rest } = options;
    const next = { ...options, ...change };
    onChange({
      ...rest,
      ...(next.pictureSize !== undefined && { pictureSize: next.pictureSize }),
      ...(next.pictureColour !== undefined && { pictureColour: next.pictureColour }),
    });
  };
  return (
    <>
      <Select
        label="Size of pictures"
        data={[
          { value: DETECTED, label: found ? `Detected: ${found.width} pixels` : 'Detected' },
          ...SIZES.map((size) => ({ value: size, label: `${size} pixels` })),
        ]}
        value={options.pictureSize?.toString() ?? DETECTED}
        onChange={(size) =>
          set({ pictureSize: size === null || size === DETECTED ? undefined : Number(size) })
        }
        allowDeselect={false}
      />
      <Select
        label="Colours"
        data={[
          {
            value: DETECTED,
            label: found ? `Detected: ${found.channels === 1 ? 'grey' : 'colour'}` : 'Detected',
          },
          { value: 'grey', label: 'Grey' },
          { value: 'colour', label: 'Colour' },
        ]}
        value={options.pictureColour ?? DETECTED}
        onChange={(colour) =>
          set({ pictureColour: colour === 'grey' || colour === 'colour' ? colour : undefined })
        }
        allowDeselect={false}
      />
    </>
  );
}
