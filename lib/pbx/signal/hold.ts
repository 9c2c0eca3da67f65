import { soundIn } from "../channels/mod.ts";
import { type PbxCallEffect, tell } from "./call_effects.ts";
import type { Negotiation } from "./call_media.ts";
import type { Signal } from "./signal.ts";

/**
 * The reasons why a visitor hears nothing: the phone has said that it holds the
 * call, or the media have no audio. P41: one of them is enough.
 */
export interface Hold {
  byPhone: boolean;
  byMedia: boolean;
}

export const NOT_HELD: Hold = { byPhone: false, byMedia: false };

/** Returns the state after a signal in a connected call; `media` is the
 * previous media. */
export function takeHold(hold: Hold, signal: Signal, media: Negotiation): Hold {
  return {
    byPhone: byPhone(signal) ?? hold.byPhone,
    byMedia: byMedia(signal, media) ?? hold.byMedia,
  };
}

/** SDK: a phone that asks us to hold or resume expects a result. */
export function holdResults({ fty }: Signal): PbxCallEffect[] {
  const asked = fty.filter(({ type }) =>
    type === "remote_hold" || type === "remote_retrieve"
  );
  if (asked.length === 0) return [];
  const results = asked.map(({ type }) => ({ type: `${type}_result` }));
  return [{ type: "signal", signal: { type: "facility", fty: results } }];
}

/** Notifies the visitor if the state has changed. */
export function holdChange(before: Hold, after: Hold): PbxCallEffect[] {
  const held = isHeld(after);
  return held === isHeld(before) ? [] : [tell({ type: "hold", held })];
}

function isHeld({ byPhone, byMedia }: Hold): boolean {
  return byPhone || byMedia;
}

/** INFERRED: the new agent after a transfer is there, and does not hold the
 * call. */
function byPhone({ fty }: Signal): boolean | undefined {
  return fty.map(({ type }) => {
    switch (type) {
      case "hold_notify":
      case "remote_hold":
        return true;
      case "retrieve_notify":
      case "remote_retrieve":
      case "ct_complete":
        return false;
      default:
        return undefined;
    }
  }).findLast((one) => one !== undefined);
}

/** INFERRED: while a call is held, media are closed, or offered without
 * audio. */
function byMedia(
  { channels_cmd, channels }: Signal,
  { open }: Negotiation,
): boolean | undefined {
  switch (channels_cmd) {
    case "CLOSE":
      return true;
    case "PROPOSAL":
      return isSilent(channels);
    case "SELECT": // An answer without an offer means nothing.
      return open.by === "page" ? isSilent(channels) : undefined;
    case "REQUEST":
    case "NONE":
      return undefined;
  }
}

function isSilent(channels: unknown): boolean | undefined {
  const sound = soundIn(channels);
  return sound === "unreadable" ? undefined : sound === "none";
}
