import * as v from "valibot";

/** Only `online` means: can be reached now (docs/protocol.md, Presence). */
export const PRESENCES = ["online", "away", "busy", "dnd", "offline"] as const;

export const Presence = v.picklist(PRESENCES);
export type Presence = v.InferOutput<typeof Presence>;

/**
 * Hears an agent's presence. `lacks` is set if the agent can be called but not
 * written to, because a phone is there and no client that takes chats.
 */
export type TellPresence = (presence: Presence, lacks?: "chat") => void;
