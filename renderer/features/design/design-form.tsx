// The experiment as a form, in the order in which one thinks: data, task, split, pipeline, model, training, scores.
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetsQuery } from '../../engine/queries.ts';
import { Panel, Scroll } from '../../ui/page.tsx';
import classes from './design.module.css';
import { suggestDraft, valueAt } from './draft.ts';
import { useDraft, useField } from './draft-context.tsx';
import { ChoiceField, ColumnsField, NumberField, SwitchField, TextField } from './fields.tsx';
import { ModelSection } from './model-section.tsx';
import { PipelineEditor } from './pipeline-editor.tsx';
import { SplitEditor } from './split-editor.tsx';

export function DesignForm() {
  return (
    <Scroll label="Experiment" className={classes.form ?? ''}>
      <div className={classes.sections}>
        <DataSection />
        <TaskSection />
        <Panel title="Split">
          <p className={classes.lead}>
            In order of time: it learns on the first part, is stopped and chosen by the second, and is scored
            on the last, which it never sees.
          </p>
          <SplitEditor />
        </Panel>
        <Panel title="Pipeline">
          <p className={classes.lead}>
            From values to what the model sees. Whatever is estimated is estimated on the training part alone.
          </p>
          <PipelineEditor />
        </Panel>
        <ModelSection />
        <TrainingSection />
        <ScoreSection />
      </div>
    </Scroll>
  );
}

function DataSection() {
  const { draft, setDraft } = useDraft();
  const { data: datasets = [] } = useQuery(datasetsQuery(useEngine()));
  /** Another dataset has other columns: targets and features begin anew. */
  function choose(name: string): void {
    const dataset = datasets.find((candidate) => candidate.name === name);
    if (!dataset) return;
    const fresh = suggestDraft(dataset);
    setDraft({
      ...draft,
      name: fresh.name,
      dataset: fresh.dataset,
      task: fresh.task,
      pipeline: fresh.pipeline,
    });
  }
  return (
    <Panel title="Data">
      <div className={classes.fields}>
        <ChoiceField
          path="dataset.name"
          label="Dataset"
          help="The newest version; the run keeps to it for good."
          data={datasets.map(({ name }) => name)}
          onChange={choose}
        />
        <TextField path="name" label="Name" help="What the runs are called in every list." />
      </div>
    </Panel>
  );
}

function TaskSection() {
  const { dataset } = useDraft();
  const numeric = dataset?.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name) ?? [];
  const all = dataset?.columns.map(({ name }) => name) ?? [];
  return (
    <Panel title="Task">
      <div className={classes.fields}>
        <ColumnsField
          path="task.targets"
          label="Forecast"
          help="Columns whose future is wanted."
          data={numeric}
        />
        <ColumnsField
          path="task.features"
          label="From"
          help="Columns whose past the model sees."
          data={all}
          none="The same"
        />
        <NumberField
          path="task.lookback"
          label="Look-back"
          help={`Rows of the past it sees${every(dataset?.frequency)}.`}
          min={1}
          unit="rows"
        />
        <NumberField
          path="task.horizon"
          label="Horizon"
          help="Rows of the future it forecasts at once."
          min={1}
          unit="rows"
        />
        <ChoiceField
          path="task.loss"
          label="Loss"
          help="Squares punish large errors most; absolute errors forgive outliers."
          data={[
            { value: 'mse', label: 'Mean squared error' },
            { value: 'mae', label: 'Mean absolute error' },
          ]}
        />
        <NumberField
          path="task.stride"
          label="Stride"
          help="Rows between neighbouring training windows: more is faster and learns less."
          min={1}
          unit="rows"
        />
      </div>
    </Panel>
  );
}

/** `1 day` -> `, 1 day each`. */
const every = (frequency: string | null | undefined): string =>
  frequency && frequency !== 'irregular' ? `, ${frequency} each` : '';

function TrainingSection() {
  const { draft } = useDraft();
  const stopping = useField('training.earlyStopping');
  const clipping = useField('training.clipNorm');
  return (
    <Panel title="Training">
      <div className={classes.fields}>
        <NumberField
          path="training.epochs"
          label="Epochs"
          help="Times it sees the whole training part, at most."
          min={1}
        />
        <NumberField
          path="training.batchSize"
          label="Batch size"
          help="Windows for one step: more are smoother, and fewer steps."
          min={1}
        />
        <NumberField
          path="training.optimizer.learningRate"
          label="Learning rate"
          help="Length of a step: too long diverges, too short never arrives."
          step={0.0001}
        />
        {clipping.value !== null && (
          <NumberField
            path="training.clipNorm"
            label="Clip gradients at"
            help="A longer gradient is cut to this norm, so that one odd batch cannot throw it off."
            step={0.1}
          />
        )}
        {stopping.value !== null && (
          <NumberField
            path="training.earlyStopping.patience"
            label="Patience"
            help="Ends after so many epochs without a better validation loss."
            min={1}
            unit="epochs"
          />
        )}
        <NumberField
          path="seed"
          label="Seed"
          help="The same seed gives the same weights, bit for bit."
          min={0}
        />
        <SwitchField
          path="training.shuffle"
          label="Shuffle"
          help="Training windows in another order in each epoch."
        />
        <NullableSwitch
          label="Stop early"
          help="Keeps the best epoch and stops when none better comes."
          isOn={stopping.value !== null}
          onChange={(on) => stopping.set(on ? { patience: 5 } : null)}
        />
        <NullableSwitch
          label="Clip gradients"
          help="Keeps single steps from being too long."
          isOn={clipping.value !== null}
          onChange={(on) => clipping.set(on ? 1 : null)}
        />
        {valueAt(draft, 'training.earlyStopping') === null && (
          <p className={`${classes.whole} muted`} style={{ margin: 0 }}>
            It trains to the last epoch; the best one is still the one that is kept.
          </p>
        )}
      </div>
    </Panel>
  );
}

interface NullableSwitchProps {
  readonly label: string;
  readonly help: string;
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => void;
}

function NullableSwitch({ label, help, isOn, onChange }: NullableSwitchProps) {
  return (
    <Switch
      label={label}
      description={help}
      checked={isOn}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function ScoreSection() {
  return (
    <Panel title="Scores and backend">
      <div className={classes.fields}>
        <ChoiceField
          path="evaluation.scale"
          label="Unit of the scores"
          help="The column's own, or scaled as published tables are."
          data={[
            { value: 'original', label: 'As the column' },
            { value: 'standardized', label: 'Standardized' },
          ]}
        />
        <ChoiceField
          path="backend"
          label="Backend"
          help="What computes: simd is everywhere and exact, tensorflow wants its package."
          data={['simd', 'cpu', 'tensorflow']}
        />
      </div>
    </Panel>
  );
}
