import { fill } from "@/lib/i18n/fill.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { Evidence, Probe } from "./probe_state.ts";

type Texts = AdminTexts["network"];

/** Describes the kind of server at this address, and its transport. */
export function useText(url: string, texts: Texts): string {
  if (url.startsWith("stun")) return texts.stunUse;
  if (url.startsWith("turns:")) return texts.turnTls;
  return /[?&]transport=tcp\b/i.test(url) ? texts.turnTcp : texts.turnUdp;
}

/** Describes the result of a test in a sentence. */
export function proofText(proof: Evidence, texts: Texts): string {
  switch (proof.kind) {
    case "seen-as":
      return fill(texts.seenAs, { address: proof.address });
    case "direct":
      return texts.direct;
    case "relayed":
      return fill(texts.relayed, {
        address: proof.address,
        ms: proof.roundTripMs,
      });
  }
}

/** Explains a failure, and what to check. */
export function whyText(
  { why }: Extract<Probe, { state: "failed" }>,
  url: string,
  texts: Texts,
): string {
  return fill(texts.why[why], { port: portText(url, texts) });
}

/** Returns the browser's own text, which is in its language and therefore shown
 * separately. */
export function saidText(
  { error }: Extract<Probe, { state: "failed" }>,
  texts: Texts,
): string | undefined {
  if (error === undefined) return undefined;
  const { code, text } = error;
  return code === 0
    ? fill(texts.said, { text })
    : fill(texts.saidCode, { code, text });
}

/** Returns the port that a firewall has to allow: `UDP port 3478`. */
export function portText(url: string, texts: Texts): string {
  const isTls = /^(stun|turn)s:/.test(url);
  const isTcp = isTls || /[?&]transport=tcp\b/i.test(url);
  const [, given] = /^[a-z]+:(?:\[[^\]]*\]|[^:?]*):(\d+)/i.exec(url) ?? [];
  const port = given ?? (isTls ? "5349" : "3478");
  return fill(texts.port, { protocol: isTcp ? "TCP" : "UDP", port });
}
