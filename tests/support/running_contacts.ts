import type { Metrics } from "@/lib/metrics/metrics.ts";

const VALUES = /^contact_widgets_contacts\{media="(\w+)",.*\} (\d+)$/gm;

/** Returns the numbers of running calls and chats by medium, as operators see
 * them. */
export async function runningContacts(
  metrics: Metrics,
): Promise<Record<string, number>> {
  const running: Record<string, number> = {};
  const text = await metrics.text();
  for (const [, media = "", count] of text.matchAll(VALUES)) {
    running[media] = (running[media] ?? 0) + Number(count);
  }
  return running;
}
