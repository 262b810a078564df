// The experiment as a form, in the order of its decisions: data, task, split, pipeline, model, training, scores.
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetsQuery } from '../../engine/queries.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import { Panel, Scroll } from '../../ui/page.tsx';
import classes from './design.module.css';
import { valueAt } from './draft.ts';
import { useDraft } from './draft-context.tsx';
import { ChoiceField, NumberField, SwitchField, TextField } from './fields.tsx';
import { ModelSection } from './model-section.tsx';
import { PipelineEditor } from './pipeline-editor.tsx';
import { SplitEditor } from './split-editor.tsx';
import { TrainingSection } from './training-section.tsx';

export function DesignForm() {
  const { draft } = useDraft();
  const { Section } = screensOf(valueAt(draft, 'task.kind'));
  return (
    <Scroll label="Experiment" className={classes.form ?? ''}>
      <div className={classes.sections}>
        <DataSection />
        <Section />
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
  /** Another dataset has other columns: targets and features are reset. */
  function choose(name: string): void {
    const dataset = datasets.find((candidate) => candidate.name === name);
    if (!dataset) return;
    const fresh = screensOf(valueAt(draft, 'task.kind')).suggest(dataset);
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
          help="The newest version; the run keeps to it for good."
          data={datasets.map(({ name }) => name)}
          onChange={choose}
        />
        <TextField path="name" help="What the runs are called in every list." />
      </div>
    </Panel>
  );
}

function ScoreSection() {
  return (
    <Panel title="Scores and backend">
      <div className={classes.fields}>
        <ChoiceField
          path="evaluation.scale"
          help="The column's own, or scaled as published tables are."
          data={[
            { value: 'original', label: 'As the column' },
            { value: 'standardized', label: 'Standardized' },
          ]}
        />
        <ChoiceField
          path="backend"
          help="What computes: simd is everywhere and exact, tensorflow needs its package installed."
          data={['simd', 'cpu', 'tensorflow']}
        />
        <NumberField
          path="evaluation.season"
          help="Rows in a season, for the seasonal baseline. Empty: by the frequency."
          min={1}
          optional
        />
        <NumberField
          path="evaluation.dropPartialBatchOf"
          help="Leaves out the last windows of the test, as some published tables do. Empty: none."
          min={1}
          optional
        />
        <SwitchField
          path="allowBackendFallback"
          help="Where that backend is not there; else the run ends with an error."
        />
      </div>
    </Panel>
  );
}
