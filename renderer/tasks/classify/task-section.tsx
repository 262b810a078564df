// The task section of the form: what is read, what is said of it, and how texts become tokens.
import classes from '../../features/design/design.module.css';
import { useDraft } from '../../features/design/draft-context.tsx';
import { ChoiceField, ColumnsField, NumberField, SwitchField } from '../../features/design/fields.tsx';
import {
  BestByField,
  InputField,
  MetricsField,
  ReadingFields,
  useColumns,
} from '../samples/reading-fields.tsx';

export function ClassifyBasics() {
  const { dataset } = useDraft();
  return dataset && !dataset.samples ? <WindowBasics /> : <SampleBasics />;
}

/** Of series: what comes after a window of rows. */
function WindowBasics() {
  const { dataset } = useDraft();
  const columns = dataset?.columns.map(({ name }) => name) ?? [];
  return (
    <>
      <ChoiceField
        path="task.label"
        help="A column of words: which one comes. A column of numbers: whether it goes up or down."
        data={columns}
      />
      <NumberField path="task.window.ahead" help="So long after the window." min={1} unit="rows" />
      <NumberField path="task.window.lookback" help="What the model reads." min={1} unit="rows" />
    </>
  );
}

function SampleBasics() {
  return (
    <>
      <InputField />
      <ChoiceField
        path="task.label"
        help="The column whose words it learns to say."
        data={useColumns('category')}
      />
    </>
  );
}

export function ClassifyDetails() {
  const { dataset } = useDraft();
  const isOfWindows = dataset !== undefined && dataset !== null && !dataset.samples;
  return (
    <div className={classes.fields}>
      {isOfWindows && <WindowFields columns={dataset.columns.map(({ name }) => name)} />}
      <ReadingFields />
      <ChoiceField
        path="task.classWeights"
        help="Balanced: a rare class counts as much as a frequent one in the loss."
        data={[
          { value: 'none', label: 'As frequent as they are' },
          { value: 'balanced', label: 'Balanced' },
        ]}
      />
      <NumberField
        path="task.labelSmoothing"
        help="Share of the truth that is spread over all classes."
        step={0.05}
        min={0}
      />
      <BestByField
        metrics={[
          { value: 'accuracy', label: 'Accuracy' },
          { value: 'balanced-accuracy', label: 'Balanced accuracy' },
          { value: 'macro-f1', label: 'Macro-F1' },
        ]}
      />
      <ChoiceField
        path="task.decision"
        help="Of two classes: where the rarer one begins to be said."
        data={[
          { value: 'most-probable', label: 'The most probable class' },
          { value: 'threshold', label: 'The threshold of the best macro-F1 on validation' },
        ]}
      />
      <MetricsField answers="classes" />
    </div>
  );
}

function WindowFields({ columns }: { readonly columns: readonly string[] }) {
  return (
    <>
      <ColumnsField
        path="task.window.columns"
        help="What is read of each row."
        data={columns.map((name) => ({ value: name, label: name }))}
      />
      <SwitchField
        path="task.window.relative"
        help="Numbers count as differences from the last row, so that their level does not matter."
      />
    </>
  );
}
