// The task section of the form: which texts are read, and which labels are said of their words or letters.
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/design/design.module.css';
import { useDraft } from '../../features/design/draft-context.tsx';
import {
  ChoiceField,
  ColumnsField,
  NumberField,
  SwitchField,
  TextField,
} from '../../features/design/fields.tsx';

export function LabelBasics() {
  const { dataset } = useDraft();
  const columns = (dataset?.columns ?? [])
    .filter(({ kind }) => kind === 'text' || kind === 'category')
    .map(({ name }) => name);
  return (
    <>
      <ChoiceField path="task.input" help="The column that the model reads." data={columns} />
      <ChoiceField
        path="task.target"
        help="The column with a label for each word or letter, in the same order."
        data={columns}
      />
      <ChoiceField
        path="task.tokens.by"
        help="What has a label of its own."
        data={[
          { value: 'words', label: 'Words between spaces' },
          { value: 'characters', label: 'Characters' },
        ]}
      />
    </>
  );
}

export function LabelDetails() {
  const catalogue = useCatalogue();
  return (
    <div className={classes.fields}>
      <NumberField
        path="task.mostSteps"
        help="Of longer texts the beginning is read."
        min={1}
        unit="tokens"
      />
      <TextField
        path="task.noLabel"
        help="What stands where a token has no label: it is neither learned nor scored."
        optional
      />
      <SwitchField path="task.tokens.lowerCase" help="Capital and small letters are the same." />
      <NumberField
        path="task.tokens.most"
        help="The most frequent tokens of the training part; others are unknown."
        min={1}
      />
      <NumberField path="task.tokens.fewest" help="Rarer tokens are unknown." min={1} />
      <NumberField path="task.embedding" help="Attention takes its own width." min={1} />
      <ColumnsField
        path="task.metrics"
        help="Of the scores; the first one leads in every list."
        data={catalogue.metrics
          .filter(({ answers }) => answers === 'classes')
          .map(({ name, label }) => ({ value: name, label }))}
      />
    </div>
  );
}
