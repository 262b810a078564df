// The sample data that comes with Hindcast: nothing is downloaded.
import classes from './data.module.css';

export const SAMPLES = [
  {
    file: 'sp500-2000.csv',
    title: 'S&P 500',
    text: 'Daily prices and volume, 2000 to 2020',
    rows: '5,105 rows',
  },
  {
    file: 'seattle-weather.csv',
    title: 'Seattle weather',
    text: 'Daily temperature, rain and wind with a word for the day, 2012 to 2015',
    rows: '1,461 rows',
  },
  {
    file: 'co2-concentration.csv',
    title: 'CO₂ at Mauna Loa',
    text: 'Monthly, 1958 to 2020: trend and season',
    rows: '741 rows',
  },
  {
    file: 'stocks.csv',
    title: 'Five stocks',
    text: 'Monthly prices of five companies in long format',
    rows: '5 series',
  },
  {
    file: 'dates-to-iso-6000.tsv',
    title: 'Dates in words',
    text: 'Dates in seven ways beside their ISO form, made by a seed: to be translated',
    rows: '6,000 pairs',
  },
  {
    file: 'reversed-letters-6000.tsv',
    title: 'Reversed letters',
    text: 'Words of 3 to 16 letters and the same from the end, made by a seed: what attention is for',
    rows: '6,000 pairs',
  },
  {
    file: 'moving-digits-4000.npy',
    title: 'Moving digits',
    text: 'Synthetic videos of 20 frames: two digits that bounce off the edges, made by a seed',
    rows: '4,000 videos',
  },
] as const;

export function SampleList({ onChoose }: { readonly onChoose: (file: string) => void }) {
  return (
    <ul className={classes.samples}>
      {SAMPLES.map(({ file, title, text, rows }) => (
        <li key={file}>
          <button type="button" className={classes.sample} onClick={() => onChoose(file)}>
            <span className={classes.sampleTitle}>{title}</span>
            <span className={classes.sampleText}>{text}</span>
            <span className={classes.sampleRows}>{rows}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
