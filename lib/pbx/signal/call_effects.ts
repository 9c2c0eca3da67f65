import type { CallEvent, MediaMessage } from "@/lib/contact/ports.ts";
import type { ChannelsError } from "../channels/mod.ts";
import type { OutgoingSignal } from "./signal.ts";

/** An effect of a step of a call. */
export type PbxCallEffect =
  | { type: "signal"; signal: OutgoingSignal }
  | { type: "tell"; event: CallEvent }
  | { type: "problem"; text: string }
  /** Only for the trace. */
  | { type: "note"; text: string };

export function tell(event: CallEvent): PbxCallEffect {
  return { type: "tell", event };
}

export function tellChannels(channels: MediaMessage): PbxCallEffect {
  return tell({ type: "channels", channels });
}

export function channelsSignal(
  members: Record<string, unknown>,
): PbxCallEffect {
  return { type: "signal", signal: { type: "channels", ...members } };
}

export function problem({ reason, text }: ChannelsError): PbxCallEffect {
  return { type: "problem", text: `media: ${reason}: ${text}` };
}
