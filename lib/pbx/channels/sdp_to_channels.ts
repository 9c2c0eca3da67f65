import { ipVersion } from "@/lib/base/ip_address.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Channels, CoderEntry, IceParameters } from "./channels_json.ts";
import type {
  ChannelsError,
  Description,
  SectionMedia,
} from "./description.ts";

/** The allowed media of a call; media that an agent does not offer are left
 * out. */
export type AllowedMedia = "voice" | "video";

/**
 * Converts a browser's offer or answer for the PBX. Without a coder for audio
 * there is no call; video that is not allowed, or unknown, is left out.
 */
export function toChannels(
  { sections }: Description,
  allowed: AllowedMedia,
): Result<Channels, ChannelsError> {
  const audio = firstOf(sections, "audio");
  if (audio === undefined) {
    return err({ reason: "no-audio", text: "there is no sound" });
  }
  if (audio.formats.length === 0) {
    return err({ reason: "no-coder", text: "no coder for sound is known" });
  }
  const channels: Channels = { source: "REMOTE", ch: entries(audio) };
  channels.audio_rtcp_mux = audio.transport.mux;
  if (audio.transport.role) channels.audio_setup_role = audio.transport.role;
  channels.audio_ice = iceOf(audio);
  const video = firstOf(sections, "video");
  if (allowed === "voice" || !video || video.formats.length === 0) {
    return ok(channels);
  }
  channels.ch.push(...entries(video));
  channels.video_rtcp_mux = video.transport.mux;
  if (video.transport.role) channels.video_setup_role = video.transport.role;
  channels.video_ice = iceOf(video);
  return ok(channels);
}

/** Channels has room for one section of each kind, so take the first that is
 * not rejected. */
export function firstOf(
  sections: Description["sections"],
  kind: "audio" | "video",
): SectionMedia | undefined {
  return sections.find((section) => section.media?.kind === kind)?.media;
}

function entries(media: SectionMedia): CoderEntry[] {
  return media.formats.map(({ coder, payload }) => {
    const { address, port } = media.transport;
    const entry: CoderEntry = { coder: coder.name, addr: address, port };
    entry.pt = payload;
    if (media.kind === "audio") entry.xmit = media.ptime ?? 20;
    return entry;
  });
}

function iceOf({ transport }: SectionMedia): IceParameters {
  return {
    lite: transport.lite,
    fingerprint: transport.fingerprint,
    usr: transport.usr,
    pwd: transport.pwd,
    candidate: transport.candidates.filter((c) => ipVersion(c.addr)),
  };
}
