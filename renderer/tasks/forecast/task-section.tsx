// The task section of the form: targets, inputs, horizon, and the loss.
import { useQuery } from '@tanstack/react-query';
import type { Catalogue } from '../../../engine/contract/runs/catalogue.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetQuery } from '../../engine/queries.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/design/design.module.css';
import { valueAt, withValue } from '../../features/design/draft.ts';
import { useDraft, useField } from '../../features/design/draft-context.tsx';
import { LOSS_HELP, LOSSES } from '../../features/design/field-texts.ts';
import { ChoiceField, ColumnsField, NumberField, SwitchField } from '../../features/design/fields.tsx';
import { IntervalFields } from './interval-fields.tsx';
import { withIntervalScores } from './interval-scores.ts';

export function ForecastBasics() {
  const { dataset, draft, setDraft } = useDraft();
  const numeric = dataset?.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name) ?? [];
  /** Inputs that are the targets stay so. */
  function choose(targets: readonly string[]): void {
    const isSame =
      JSON.stringify(valueAt(draft, 'task.features')) === JSON.stringify(valueAt(draft, 'task.targets'));
    const next = withValue(draft, 'task.targets', targets);
    setDraft(isSame && targets.length > 0 ? withValue(next, 'task.features', targets) : next);
  }
  return (
    <>
      <ColumnsField
        path="task.targets"
        help="Columns whose future is wanted."
        data={numeric}
        onChange={choose}
      />
      <NumberField
        path="task.horizon"
        help={`Rows of the future it forecasts at once${every(dataset?.frequency)}.`}
        min={1}
        unit="rows"
      />
    </>
  );
}

export function ForecastDetails() {
  const { dataset, draft, setDraft } = useDraft();
  const catalogue = useCatalogue();
  const all = dataset?.columns.map(({ name }) => name) ?? [];
  const loss = String(useField('task.loss').value ?? 'mse');
  const chosen = useField('task.metrics').value;
  const metrics: readonly unknown[] = Array.isArray(chosen) ? chosen : [];
  return (
    <div className={classes.fields}>
      <ColumnsField
        path="task.features"
        help="Columns whose past the model sees."
        data={all}
        none="The same"
      />
      <ColumnsField
        path="task.knownAhead"
        help="Those of them that are planned or otherwise known for the rows ahead; the model sees them as far as the horizon. A forecast of the future needs their values."
        data={all}
        none="None"
      />
      <ColumnsField
        path="task.calendar"
        // None is a choice: left out, the data decide.
        onChange={(next) => setDraft(withValue(draft, 'task.calendar', next))}
        help="Cycles of the calendar as inputs that are known ahead, in UTC."
        data={[
          { value: 'time-of-day', label: 'Time of day' },
          { value: 'weekday', label: 'Weekday' },
          { value: 'time-of-year', label: 'Time of year' },
        ]}
        none="None"
      />
      {dataset && dataset.series > 1 && (
        <ColumnsField
          path="task.staticFeatures"
          help="Those of the inputs that say what a series is, such as the size of a store: they do not change over its rows, and are scaled over all series."
          data={all}
          none="None"
        />
      )}
      {dataset && dataset.series > 1 && (
        <SwitchField
          path="task.seriesIdentity"
          help="An input for each series says which one a window is of: one model for all that can treat them differently."
        />
      )}
      {dataset && dataset.series > 1 && <SeriesField name={dataset.name} version={dataset.version} />}
      <NumberField
        path="task.lookback"
        help={`Rows of the past it sees${every(dataset?.frequency)}.`}
        min={1}
        unit="rows"
      />
      <NumberField
        path="task.stride"
        help="Rows between neighbouring training windows: more is faster and learns less."
        min={1}
        unit="rows"
      />
      <ChoiceField
        path="task.origins"
        help="Makes a forecast at every row, or only at rows whose full horizon is known: for targets that are recorded now and then."
        data={[
          { value: 'every', label: 'Every row' },
          { value: 'complete', label: 'Where every target is known' },
        ]}
      />
      <ChoiceField
        path="task.gaps"
        help="Rows that a regular series lacks: put in without values, so that every row is one step after the one before, or passed over."
        data={[
          { value: 'grid', label: 'Missing values' },
          { value: 'rows', label: 'Neighbours' },
        ]}
      />
      <NumberField
        path="task.crossGaps"
        help="Longest gap, in missing rows, that a window may contain. Empty: a tenth of the look-back."
        min={0}
        unit="rows"
        optional
      />
      <ChoiceField
        path="task.firstForecast"
        help="What the untrained model answers. No change, the last value where the pipeline subtracts it, suits prices: little else can be learned of them."
        data={[
          { value: 'random', label: 'Random' },
          { value: 'zero', label: 'No change' },
        ]}
        unset="random"
      />
      <ChoiceField
        path="task.loss"
        help={LOSS_HELP[loss]}
        data={LOSSES}
        onChange={(next) => setDraft(withIntervalScores(withValue(draft, 'task.loss', next)))}
      />
      {loss === 'huber' && (
        <NumberField
          path="task.huberDelta"
          help="From this error on its size counts, not its square; in units of the model."
          step={0.1}
        />
      )}
      <IntervalFields />
      <ColumnsField
        path="task.metrics"
        help={`Of the scores; the first one leads in every list. ${meaningsOf(metrics, catalogue)}`}
        data={catalogue.metrics
          .filter(({ answers }) => answers === undefined)
          .map(({ name, label }) => ({ value: name, label }))}
      />
    </div>
  );
}

const meaningsOf = (metrics: readonly unknown[], catalogue: Catalogue): string =>
  catalogue.metrics
    .filter(({ name }) => metrics.includes(name))
    .map(({ label, meaning }) => `${label}: ${meaning}`)
    .join(' ');

function SeriesField({ name, version }: { readonly name: string; readonly version: number }) {
  const { data } = useQuery(datasetQuery(useEngine(), name, version));
  return (
    <ColumnsField
      path="task.series"
      help="Those that take part, one model for all."
      data={data?.seriesInfo.map((series) => series.name) ?? []}
      none="All"
    />
  );
}

/** `1 day` -> `, 1 day each`. */
const every = (frequency: string | null | undefined): string =>
  frequency && frequency !== 'irregular' ? `, ${frequency} each` : '';
