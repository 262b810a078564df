// Words that stand below the names of columns and are no names: units, kinds of means, forms of times.
const UNITS = new Set(
  (
    'm mm cm km g kg t s sec ms min h hr hrs d c f k w kw mw gw wh kwh mwh gwh v mv kv a ma hz khz pa hpa kpa mbar mb bar n j kj mj l ml ppm ppb ' +
    'ts rn avg smp max min tot std wvc deg degc degf volts volt watts amps usd eur gbp chf jpy mph kph knots kt in ft inhg va var none unit units -'
  ).split(' '),
);

export function isUnit(text: string): boolean {
  const word = text.trim();
  if (/^[[(].*[\])]$/.test(word)) return true;
  if (UNITS.has(word.toLowerCase().replaceAll(' ', ''))) return true;
  return word.length <= 12 && /^[^\s]*[%‰°µμ²³/][^\s]*$/u.test(word);
}

/** `5s 15s 20d`: widths and kinds of the columns, as hydrologists write them below the names. */
export const areWidths = (row: readonly string[]): boolean =>
  row.length > 1 && row.every((text) => /^\d{1,3}[dns]$/i.test(text.trim()));
