// Where a run is trained.
import { z } from 'zod';

/** On the machine of the workspace, or by the workers of its pool. */
export const PLACES = ['here', 'pool'] as const;
export const PlaceSchema = z.enum(PLACES);
export type Place = z.infer<typeof PlaceSchema>;

/** For inputs; nothing said: here. */
export const placeField = { on: PlaceSchema.optional() };
