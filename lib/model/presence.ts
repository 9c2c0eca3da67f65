import * as v from "valibot";

/** Only `online` means: can be reached now (docs/protocol.md, Presence). */
export const PRESENCES = ["online", "away", "busy", "dnd", "offline"] as const;

export const Presence = v.picklist(PRESENCES);
export type Presence = v.InferOutput<typeof Presence>;
