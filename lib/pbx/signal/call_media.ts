import { err, ok, type Result } from "@/lib/base/result.ts";
import type { MediaMessage, OutgoingCall } from "@/lib/contact/ports.ts";
import {
  type AllowedMedia,
  answerForPage,
  type Channels,
  type ChannelsError,
  type Description,
  fromPage,
  offerForPage,
} from "../channels/mod.ts";
import {
  channelsSignal,
  type PbxCallEffect,
  problem,
  tellChannels,
} from "./call_effects.ts";
import type { Signal } from "./signal.ts";

/**
 * Offers and answers of one call. At most one offer is open:
 *
 *     page --PROPOSAL--> (SELECT of the PBX) --> nobody
 *     pbx  --PROPOSAL--> (SELECT of the page) --> nobody
 *
 * P25: an offer of the PBX replaces an open one of the page, which has to
 * withdraw its own. A newer offer of the page waits for the open one's answer.
 */
export interface Negotiation {
  allowed: AllowedMedia;
  /** The page's last agreed description; its sections keep their places. */
  page: Description;
  /** Version of the next SDP's `o=` line. */
  version: number;
  open:
    | { by: "page"; description: Description; channels: Channels }
    | { by: "pbx" }
    | { by: "nobody" };
  /** The page's newest offer while another one is open. */
  next?: string;
}

/** `refused` means that the media must not flow, so the call has to end. */
export interface MediaStep {
  media: Negotiation;
  effects: PbxCallEffect[];
  refused?: ChannelsError;
}

/** Returns a call's media with the page's first offer open. */
export function openMedia(
  { sdp, media }: OutgoingCall,
): Result<{ media: Negotiation; channels: Channels }, ChannelsError> {
  const read = fromPage(sdp, media);
  if (!read.ok) return err(read.error);
  const { channels, page } = read.value;
  const open = { by: "page", description: page, channels } as const;
  return ok({ media: { allowed: media, page, version: 1, open }, channels });
}

/** Returns the PBX's answer to the first offer, as SDP for `connected`. */
export function takeFirstAnswer(
  media: Negotiation,
  channels: unknown,
): Result<{ media: Negotiation; sdp: string }, ChannelsError> {
  const answer = answerForPage(channels, media.page, media.version);
  if (!answer.ok) return err(answer.error);
  return ok({ media: settled(media, media.page), sdp: answer.value });
}

/** Handles the media of a signal in a connected call. */
export function takeChannels(media: Negotiation, signal: Signal): MediaStep {
  switch (signal.channels_cmd) {
    case "SELECT":
      return takeAnswer(media, signal.channels);
    case "PROPOSAL":
      return takeOffer(media, signal.channels);
    case "REQUEST":
      return stay(media, tellChannels({ cmd: "REQUEST" }));
    case "CLOSE":
      return stay(media, tellChannels({ cmd: "CLOSE" }));
    case "NONE":
      return stay(media);
  }
}

export function takeOffer(media: Negotiation, channels: unknown): MediaStep {
  const { page, version, allowed } = media;
  const sdp = offerForPage(channels, page, { version, allowed });
  if (!sdp.ok) return stay(media, problem(sdp.error));
  const { next: _next, ...rest } = media;
  return stay(
    { ...rest, version: version + 1, open: { by: "pbx" } },
    tellChannels({ cmd: "PROPOSAL", sdp: sdp.value }),
  );
}

/** An answer without an open offer is too late, and changes nothing. */
function takeAnswer(media: Negotiation, channels: unknown): MediaStep {
  const { open, version, next } = media;
  if (open.by !== "page") return stay(media);
  const answer = answerForPage(channels, open.description, version);
  if (!answer.ok) return { media, effects: [], refused: answer.error };
  const told = tellChannels({ cmd: "SELECT", sdp: answer.value });
  const answered = settled(media, open.description);
  if (next === undefined) return stay(answered, told);
  const step = sendOffer(answered, next);
  return { ...step, effects: [told, ...step.effects] };
}

/** Handles the page's media message in a connected call. */
export function pageChannels(
  media: Negotiation,
  message: MediaMessage,
): MediaStep {
  switch (message.cmd) {
    case "PROPOSAL":
      if (media.open.by === "nobody") return sendOffer(media, message.sdp);
      return media.open.by === "pbx"
        ? stay(media)
        : stay({ ...media, next: message.sdp });
    case "SELECT":
      return media.open.by === "pbx"
        ? sendAnswer(media, message.sdp)
        : stay(media);
    case "REQUEST":
    case "CLOSE":
      return stay(media, channelsSignal({ channels_cmd: message.cmd }));
  }
}

function sendOffer(media: Negotiation, sdp: string): MediaStep {
  const read = fromPage(sdp, media.allowed);
  if (!read.ok) return stay(media, problem(read.error));
  const { channels, page } = read.value;
  return stay(
    { ...media, open: { by: "page", description: page, channels } },
    channelsSignal({ channels_cmd: "PROPOSAL", channels }),
  );
}

function sendAnswer(media: Negotiation, sdp: string): MediaStep {
  const read = fromPage(sdp, media.allowed);
  if (!read.ok) return stay(media, problem(read.error));
  const { channels, page } = read.value;
  return stay(
    { ...media, page, open: { by: "nobody" } },
    channelsSignal({ channels_cmd: "SELECT", channels }),
  );
}

/** Both sides agree on the page's description. */
function settled(media: Negotiation, page: Description): Negotiation {
  const { next: _next, ...rest } = media;
  const version = media.version + 1;
  return { ...rest, page, version, open: { by: "nobody" } };
}

function stay(media: Negotiation, ...effects: PbxCallEffect[]): MediaStep {
  return { media, effects };
}
