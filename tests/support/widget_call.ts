import { ok } from "node:assert/strict";
import { AgentPage } from "./agent_page.ts";
import type { PageKind } from "./foreign_page.ts";
import { press, seen } from "./seen.ts";
import { info } from "./visitor_messages.ts";
import { openWidgetPage, type WidgetPage } from "./widget_page.ts";

// Shared by tests of calls: a widget with one agent, whose browser answers.

export const NO_KEYS = "Keys can’t be sent right now.";
export const ada = info({ id: "ada", dn: "Ada Lovelace" });

export async function openWithAgent(kind: PageKind) {
  const shown = await openWidgetPage({ kind, service: { infos: [ada] } });
  const page = await shown.profile.context.newPage();
  await page.goto(`${shown.url}/agent`);
  return Object.assign(shown, { agent: new AgentPage(page) });
}

/** Returns the `count`th offer or answer of the visitor's page. */
export async function sdpOf(shown: WidgetPage, count = 1): Promise<string> {
  const channels = await shown.service.once("Channels", count);
  ok("sdp" in channels);
  return channels.sdp;
}

export async function connect(
  shown: Awaited<ReturnType<typeof openWithAgent>>,
  name: "Call" | "Video call with" = "Call",
  changed = (sdp: string) => sdp,
): Promise<void> {
  const { page, service, agent } = shown;
  await press(page.getByRole("button", { name: `${name} Ada Lovelace` }));
  const sdp = changed(
    await agent.answer(await sdpOf(shown), name !== "Call"),
  );
  service.say({ mt: "CallInfo", state: "alerting" });
  await seen(page.getByText("Ringing…"));
  service.say({ mt: "CallInfo", state: "connected", cmd: "SELECT", sdp });
  await seen(page.getByText("Connected"));
}
