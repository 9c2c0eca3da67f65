import { isJson, type Json, listOf, textOf } from "./messages.ts";

// How the phones of the simulated PBX turn Channels into SDP for their WebRTC
// stack and back: written from the SDK's PbxSignal, apart from the service's way.

const MAPS: Record<string, string> = {
  "OPUS-WB": "opus/48000/2",
  G722: "G722/8000",
  G711u: "PCMU/8000",
  G711A: "PCMA/8000",
  VPB: "VP8/90000",
  H264: "H264/90000",
};
const VIDEO = ["VPB", "H264"];
const TYPES = ["host", "srflx", "prflx", "relay"];

/** An SDP with one section for each kind that Channels has coders of. */
export function sdpOf(channels: Json, kinds: readonly string[]): string {
  const lines = ["v=0", "o=- 7 1 IN IP4 127.0.0.1", "s=-", "t=0 0"];
  kinds.forEach((kind, mid) => lines.push(...section(channels, kind, mid)));
  return lines.join("\r\n") + "\r\n";
}

/** The kinds of media that Channels has coders of, sound first. */
export function kindsOf(channels: Json): string[] {
  return ["audio", "video"].filter((kind) =>
    codersOf(channels, kind).length > 0
  );
}

function codersOf(channels: Json, kind: string): Json[] {
  return listOf(channels.ch).filter(({ coder }) => {
    const name = textOf(coder);
    return name in MAPS && VIDEO.includes(name) === (kind === "video");
  });
}

function section(channels: Json, kind: string, mid: number): string[] {
  const coders = codersOf(channels, kind);
  const ice = channels[`${kind}_ice`];
  if (coders.length === 0 || !isJson(ice)) {
    return [
      `m=${kind} 0 UDP/TLS/RTP/SAVPF 0`,
      "c=IN IP4 0.0.0.0",
      `a=mid:${mid}`,
    ];
  }
  const fingerprint = textOf(ice.fingerprint).toUpperCase().match(/../g)?.join(
    ":",
  );
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${coders.map(({ pt }) => pt).join(" ")}`,
    "c=IN IP4 0.0.0.0",
    `a=mid:${mid}`,
    "a=sendrecv",
    "a=rtcp-mux",
    `a=ice-ufrag:${ice.usr}`,
    `a=ice-pwd:${ice.pwd}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    `a=setup:${channels[`${kind}_setup_role`] ?? "actpass"}`,
    ...coders.map(({ pt, coder }) => `a=rtpmap:${pt} ${MAPS[textOf(coder)]}`),
    ...coders.filter(({ coder }) => coder === "VPB")
      .flatMap((
        { pt },
      ) => [`a=rtcp-fb:${pt} nack pli`, `a=rtcp-fb:${pt} ccm fir`]),
    ...listOf(ice.candidate).map((c) =>
      `a=candidate:${c.foundation} 1 udp ${c.rtp_prio} ${c.addr} ${c.rtp} typ ${
        TYPES[Number(c.type)]
      }`
    ),
    "a=end-of-candidates",
  ];
}

/** Channels of a WebRTC stack's own SDP. */
export function channelsOf(sdp: string): Json {
  const [session = "", ...sections] = sdp.split(/\r\nm=/);
  const channels: Json = { source: "REMOTE", ch: [] };
  const ch: Json[] = [];
  for (const text of sections) {
    const [kind = "", port] = text.split(" ");
    if (port === "0" || (kind !== "audio" && kind !== "video")) continue;
    const line = (name: string) =>
      new RegExp(`^a=${name}:(.*)$`, "m").exec(text)?.[1]?.trim() ??
        new RegExp(`^a=${name}:(.*)$`, "m").exec(session)?.[1]?.trim() ?? "";
    const candidates = [...text.matchAll(/^a=candidate:(.*)$/gm)]
      .flatMap(([, candidate = ""]) => candidateOf(candidate.trim()));
    const [first] = candidates;
    for (const [, pt, map = ""] of text.matchAll(/^a=rtpmap:(\d+) (\S+)/gm)) {
      const coder = Object.keys(MAPS).find((name) =>
        MAPS[name]?.toLowerCase() === map.toLowerCase()
      );
      if (coder === undefined) continue;
      ch.push({
        coder,
        pt: Number(pt),
        addr: first?.addr,
        port: first?.rtp,
        xmit: 20,
      });
    }
    channels[`${kind}_rtcp_mux`] = true;
    channels[`${kind}_setup_role`] = line("setup");
    channels[`${kind}_ice`] = {
      lite: false,
      fingerprint: line("fingerprint").split(" ")[1]?.replaceAll(":", "")
        .toLowerCase(),
      usr: line("ice-ufrag"),
      pwd: line("ice-pwd"),
      candidate: candidates,
    };
  }
  return { ...channels, ch };
}

function candidateOf(text: string): Json[] {
  const [foundation, component, transport, prio, addr, port, , type] = text
    .split(" ");
  if (component !== "1" || transport?.toLowerCase() !== "udp") return [];
  const [rtp, rtp_prio] = [Number(port), Number(prio)];
  return [{
    addr,
    foundation,
    rtp,
    rtcp: rtp,
    rtp_prio,
    rtcp_prio: rtp_prio,
    type: TYPES.indexOf(type ?? "host"),
  }];
}
