import * as v from "valibot";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { Channels, mediaOf } from "./channels_json.ts";
import { coderByName } from "./coders.ts";
import { toSdp } from "./channels_to_sdp.ts";
import type { ChannelsError, Description } from "./description.ts";
import { parseSdp } from "./parse_sdp.ts";
import { type AllowedMedia, toChannels } from "./sdp_to_channels.ts";

// Converts between SDP and Channels (SDK: PbxSignal). INFERRED as a whole: no
// source says that PbxSignal accepts SDP, so only this module converts it.

export { sendsKeys } from "./key_events.ts";
export { unreadIn } from "./channels_json.ts";
export type { AllowedMedia } from "./sdp_to_channels.ts";
export type { Channels } from "./channels_json.ts";
export type { ChannelsError, Description } from "./description.ts";

/** Converts a page's SDP for the PBX, and returns what the next SDP needs of
 * it. */
export function fromPage(
  sdp: string,
  allowed: AllowedMedia,
): Result<{ channels: Channels; page: Description }, ChannelsError> {
  const page = parseSdp(sdp);
  if (!page.ok) return page;
  const channels = toChannels(page.value, allowed);
  if (!channels.ok) return channels;
  const kept = allowed === "voice" ? withoutVideo(page.value) : page.value;
  return ok({ channels: channels.value, page: kept });
}

/** Media that were not offered to the PBX are not answered to the page
 * either. */
function withoutVideo({ sections }: Description): Description {
  return {
    sections: sections.map(({ media, ...section }) =>
      media?.kind === "audio" ? { ...section, media } : section
    ),
  };
}

/**
 * Converts the PBX's answer to the page's offer from raw JSON. Never throws.
 */
export function answerForPage(
  channels: unknown,
  page: Description,
  version: number,
): Result<string, ChannelsError> {
  const read = readChannels(channels);
  if (!read.ok) return read;
  return toSdp(read.value, { kind: "answer", page, version });
}

/**
 * Converts the PBX's own offer, in the order of the call's sections. The
 * visitor of a voice call gets no video. Never throws.
 */
export function offerForPage(
  channels: unknown,
  page: Description,
  { version, allowed }: { version: number; allowed: AllowedMedia },
): Result<string, ChannelsError> {
  const read = readChannels(channels);
  if (!read.ok) return read;
  const offer = allowed === "voice" ? onlyAudio(read.value) : read.value;
  return toSdp(offer, { kind: "offer", page, version });
}

/** Returns the assumptions about media that a PBX describes. Never throws. */
export function assumedIn(channels: unknown): string[] {
  const read = readChannels(channels);
  if (!read.ok) return [];
  const kinds = ["audio", "video"] as const;
  return kinds.flatMap((kind) => {
    const { ice, mux } = mediaOf(read.value, kind);
    return ice === undefined || mux !== undefined ? [] : [
      `${kind}_rtcp_mux is absent and taken for true, since a browser has no other way`,
    ];
  });
}

/** Returns whether the PBX's media allow audio. Never throws. */
export function soundIn(channels: unknown): "some" | "none" | "unreadable" {
  const read = readChannels(channels);
  if (!read.ok) return "unreadable";
  const { ch, audio_setup_role } = read.value;
  const isThere = ch.some(({ coder }) => coderByName(coder)?.kind === "audio");
  return isThere && audio_setup_role !== "holdconn" ? "some" : "none";
}

function onlyAudio(channels: Channels): Channels {
  const ch = channels.ch.filter((entry) =>
    coderByName(entry.coder)?.kind === "audio"
  );
  return { ...channels, ch };
}

function readChannels(json: unknown): Result<Channels, ChannelsError> {
  const read = v.safeParse(Channels, json);
  if (read.success) return ok(read.output);
  const [issue] = read.issues;
  const where = v.getDotPath(issue) ?? "channels";
  return err({ reason: "unreadable", text: `${where}: ${issue.message}` });
}
