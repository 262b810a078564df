// Names of columns for files of weather networks whose documents say them and which have none: NOAA's CRN (headers.txt of each product) and
// SURFRAD (README of the data). A file of another width keeps the names of the columns of its times only.

interface KnownTable {
  readonly fits: RegExp;
  /** All of these names, or as many as say the time. */
  readonly names: readonly string[];
  readonly timed: number;
}

const CRN_HOURS = 'WBANNO UTC_DATE UTC_TIME LST_DATE LST_TIME CRX_VN LONGITUDE LATITUDE';
const DEPTHS = ['5', '10', '20', '50', '100'];
const soil = (name: string, rest: string): string =>
  DEPTHS.map((depth) => `${name}_${depth}${rest}`).join(' ');

const CRN_SUBHOURLY =
  `${CRN_HOURS} AIR_TEMPERATURE PRECIPITATION SOLAR_RADIATION SR_FLAG SURFACE_TEMPERATURE ST_TYPE ST_FLAG RELATIVE_HUMIDITY ` +
  'RH_FLAG SOIL_MOISTURE_5 SOIL_TEMPERATURE_5 WETNESS WET_FLAG WIND_1_5 WIND_FLAG';
const CRN_HOURLY =
  `${CRN_HOURS} T_CALC T_HR_AVG T_MAX T_MIN P_CALC SOLARAD SOLARAD_FLAG SOLARAD_MAX SOLARAD_MAX_FLAG SOLARAD_MIN ` +
  'SOLARAD_MIN_FLAG SUR_TEMP_TYPE SUR_TEMP SUR_TEMP_FLAG SUR_TEMP_MAX SUR_TEMP_MAX_FLAG SUR_TEMP_MIN SUR_TEMP_MIN_FLAG ' +
  `RH_HR_AVG RH_HR_AVG_FLAG ${soil('SOIL_MOISTURE', '')} ${soil('SOIL_TEMP', '')}`;
const CRN_DAILY =
  'WBANNO LST_DATE CRX_VN LONGITUDE LATITUDE T_DAILY_MAX T_DAILY_MIN T_DAILY_MEAN T_DAILY_AVG P_DAILY_CALC SOLARAD_DAILY ' +
  'SUR_TEMP_DAILY_TYPE SUR_TEMP_DAILY_MAX SUR_TEMP_DAILY_MIN SUR_TEMP_DAILY_AVG RH_DAILY_MAX RH_DAILY_MIN RH_DAILY_AVG ' +
  `${soil('SOIL_MOISTURE', '_DAILY')} ${soil('SOIL_TEMP', '_DAILY')}`;
const CRN_MONTHLY =
  'WBANNO LST_YRMO CRX_VN_MONTHLY PRECISE_LONGITUDE PRECISE_LATITUDE T_MONTHLY_MAX T_MONTHLY_MIN T_MONTHLY_MEAN T_MONTHLY_AVG ' +
  'P_MONTHLY_CALC SOLRAD_MONTHLY_AVG SUR_TEMP_MONTHLY_TYPE SUR_TEMP_MONTHLY_MAX SUR_TEMP_MONTHLY_MIN SUR_TEMP_MONTHLY_AVG';
const SURFRAD =
  'year jday month day hour min dt zen ' +
  'dw_solar uw_solar direct_n diffuse dw_ir dw_casetemp dw_dometemp uw_ir uw_casetemp uw_dometemp uvb par netsolar netir totalnet temp rh windspd winddir pressure'
    .split(' ')
    .map((name) => `${name} qc_${name}`)
    .join(' ');

const PLACE = '-?\\d{1,3}\\.\\d+ -?\\d{1,2}\\.\\d+ ';
const DAY = '[12]\\d{3}[01]\\d[0-3]\\d';
const CLOCK = '[0-2]\\d[0-5]\\d';
const CRN_TIMES = `\\d{5} ${DAY} ${CLOCK} ${DAY} ${CLOCK} \\S+ ${PLACE}`;

const known = (fits: string, names: string, timed: number): KnownTable => ({
  fits: new RegExp(`^${fits}`),
  names: names.split(' '),
  timed,
});

const KNOWN: readonly KnownTable[] = [
  known(CRN_TIMES, CRN_SUBHOURLY, 8),
  known(CRN_TIMES, CRN_HOURLY, 8),
  known(`\\d{5} ${DAY} \\S+ ${PLACE}`, CRN_DAILY, 5),
  known(`\\d{5} [12]\\d{3}[01]\\d \\S+ ${PLACE}`, CRN_MONTHLY, 5),
  known(
    '[12]\\d{3} \\d{1,3} \\d{1,2} \\d{1,2} \\d{1,2} \\d{1,2} \\d{1,2}\\.\\d+ \\d{1,3}\\.\\d+ ',
    SURFRAD,
    8,
  ),
];

/** Names for a table of one of these kinds, told by its first rows; null for another one. */
export function knownColumns(rows: readonly (readonly string[])[]): string[] | null {
  const width = rows[0]?.length ?? 0;
  const fitting = KNOWN.filter(
    ({ fits, names }) => names.length >= width && rows.every((row) => fits.test(`${row.join(' ')} `)),
  );
  const [table] = fitting.toSorted(
    (a, b) => Number(b.names.length === width) - Number(a.names.length === width),
  );
  if (table === undefined) return null;
  const isWhole = table.names.length === width;
  return Array.from({ length: width }, (_, i) => {
    const name = isWhole || i < table.timed ? table.names[i] : undefined;
    return name ?? `column${i + 1}`;
  });
}
