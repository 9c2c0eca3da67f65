import { type Json, listOf } from "./messages.ts";

/** The media of one call at a phone, in Channels JSON. */
export interface PhoneMedia {
  /** The SELECT that answers a PROPOSAL. */
  answer(proposal: Json): Promise<Json>;
  /** A PROPOSAL of the phone's own. */
  offer(): Promise<Json>;
  /** Applies the SELECT that answers `offer`. */
  accept(select: Json): Promise<void>;
  /** Called with each key that arrives within the audio. */
  onKey?: (digit: string) => void;
  close(): Promise<void>;
}

export type OpenMedia = () => PhoneMedia;

const VIDEO_CODERS = ["VPB", "H264"];

export function hasVideo(channels: Json): boolean {
  return listOf(channels.ch).some(({ coder }) =>
    VIDEO_CODERS.includes(String(coder))
  );
}

/** Media without packets: a phone's answers, but no flow. */
export const silentMedia: OpenMedia = () => {
  let last: Json = {};
  return {
    answer(proposal) {
      last = canned(listOf(proposal.ch), "active");
      return Promise.resolve(last);
    },
    offer() {
      return Promise.resolve(canned(listOf(last.ch), "actpass"));
    },
    accept: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
};

/** One coder of each kind, with the proposer's payload types. */
function canned(ch: Json[], role: string): Json {
  const isVideo = (entry: Json) => VIDEO_CODERS.includes(String(entry.coder));
  const audio = ch.find((entry) => !isVideo(entry)) ??
    { coder: "G711A", pt: 8 };
  const video = ch.find(isVideo);
  const place = (entry: Json, port: number) => ({
    coder: entry.coder,
    pt: entry.pt,
    addr: "192.0.2.77",
    port,
    xmit: 20,
  });
  return {
    source: "REMOTE",
    ch: video === undefined
      ? [place(audio, 50_000)]
      : [place(audio, 50_000), place(video, 50_002)],
    audio_rtcp_mux: true,
    audio_setup_role: role,
    audio_ice: ice(50_000),
    ...(video && {
      video_rtcp_mux: true,
      video_setup_role: role,
      video_ice: ice(50_002),
    }),
  };
}

function ice(port: number): Json {
  return {
    lite: false,
    fingerprint: "ab".repeat(32),
    usr: "phon",
    pwd: "0123456789abcdefghijkl",
    candidate: [{
      addr: "192.0.2.77",
      rtp: port,
      rtcp: port,
      rtp_prio: 2_130_706_431,
      rtcp_prio: 2_130_706_431,
      type: 0,
      foundation: "1",
    }],
  };
}
