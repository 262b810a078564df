// The task section of the form: what is read, and which number is estimated.

import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/design/design.module.css';
import { ChoiceField, ColumnsField } from '../../features/design/fields.tsx';
import { InputField, ReadingFields, useColumns } from '../samples/reading-fields.tsx';

export function EstimateBasics() {
  return (
    <>
      <InputField />
      <ChoiceField
        path="task.value"
        help="The column of numbers that it learns to estimate."
        data={useColumns('numeric', 'category')}
      />
    </>
  );
}

/** Of the metrics of numbers those that need no past. */
const METRICS = ['mae', 'rmse', 'r2', 'mse', 'bias', 'wape', 'mape', 'smape'];

export function EstimateDetails() {
  const { metrics } = useCatalogue();
  return (
    <div className={classes.fields}>
      <ReadingFields />
      <ChoiceField
        path="task.loss"
        help="What training makes small, of the scaled number."
        data={[
          { value: 'mse', label: 'Squared error' },
          { value: 'mae', label: 'Absolute error' },
          { value: 'huber', label: 'Huber: squared near 0, straight beyond' },
        ]}
      />
      <ColumnsField
        path="task.metrics"
        help="Of the scores; the first one leads in every list."
        data={metrics
          .filter(({ name }) => METRICS.includes(name))
          .map(({ name, label }) => ({ value: name, label }))}
      />
    </div>
  );
}
