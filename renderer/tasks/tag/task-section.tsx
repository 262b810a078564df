// The task section of the form: what is read, and which labels are said of it.
import classes from '../../features/design/design.module.css';
import { ChoiceField } from '../../features/design/fields.tsx';
import {
  BestByField,
  InputField,
  MetricsField,
  ReadingFields,
  useColumns,
} from '../samples/reading-fields.tsx';

export function TagBasics() {
  return (
    <>
      <InputField />
      <ChoiceField
        path="task.labels"
        help="The column of labels, of which a sample may have any number."
        data={useColumns('labels', 'category')}
      />
    </>
  );
}

export function TagDetails() {
  return (
    <div className={classes.fields}>
      <ReadingFields />
      <BestByField
        metrics={[
          { value: 'micro-f1', label: 'Micro-F1' },
          { value: 'macro-f1-of-labels', label: 'Macro-F1' },
        ]}
      />
      <ChoiceField
        path="task.decision"
        help="From which probability on a label is said."
        data={[
          { value: 'thresholds', label: 'The best of each label on validation' },
          { value: 'half', label: '0.5' },
        ]}
      />
      <MetricsField answers="labels" />
    </div>
  );
}
