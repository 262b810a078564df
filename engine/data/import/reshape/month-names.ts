// Names of months in several languages, by their beginnings.
const MONTHS: readonly RegExp[] = [
  /^(jan|ene|gen|sty)/,
  /^(feb|fév|fev|febr|lut)/,
  /^(mar|mär|mrz|maa|mrt)/,
  /^(apr|abr|avr|kwi)/,
  /^(may|mai|mei|mag|maj)/,
  /^(jun|jui?n|giu|cze)/,
  /^(jul|juil|lug|lip)/,
  /^(aug|ago|aoû|aou|sie)/,
  /^(sep|set|wrz)/,
  /^(oct|okt|out|ott|paź)/,
  /^(nov|lis)/,
  /^(dec|dez|dic|déc|gru)/,
];

/** 1 to 12; null for what is no month. */
export function monthOf(name: string): number | null {
  const text = name.trim().toLowerCase().replace(/\.$/, '');
  if (!/^\p{L}{3,10}$/u.test(text)) return null;
  // July begins like June in French.
  if (text.startsWith('juil')) return 7;
  const index = MONTHS.findIndex((month) => month.test(text));
  return index < 0 ? null : index + 1;
}
