// The task section of the form: which texts are read, and which labels are said of their words or letters.
import classes from '../../features/design/design.module.css';
import { useDraft, useField } from '../../features/design/draft-context.tsx';
import { ChoiceField, ColumnsField, NumberField, TextField } from '../../features/design/fields.tsx';
import {
  EmbeddingField,
  InputField,
  MetricsField,
  TokensByField,
  useColumns,
  VocabularyFields,
} from '../samples/reading-fields.tsx';

const TEXTS = ['text', 'tokens', 'category'];

export function LabelBasics() {
  const { dataset } = useDraft();
  return dataset && !dataset.samples ? <RowBasics /> : <TextBasics />;
}

/** Of series: what each row is. */
function RowBasics() {
  const { dataset } = useDraft();
  const words = (dataset?.columns ?? []).filter(({ kind }) => kind === 'category').map(({ name }) => name);
  return (
    <>
      <ChoiceField
        path="task.target"
        label="Label"
        help="A column of words: what each row is."
        data={words}
      />
      <NumberField path="task.window.lookback" help="What the model reads together." min={1} unit="rows" />
    </>
  );
}

function RowFields() {
  const { dataset } = useDraft();
  const numbers = (dataset?.columns ?? []).filter(({ kind }) => kind === 'numeric');
  return (
    <ColumnsField
      path="task.window.columns"
      help="What is read of each row."
      data={numbers.map(({ name }) => ({ value: name, label: name }))}
    />
  );
}

function TextBasics() {
  const { dataset } = useDraft();
  const input = useField('task.input').value;
  // The items of a list are its tokens.
  const isOfLists = dataset?.columns.find(({ name }) => name === input)?.kind === 'tokens';
  return (
    <>
      <InputField kinds={TEXTS} />
      <ChoiceField
        path="task.target"
        label="Labels"
        help="A label for each word, letter or item, in the same order."
        data={useColumns(...TEXTS)}
      />
      {!isOfLists && (
        <TokensByField
          help="What has a label of its own."
          data={[
            { value: 'words', label: 'Words' },
            { value: 'characters', label: 'Characters' },
            { value: 'numbers', label: 'Rows of numbers' },
          ]}
        />
      )}
    </>
  );
}

export function LabelDetails() {
  const { dataset } = useDraft();
  const isOfRows = dataset !== undefined && dataset !== null && !dataset.samples;
  return (
    <div className={classes.fields}>
      {isOfRows && <RowFields />}
      {!isOfRows && <TextFields />}
      <TextField
        path="task.noLabel"
        help="What stands where a token has no label: it is neither learned nor scored."
        optional
      />
      <MetricsField answers="classes" />
    </div>
  );
}

function TextFields() {
  return (
    <>
      <NumberField
        path="task.mostSteps"
        help="Of longer texts the beginning is read."
        min={1}
        unit="tokens"
      />
      <VocabularyFields />
      <EmbeddingField />
    </>
  );
}
