// The card of an exported model: inputs, outputs, test scores and origin.

import type { ExportedModel } from '../../../engine/contract/results/new-data.ts';
import { bandsOf } from '../../../engine/contract/tasks/quantiles.ts';
import { isUploaded } from '../../../engine/contract/values/source-name.ts';
import { formatCount, formatPower, plural } from '../../ui/format.ts';
import { Facts, Panel } from '../../ui/page.tsx';
import { ScoreHead } from '../../ui/score-head.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import classes from './model.module.css';

export function ModelCard({ model, folder }: { readonly model: ExportedModel; readonly folder: string }) {
  const { verified } = model;
  return (
    <div className={classes.card}>
      <Panel title="Model">
        <p className={classes.description}>{model.description}</p>
        <Facts rows={factsOf(model)} />
        {model.notes.map((note) => (
          <p key={note} className={classes.description}>
            {note}
          </p>
        ))}
      </Panel>
      {model.scores.length > 0 && (
        <Panel title="Test scores">
          <ScoreTable model={model} />
        </Panel>
      )}
      <Panel title="Where it comes from">
        <Facts
          rows={[
            ['Trained on', `${model.dataset}, version ${model.datasetVersion}`],
            ['Training data', <Hash key="data" text={model.dataHash} />],
            ['Weights', model.weightsHash && <Hash key="weights" text={model.weightsHash} />],
            ['Seed', String(model.seed)],
            [
              'Checked',
              `on ${plural(verified.windows, 'window')}, at most ${formatPower(verified.largestDifference)} standard deviations off the run`,
            ],
            ['Folder', isUploaded(folder) ? 'uploaded by this page, until its tab is closed' : folder],
          ]}
        />
      </Panel>
    </div>
  );
}

function factsOf(model: ExportedModel) {
  return [
    ['Architecture', model.modelKind],
    ['Forecasts', model.targets.join(', ')],
    ['From', model.columns.join(', ')],
    ['Inputs', `${formatCount(model.inputs.length)}: ${model.inputs.join(', ')}`],
    ['Intervals', intervalsOf(model)],
    ['Look-back', plural(model.lookback, 'row')],
    ['Horizon', plural(model.horizon, 'row')],
    ['Every', model.frequencies.join(', ')],
    ['Series', model.series.length > 1 ? model.series.join(', ') : null],
    ['Units', model.units === 'data' ? 'those of the data' : `its own: ${model.whyModelUnits}`],
    ['Before it', model.stepsBefore.length > 0 ? model.stepsBefore.join(', ') : 'nothing'],
  ] as const;
}

/** Null for a model without quantiles, a row that is left out. */
function intervalsOf({ levels, quantilesFrom }: ExportedModel): string | null {
  if (levels === null) return null;
  const shares = bandsOf(levels).map(({ nominal }) => Number((100 * nominal).toFixed(7)));
  return `${shares.join(', ')} %: ${quantilesFrom}`;
}

function Hash({ text }: { readonly text: string }) {
  return (
    <code className="mono" title={text}>
      {text.slice(0, 16)}
    </code>
  );
}

/** Of the test part, over all targets; baselines beside the model. */
function ScoreTable({ model }: { readonly model: ExportedModel }) {
  const [target = null] = model.targets;
  const scores = model.scores.filter(
    (score) =>
      score.part === 'test' &&
      (score.target === null || (model.targets.length === 1 && score.target === target)),
  );
  const metrics = [...new Set(scores.map(({ metric }) => metric))];
  const subjects = [...new Set(scores.map(({ subject }) => subject))];
  return (
    <table className="plain-table">
      <ScoreHead metrics={metrics} />
      <tbody>
        {subjects.map((subject) => (
          <tr key={subject}>
            <td style={subject === 'model' ? { fontWeight: 600 } : undefined}>{subject}</td>
            {metrics.map((metric) => (
              <td key={metric} className="num">
                <ScoreValue
                  metric={metric}
                  value={scores.find((score) => score.subject === subject && score.metric === metric)?.value}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
