// The screens of the task `forecast`.
import { asForecastTask, quantileLevels } from '../../../engine/contract/tasks/forecast.ts';
import { InsideTab } from '../../features/inside/inside-tab.tsx';
import type { TaskScreens } from '../task-screens.ts';
import { ForecastOverlay } from './forecast-overlay.tsx';
import { ForecastTab } from './forecast-tab.tsx';
import { HorizonCharts } from './horizon-charts.tsx';
import { IntervalsTab } from './intervals-tab.tsx';
import { NewDataTab } from './new-data-tab.tsx';
import { ResidualsTab } from './residuals-tab.tsx';
import { ResultTab } from './result-tab.tsx';
import { forecastName, suggestForecast } from './suggest.ts';
import { ForecastBasics, ForecastDetails } from './task-section.tsx';

export const FORECAST_SCREENS: TaskScreens = {
  title: 'Forecast',
  BasicFields: ForecastBasics,
  DetailFields: ForecastDetails,
  scored: 'forecast value',
  hasTimes: true,
  suits: ({ samples }) => samples === undefined,
  suggest: suggestForecast,
  nameOf: forecastName,
  tabs: [
    {
      id: 'result',
      label: 'Result',
      leads: ({ scores, testHidden }) => scores.length > 0 && !testHidden,
      saysVerdict: true,
      View: ResultTab,
    },
    { id: 'forecast', label: 'Forecast', View: ForecastTab },
    { id: 'residuals', label: 'Residuals', View: ResidualsTab },
    {
      id: 'intervals',
      label: 'Intervals',
      suits: ({ configuration, testHidden }) =>
        !testHidden && quantileLevels(asForecastTask(configuration.task)) !== null,
      View: IntervalsTab,
    },
    { id: 'inside', label: 'Inside', View: InsideTab },
    { id: 'new-data', label: 'New data', action: 'Forecast new data', View: NewDataTab },
  ],
  ScoreCharts: HorizonCharts,
  Overlay: ForecastOverlay,
};
