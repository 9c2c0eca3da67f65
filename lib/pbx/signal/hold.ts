import { soundIn } from "../channels/mod.ts";
import { type CallEffect, tell } from "./call_effects.ts";
import type { Media } from "./call_media.ts";
import type { Signal } from "./signal.ts";

/**
 * Why a visitor hears nothing: the phone has said that it holds the call, or
 * there is no sound in what the PBX has agreed to. P41: one of both is enough.
 */
export interface Hold {
  byPhone: boolean;
  byMedia: boolean;
}

export const NOT_HELD: Hold = { byPhone: false, byMedia: false };

/** What a signal in a connected call means, `media` being as it was before. */
export function takeHold(hold: Hold, signal: Signal, media: Media): Hold {
  return {
    byPhone: byPhone(signal) ?? hold.byPhone,
    byMedia: byMedia(signal, media) ?? hold.byMedia,
  };
}

/** SDK: a phone that asks us to hold, or to take back, expects a result. */
export function holdResults({ fty }: Signal): CallEffect[] {
  const asked = fty.filter(({ type }) =>
    type === "remote_hold" || type === "remote_retrieve"
  );
  if (asked.length === 0) return [];
  const results = asked.map(({ type }) => ({ type: `${type}_result` }));
  return [{ type: "signal", signal: { type: "facility", fty: results } }];
}

/** Tells the visitor if that has changed. */
export function holdChange(before: Hold, after: Hold): CallEffect[] {
  const held = isHeld(after);
  return held === isHeld(before) ? [] : [tell({ type: "hold", held })];
}

function isHeld({ byPhone, byMedia }: Hold): boolean {
  return byPhone || byMedia;
}

/** INFERRED: whom a call was transferred to is there, and does not hold it. */
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

/** INFERRED: media are closed, or offered without sound, while a call is held. */
function byMedia(
  { channels_cmd, channels }: Signal,
  { open }: Media,
): boolean | undefined {
  switch (channels_cmd) {
    case "CLOSE":
      return true;
    case "PROPOSAL":
      return isSilent(channels);
    case "SELECT": // An answer to nothing says nothing.
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
