const FINGERPRINT =
  "D7:3C:C5:51:2D:DE:62:81:FF:9F:80:51:12:4D:F9:93:0B:33:80:C1:4F:63:DA:C0:1F:C6:07:C3:60:23:BC:B2";

/** Returns a browser's complete offer: audio, and video unless it is a voice
 * call. */
export function sampleOffer(media: "voice" | "video" = "video"): string {
  return sdp("actpass", media);
}

/** Returns an answer to {@linkcode sampleOffer} of the same media. */
export function sampleAnswer(media: "voice" | "video" = "video"): string {
  return sdp("active", media);
}

/** Returns the description with this session name, by which a test tells it from
 * others. */
export function named(sdp: string, name: string): string {
  return sdp.replace(/^s=.*$/m, `s=${name}`);
}

/** Returns the session name; `-` if it was not {@linkcode named}. */
export function nameOf(sdp: string): string {
  return /^s=(.*)$/m.exec(sdp)?.[1]?.trim() ?? "";
}

function sdp(setup: "actpass" | "active", media: "voice" | "video"): string {
  const video = media === "video";
  return [
    "v=0",
    "o=- 652244954286272866 2 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    `a=group:BUNDLE ${video ? "0 1" : "0"}`,
    "m=audio 45541 UDP/TLS/RTP/SAVPF 111 8",
    ...section("0", setup),
    "a=rtpmap:111 opus/48000/2",
    "a=rtpmap:8 PCMA/8000",
    ...(video
      ? [
        "m=video 45542 UDP/TLS/RTP/SAVPF 96",
        ...section("1", setup),
        "a=rtpmap:96 VP8/90000",
      ]
      : []),
    "",
  ].join("\r\n");
}

function section(mid: string, setup: string): string[] {
  return [
    "c=IN IP4 192.0.2.2",
    "a=rtcp:9 IN IP4 0.0.0.0",
    `a=candidate:89802663 1 udp 2122194687 192.0.2.2 4554${mid} typ host`,
    "a=ice-ufrag:fYTh",
    "a=ice-pwd:QbQNXI3C4aekoLrY00QVFnyx",
    `a=fingerprint:sha-256 ${FINGERPRINT}`,
    `a=setup:${setup}`,
    `a=mid:${mid}`,
    "a=sendrecv",
    "a=rtcp-mux",
  ];
}
