import { deepEqual, equal, ok } from "node:assert/strict";
import { CrowdPage, openCrowdProduct, showsAll } from "../support/pbx_crowd.ts";
import { sampleOffer } from "../support/sdp.ts";

const EACH = 20;
const AGENTS = 2 * EACH;

Deno.test("cutting the link in 20 calls and 20 chats ends each once with a cause, and presence recovers automatically", async () => {
  await using product = await openCrowdProduct({ agents: AGENTS, widgets: 1 });
  const { pbx, service, company, widgets } = product;
  pbx.onCall = (call) => void call.answer();
  pbx.onChat = (chat) => chat.join();
  const pages: CrowdPage[] = [];
  for (const [n, { sip }] of company.entries()) {
    const page = await CrowdPage.open(service.url, widgets[0] ?? "", n);
    await page.until(showsAll(AGENTS, "online"));
    if (n < EACH) {
      page.say({ mt: "CreateCall", dest: sip, dn: "Ada" });
      const sdp = sampleOffer("voice");
      page.say({ mt: "Channels", cmd: "PROPOSAL", sdp });
    } else page.say({ mt: "CreateChat", dest: sip, dn: "Ada" });
    pages.push(page);
  }
  const isIn = (state: string) => ({ contact }: CrowdPage) =>
    contact.some((told) => told.state === state);
  await Promise.all(pages.map((page) => page.until(isIn("connected"))));

  const cutAt = performance.now();
  pbx.cut();
  const ended = await Promise.all(
    pages.map((page) => page.until(isIn("terminated"))),
  );
  await Promise.all(
    pages.map((page) => page.until(showsAll(AGENTS, "offline"))),
  );

  // Meanwhile agents went on: what is shown then is the new state.
  const busy = company[3]?.sip ?? "";
  pbx.setPresence(busy, { status: "open", activity: "busy" });
  const linkedAt = performance.now();
  await pbx.connect();
  const right = await Promise.all(
    pages.map((page) =>
      page.until(({ shown }) =>
        company.every(({ sip }) =>
          shown.get(sip) === (sip === busy ? "busy" : "online")
        )
      )
    ),
  );

  const endedMs = Math.max(...ended) - cutAt;
  const rightMs = Math.max(...right) - linkedAt;
  ok(endedMs < 1_000, `the last end after ${endedMs} ms`);
  ok(rightMs < 2_000, `the last presence after ${rightMs} ms`);
  deepEqual(
    pages.map(({ contact }) =>
      contact.filter(({ state }) => state === "terminated")
        .map(({ mt, cause }) => [mt, cause])
    ),
    pages.map((_, n) => [n < EACH ? ["CallInfo", 41] : ["ChatInfo", 41]]),
  );
  ok(pages.every((page) => page.isOpen), "no page was sent away");
  equal(pbx.subscriptions, AGENTS);
  for (const page of pages) page.drop();
});
