import { ok } from "node:assert/strict";
import * as v from "valibot";
import { Channels } from "@/lib/pbx/channels/channels_json.ts";
import type { Description } from "@/lib/pbx/channels/description.ts";
import { fromPage } from "@/lib/pbx/channels/mod.ts";
import { parseSdp } from "@/lib/pbx/channels/parse_sdp.ts";

// Shared by the tests of lib/pbx/channels: real descriptions, and their
// contents.

const SAMPLES = new URL("../../lib/pbx/channels/samples/", import.meta.url);

export function sample(name: string): Promise<string> {
  return Deno.readTextFile(new URL(name, SAMPLES));
}

export const chromiumOffer = await sample("chromium-offer.sdp");
export const werift = JSON.parse(await sample("select-from-werift.json"));

/** Chromium's offer, read. */
export function offered(
  allowed: "voice" | "video",
): { channels: Channels; page: Description } {
  const read = fromPage(chromiumOffer, allowed);
  ok(read.ok);
  ok(v.is(Channels, read.value.channels));
  return read.value;
}

/** Returns mid, type and openness of each section. */
export function sectionsOf(sdp: string): string[] {
  const read = parseSdp(sdp);
  ok(read.ok);
  return read.value.sections.map(({ mid, type, media }) =>
    `${mid} ${type} ${media === undefined ? "rejected" : "open"}`
  );
}
