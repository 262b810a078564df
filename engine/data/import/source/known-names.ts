// Names of columns for files whose standard says them and which have none: EnergyPlus weather files (EPW; EnergyPlus, "Auxiliary
// Programs", section "EPW CSV Format").
import type { Dialect } from './dialect.ts';

const EPW =
  'Year,Month,Day,Hour,Minute,Uncertainty flags,Dry bulb temperature,Dew point temperature,Relative humidity,Atmospheric pressure,' +
  'Extraterrestrial horizontal radiation,Extraterrestrial direct normal radiation,Horizontal infrared radiation,' +
  'Global horizontal radiation,Direct normal radiation,Diffuse horizontal radiation,Global horizontal illuminance,' +
  'Direct normal illuminance,Diffuse horizontal illuminance,Zenith luminance,Wind direction,Wind speed,Total sky cover,' +
  'Opaque sky cover,Visibility,Ceiling height,Present weather observation,Present weather codes,Precipitable water,' +
  'Aerosol optical depth,Snow depth,Days since last snow,Albedo,Liquid precipitation depth,Liquid precipitation quantity';

interface KnownFile {
  /** How its first line begins. */
  readonly begins: string;
  readonly names: readonly string[];
  /** Fewest columns. */
  readonly fewest: number;
}

const KNOWN: readonly KnownFile[] = [{ begins: 'LOCATION,', names: EPW.split(','), fewest: 8 }];

export const KNOWN_NOTE =
  'The file has no header: its columns were named as the standard of weather files for buildings (EPW) names them.';

/** Null for a file of no known kind. */
export function knownNames(head: Buffer, { names }: Pick<Dialect, 'names'>): readonly string[] | null {
  const start = head.toString('latin1', 0, 64);
  const known = KNOWN.find(
    (one) => start.startsWith(one.begins) && names.length >= one.fewest && names.length <= one.names.length,
  );
  return known?.names.slice(0, names.length) ?? null;
}
