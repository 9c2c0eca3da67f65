/**
 * The part of SDP (RFC 8866) that a bridge needs: which media sections there
 * are, whether each is encrypted, and how to reject one. Everything else passes
 * unchanged.
 */
interface Description {
  session: string[];
  sections: Section[];
}

/** A media section; the first line is its `m=`. */
type Section = string[];

/** `no-media`: every section is rejected, or there is none. `unencrypted`: a
 * section could be sent without its own keys from DTLS. */
export type SdpFault = "no-media" | "unencrypted";

/**
 * Profiles whose media or data are encrypted with DTLS. Before the names of RFC
 * 5764 were used, DTLS-SRTP was written as RTP/SAVPF with a fingerprint (RFC
 * 8829, 5.1.2).
 */
const DTLS_PROFILES = new Set([
  "UDP/TLS/RTP/SAVPF",
  "UDP/TLS/RTP/SAVP",
  "TCP/DTLS/RTP/SAVPF",
  "TCP/DTLS/RTP/SAVP",
  "RTP/SAVPF",
  "UDP/DTLS/SCTP",
  "TCP/DTLS/SCTP",
  "DTLS/SCTP",
]);

/** Returns why this SDP cannot start a call, if so. */
export function sdpFault(sdp: string): SdpFault | undefined {
  const { session, sections } = parse(sdp);
  if ([session, ...sections].some(hasSdesKeys)) return "unencrypted";
  const active = sections.filter((section) => !isRefused(section));
  if (active.length === 0) return "no-media";
  const isEncrypted = active.every((section) =>
    DTLS_PROFILES.has(profileOf(section)) &&
    (hasFingerprint(section) || hasFingerprint(session))
  );
  return isEncrypted ? undefined : "unencrypted";
}

/** True if it offers or answers video. */
export function hasVideo(sdp: string): boolean {
  return parse(sdp).sections
    .some((section) => kindOf(section) === "video" && !isRefused(section));
}

/**
 * Rejects every section of the offer that is not audio: port 0, outside of
 * BUNDLE. The sections stay, so that an answer has as many as the offer.
 */
export function voiceOffer(sdp: string): string {
  const { session, sections } = parse(sdp);
  return print(
    session,
    sections.map((section) =>
      kindOf(section) === "audio" ? section : refuse(section)
    ),
  );
}

/**
 * Adapts the answer to this offer (RFC 8829, 5.3.1): exactly the offer's
 * sections in its order. Rejects sections that the answer lacks, that the offer
 * rejects and, if `video` is false, that are not audio.
 */
export function fitAnswer(
  offer: string,
  answer: string,
  { video }: { video: boolean },
): string {
  const { session, sections } = parse(answer);
  const fitted = parse(offer).sections.map((offered, index) => {
    const kind = kindOf(offered);
    if (isRefused(offered) || (!video && kind !== "audio")) {
      return refuse(offered);
    }
    const mid = midOf(offered);
    const answered = sections.find((section) =>
      mid && midOf(section) === mid
    ) ??
      sections[index];
    return answered && kindOf(answered) === kind ? answered : refuse(offered);
  });
  return print(session, fitted);
}

function parse(sdp: string): Description {
  const session: string[] = [];
  const sections: Section[] = [];
  for (const line of sdp.split(/\r\n|\r|\n/)) {
    if (line === "") continue;
    if (line.startsWith("m=")) sections.push([line]);
    else (sections.at(-1) ?? session).push(line);
  }
  return { session, sections };
}

function print(session: string[], sections: Section[]): string {
  const alive = new Set(
    sections.filter((section) => !isRefused(section)).map(midOf),
  );
  const head = session.flatMap((line) => {
    if (!line.startsWith("a=group:BUNDLE")) return [line];
    const mids = line.split(" ").slice(1).filter((mid) => alive.has(mid));
    return mids.length > 0 ? [`a=group:BUNDLE ${mids.join(" ")}`] : [];
  });
  return [...head, ...sections.flat(), ""].join("\r\n");
}

/** Returns the section with port 0, without the lines about transport and
 * direction. */
function refuse([m = "", ...lines]: Section): Section {
  const kept = lines.filter((line) => /^a=(mid|rtpmap|fmtp):/.test(line));
  return [
    m.replace(/^(m=\S+) \S+/, "$1 0"),
    "c=IN IP4 0.0.0.0",
    "a=inactive",
    ...kept,
  ];
}

/** Port 0 rejects a section, unless it means "in the bundle" (RFC 9143, 6). */
function isRefused(section: Section): boolean {
  return /^m=\S+ 0[ /]/.test(section[0] ?? "") &&
    !section.includes("a=bundle-only");
}

function hasFingerprint(lines: string[]): boolean {
  return lines.some((line) => /^a=fingerprint:\S+ \S/.test(line));
}

/** True if the SDP contains keys (RFC 4568), with which everybody who passes it
 * on could listen. */
function hasSdesKeys(lines: string[]): boolean {
  return lines.some((line) => /^a=crypto:/i.test(line));
}

function profileOf(section: Section): string {
  return /^m=\S+ \S+ (\S+)/.exec(section[0] ?? "")?.[1] ?? "";
}

function kindOf(section: Section): string {
  return /^m=(\S+)/.exec(section[0] ?? "")?.[1] ?? "";
}

function midOf(section: Section): string | undefined {
  return section.find((line) => line.startsWith("a=mid:"))?.slice(6);
}
