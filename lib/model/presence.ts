import * as v from "valibot";

/** Only `online` means that the agent is available now (docs/protocol.md,
 * Presence). */
export const PRESENCES = ["online", "away", "busy", "dnd", "offline"] as const;

export const Presence = v.picklist(PRESENCES);
export type Presence = v.InferOutput<typeof Presence>;

/**
 * Receives an agent's presence. `lacks` is set if the agent can be called but
 * not written to, because there is a phone but no client for chats.
 */
export type TellPresence = (presence: Presence, lacks?: "chat") => void;
