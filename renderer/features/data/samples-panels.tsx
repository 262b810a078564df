// What is known of a dataset of samples: its classes with their samples, its columns, and where it came from.
import type { SamplesInfo } from '../../../engine/contract/samples.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Facts, Panel, TableScroll } from '../../ui/page.tsx';

const MOST_CLASSES = 200;

export function SamplesPanels({ info }: { readonly info: SamplesInfo }) {
  return (
    <>
      {info.label !== null && <ClassTable info={info} />}
      <ColumnTable info={info} />
    </>
  );
}

function ClassTable({ info }: { readonly info: SamplesInfo }) {
  const { classes, label } = info;
  const all = classes.reduce((sum, { samples }) => sum + samples, 0);
  return (
    <Panel title={`Classes: ${formatCount(classes.length)} values of ${label ?? 'the label'}`}>
      <TableScroll label="Classes">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col" className="num">
                Samples
              </th>
              <th scope="col" className="num">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {classes.slice(0, MOST_CLASSES).map(({ name, samples }) => (
              <tr key={name}>
                <td style={{ overflowWrap: 'anywhere' }}>{name}</td>
                <td className="num">{formatCount(samples)}</td>
                <td className="num">{((100 * samples) / all).toFixed(1)} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  );
}

/** What the sizes of a column's values are. */
const SIZES = {
  text: 'characters',
  sequence: 'steps',
  audio: 'seconds',
  numeric: '',
  category: '',
} as const;

function ColumnTable({ info }: { readonly info: SamplesInfo }) {
  return (
    <Panel title="Columns">
      <TableScroll label="Columns">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Kind</th>
              <th scope="col" className="num">
                Missing
              </th>
              <th scope="col" className="num">
                Shortest
              </th>
              <th scope="col" className="num">
                Mean
              </th>
              <th scope="col" className="num">
                Longest
              </th>
              <th scope="col">In</th>
            </tr>
          </thead>
          <tbody>
            {info.columns.map(({ name, kind, missing, min, mean, max }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>{kind}</td>
                <td className="num">{formatCount(missing)}</td>
                <td className="num">{formatNumber(min)}</td>
                <td className="num">{formatNumber(mean)}</td>
                <td className="num">{formatNumber(max)}</td>
                <td>{SIZES[kind]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  );
}

/** Of the panel that says where it came from. */
export function samplesFacts(info: SamplesInfo): readonly (readonly [string, string])[] {
  return [
    ['Form', info.form],
    ['Input', info.input ?? 'the columns of numbers'],
    ['Label', info.label ?? '–'],
    ['Groups', info.group === null ? 'none' : `${info.group}, ${formatCount(info.groups)}`],
    [
      'Given parts',
      info.parts.map(({ part, samples }) => `${part} ${formatCount(samples)}`).join(', ') || 'none',
    ],
    ['Equal inputs', formatCount(info.duplicates)],
  ];
}

/** In the preview of an import. */
export function SamplesPreview({ info }: { readonly info: SamplesInfo }) {
  const named = info.classes.slice(0, 8).map(({ name, samples }) => `${name} (${formatCount(samples)})`);
  const more = info.classes.length > named.length ? `, and ${info.classes.length - named.length} more` : '';
  return <Facts rows={[...samplesFacts(info), ['Classes', `${named.join(', ')}${more}`]]} />;
}
