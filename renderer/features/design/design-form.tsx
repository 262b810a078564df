// The experiment as a form in two levels: what it is about, and folded below it everything that has a default.
import { Button } from '@mantine/core';
import { usePreference } from '../../app/preferences.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import { Scroll } from '../../ui/page.tsx';
import { Basics } from './basics.tsx';
import { sizeLine, splitLine } from './defaults.ts';
import classes from './design.module.css';
import { valueAt } from './draft.ts';
import { useDraft } from './draft-context.tsx';
import { ChoiceField, NumberField, SwitchField, TextField } from './fields.tsx';
import { Fold } from './fold.tsx';
import { FOLD_IDS, openFolds, setOpenFolds } from './folds.ts';
import { ModelOptions } from './model-section.tsx';
import { PipelineEditor, stepLabels } from './pipeline-editor.tsx';
import { PresetMenu } from './preset-menu.tsx';
import { SplitEditor } from './split-editor.tsx';
import { TrainingFields } from './training-section.tsx';

export function DesignForm() {
  return (
    <Scroll label="Experiment" className={classes.form ?? ''}>
      <div className={classes.sections}>
        <Basics />
        <AdvancedHead />
        <Folds />
      </div>
    </Scroll>
  );
}

function AdvancedHead() {
  const [text] = usePreference('designFolds');
  const isAllOpen = openFolds(text).length === FOLD_IDS.length;
  return (
    <div className={classes.advancedHead}>
      <h2 className={classes.advancedTitle}>Advanced</h2>
      <div>
        <PresetMenu />
        <Button variant="subtle" size="compact-xs" onClick={() => setOpenFolds(isAllOpen ? [] : FOLD_IDS)}>
          {isAllOpen ? 'Fold all' : 'Unfold all'}
        </Button>
      </div>
    </div>
  );
}

function Folds() {
  const { draft, complete } = useDraft();
  const { DetailFields, hasTimes } = screensOf(valueAt(draft, 'task.kind'));
  // A field that is set is shown, so that it can be taken away where it does not suit.
  const hasPipeline = hasTimes || (complete?.pipeline.length ?? 0) > 0;
  const hasScale = hasTimes || complete?.evaluation.scale === 'standardized';
  return (
    <div className={classes.folds}>
      <Fold id="task" summary="As suggested for this data">
        <DetailFields />
      </Fold>
      <Fold id="split" summary={complete ? splitLine(complete) : ''}>
        <p className={classes.lead}>
          {hasTimes && 'In order of time: '}
          {hasTimes ? 'it' : 'It'} learns on the first part, is stopped and chosen by the second, and is
          scored on the last, which it never sees.
        </p>
        <SplitEditor />
      </Fold>
      {hasPipeline && (
        <Fold id="pipeline" summary={stepLabels(complete?.pipeline ?? [])}>
          <p className={classes.lead}>
            From values to what the model sees. Whatever is estimated is estimated on the training part alone.
          </p>
          <PipelineEditor />
        </Fold>
      )}
      <Fold id="model" summary={complete ? sizeLine(complete.model) : ''}>
        <ModelOptions />
      </Fold>
      <Fold id="training" summary={complete ? trainingLine(complete.training) : ''}>
        <TrainingFields />
      </Fold>
      {hasScale && (
        <Fold
          id="scores"
          summary={
            complete?.evaluation.scale === 'standardized' ? 'Standardized' : 'In the unit of the column'
          }
        >
          <ScoreFields />
        </Fold>
      )}
      <Fold id="run" summary={`“${String(draft.name ?? '')}”, seed ${String(complete?.seed ?? '')}`}>
        <RunFields />
      </Fold>
    </div>
  );
}

const trainingLine = ({
  epochs,
  optimizer,
}: {
  readonly epochs: number;
  readonly optimizer: { readonly learningRate: number };
}): string => `${epochs} epochs at most, learning rate ${optimizer.learningRate}`;

function RunFields() {
  return (
    <div className={classes.fields}>
      <TextField path="name" help="What the runs are called in every list." />
      <NumberField path="seed" help="The same seed gives the same weights, bit for bit." min={0} />
      <ChoiceField
        path="backend"
        help="What computes: simd is everywhere and exact, tensorflow needs its package installed."
        data={['simd', 'cpu', 'tensorflow']}
      />
      <SwitchField
        path="allowBackendFallback"
        help="Where that backend is not there; else the run ends with an error."
      />
    </div>
  );
}

function ScoreFields() {
  return (
    <div className={classes.fields}>
      <ChoiceField
        path="evaluation.scale"
        help="The column's own, or scaled as published tables are."
        data={[
          { value: 'original', label: 'As the column' },
          { value: 'standardized', label: 'Standardized' },
        ]}
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
    </div>
  );
}
