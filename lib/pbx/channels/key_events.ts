import type { Channels } from "./channels_json.ts";
import {
  type Description,
  type Format,
  KEY_EVENTS,
  type KeyEvents,
  type Section,
} from "./description.ts";
import { firstOf } from "./sdp_to_channels.ts";

/** The SDK's media.h: phones expect this number for key events by default. */
const PAYLOAD_USUAL = 101;

/** True if the page sends keys within its audio, as RTP events. */
export function sendsKeys({ sections }: Description): boolean {
  return firstOf(sections, "audio")?.keys !== undefined;
}

/**
 * Returns the key events of an audio section. INFERRED: Channels has no key
 * events, so a phone expects {@linkcode PAYLOAD_USUAL}. An answer may use
 * another number than the offer (RFC 3264, 6.1).
 */
export function keyEventsOf(
  section: Section,
  { ch }: Channels,
  formats: readonly Format[],
): KeyEvents | undefined {
  const own = section.media?.keys;
  if (section.media !== undefined && own === undefined) return;
  const named = ch.find(({ coder }) => coder.toLowerCase() === KEY_EVENTS)?.pt;
  const taken = new Set([
    ...section.payloads.split(" ").map(Number),
    ...formats.map(({ payload }) => payload),
  ]);
  if (own !== undefined) taken.delete(own.payload);
  const payload = [named, PAYLOAD_USUAL, own?.payload].find((number) =>
    number !== undefined && !taken.has(number)
  );
  return payload === undefined ? undefined : { ...own, payload };
}
