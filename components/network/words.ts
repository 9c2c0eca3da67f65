import { fill } from "@/lib/i18n/fill.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { Probe, Proof } from "./probe_state.ts";

type Texts = AdminTexts["network"];

/** What kind of server stands at this address, and how it is reached. */
export function useText(url: string, texts: Texts): string {
  if (url.startsWith("stun")) return texts.stunUse;
  if (url.startsWith("turns:")) return texts.turnTls;
  return /[?&]transport=tcp\b/i.test(url) ? texts.turnTcp : texts.turnUdp;
}

/** What the test has shown, in a sentence. */
export function proofText(proof: Proof, texts: Texts): string {
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

/** Why it does not work, and what to look at. */
export function whyText(
  { why }: Extract<Probe, { state: "failed" }>,
  url: string,
  texts: Texts,
): string {
  return fill(texts.why[why], { port: portText(url, texts) });
}

/** The browser's own words; in its language, so they stand apart. */
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

/** Which port a firewall has to let through: `UDP port 3478`. */
export function portText(url: string, texts: Texts): string {
  const isTls = /^(stun|turn)s:/.test(url);
  const isTcp = isTls || /[?&]transport=tcp\b/i.test(url);
  const [, given] = /^[a-z]+:(?:\[[^\]]*\]|[^:?]*):(\d+)/i.exec(url) ?? [];
  const port = given ?? (isTls ? "5349" : "3478");
  return fill(texts.port, { protocol: isTcp ? "TCP" : "UDP", port });
}
