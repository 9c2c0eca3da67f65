import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { openBrowser, type TestBrowser } from "@/tests/support/browser.ts";
import { htmlPage } from "@/tests/support/product.ts";
import { sounds, watchPeers } from "@/tests/support/media.ts";
import { type Networks, openNetworks } from "@/tests/support/networks.ts";
import { gone, press, seen } from "@/tests/support/seen.ts";
import { startService } from "@/tests/support/service.ts";
import { setStage, type Stage } from "@/tests/support/stage.ts";
import { serveWebsite } from "@/tests/support/website.ts";

/** Sound has to be back by then. */
const BACK_MS = 5_000;

// In namespaces the visitor's computer really has another network, its address
// and socket are gone. Where they are not allowed, its browser is only told that
// it is online again: then the new start of ICE within the call is what is tested.
Deno.test("a visitor's network changes in a call, and audio returns within 5 s in the same call", async () => {
  await using networks = await openNetworks();
  if (networks === undefined) console.log("no namespaces: ICE forced only");
  await using stage = await setStage(1);
  await using service = await startService({
    data: stage.data,
    by: networks?.company ?? [],
    args: networks ? ["--host=0.0.0.0"] : [],
  });
  const { port } = new URL(service.url);
  await using company = await openBrowser([], [], networks?.companyChromium);
  await using visitors = await openBrowser([], [], networks?.visitorChromium);
  const desk = await openDesk(company, stage, `http://127.0.0.1:${port}`);
  const url = `http://${networks?.address ?? "127.0.0.1"}:${port}`;
  const html = () =>
    htmlPage(
      `<contact-widget uuid="${stage.widget}"></contact-widget>
       <script type="module" src="${url}/widget.js"></script>`,
    );
  await using website = serveWebsite(html);
  const { page, said } = networks
    ? await openShop(visitors, "http://localhost/", html())
    : await openShop(visitors, website.origin);
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Call Agent 0", exact: true }));
  await press(
    desk.getByRole("region", { name: /is calling/ })
      .getByRole("button", { name: "Answer" }),
  );
  await seen(page.getByRole("timer"));
  await Promise.all([sounds(page), sounds(desk)]);
  const before = await way(page);

  const changedAt = performance.now();
  await change(page, networks);
  await restarted(page, before.ufrag);
  await Promise.all([sounds(page), sounds(desk)]);
  const ms = Math.round(performance.now() - changedAt);
  const after = await way(page);

  console.log(`sound on both sides ${ms} ms after the change`);
  ok(ms < BACK_MS, `${ms} ms`);
  if (networks) notEqual(after.address, before.address);
  deepEqual([after.peers, (await way(desk)).peers], [1, 1]);
  equal(said.filter((frame) => frame.includes('"CreateCall"')).length, 1);
  equal(said.filter((frame) => frame.includes("terminated")).length, 0);
  await gone(page.getByText("Reconnecting"));
  await press(page.getByRole("button", { name: "Hang up" }));
  await gone(desk.getByRole("button", { name: "Hang up" }));
});

async function openDesk(
  browser: TestBrowser,
  { agents: [agent] }: Stage,
  url: string,
): Promise<Page> {
  const { page, context } = await browser.open({ permissions: ["microphone"] });
  await watchPeers(context);
  const [name = "", value = ""] = agent?.cookie.split("=") ?? [];
  await context.addCookies([{ name, value, url }]);
  await page.goto(`${url}/desk`);
  await seen(page.getByRole("radio", { name: "Online" }));
  return page;
}

/** With `html`, the website is there without a network: it was before. */
async function openShop(browser: TestBrowser, url: string, html?: string) {
  const { page, context } = await browser.open({ permissions: ["microphone"] });
  await watchPeers(context);
  if (html) {
    const answer = { contentType: "text/html", body: html };
    await context.route(url, (route) => route.fulfill(answer));
  }
  const said: string[] = [];
  page.on("websocket", (socket) => {
    const add = ({ payload }: { payload: string | Uint8Array }) =>
      said.push(String(payload));
    socket.on("framesent", add);
    socket.on("framereceived", add);
  });
  await page.goto(url);
  return { page, said };
}

async function change(page: Page, networks?: Networks): Promise<void> {
  if (networks) await networks.change();
  else await page.evaluate(() => dispatchEvent(new Event("online")));
}

/** Returns the current route of the page's connection. */
function way(page: Page) {
  return page.evaluate(async () => {
    const { peers } = globalThis as unknown as { peers: RTCPeerConnection[] };
    const sdp = peers[0]?.currentLocalDescription?.sdp ?? "";
    const reports = [...(await peers[0]?.getStats() ?? new Map()).values()];
    const { selectedCandidatePairId } = reports.find(({ type }) =>
      type === "transport"
    ) ?? {};
    const pair = reports.find(({ id }) => id === selectedCandidatePairId);
    const own = reports.find(({ id }) => id === pair?.localCandidateId);
    return {
      peers: peers.length,
      ufrag: /a=ice-ufrag:(\S+)/.exec(sdp)?.[1] ?? "",
      address: String(own?.address),
    };
  });
}

/** Resolves when both sides have agreed on another start of ICE. */
async function restarted(page: Page, ufrag: string): Promise<void> {
  await page.waitForFunction(
    (ufrag) => {
      const { peers } = globalThis as unknown as { peers: RTCPeerConnection[] };
      const sdp = peers[0]?.currentLocalDescription?.sdp ?? ufrag;
      return !sdp.includes(`a=ice-ufrag:${ufrag}`);
    },
    ufrag,
    { polling: 50 },
  );
}
