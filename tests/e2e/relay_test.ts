import { equal, match, ok } from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { ICE_TTL_SECONDS, iceConfig } from "@/lib/contact/ice_config.ts";
import { iceServers } from "@/lib/model/ice_urls.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { openBrowser } from "@/tests/support/browser.ts";
import { openProduct } from "@/tests/support/product.ts";
import { received, watchPeers } from "@/tests/support/media.ts";
import { press, seen } from "@/tests/support/seen.ts";
import { startTurn } from "@/tests/support/turn_server.ts";

// A visitor whose network lets nothing through but TURN, with Debian's coturn.

const SECRET = "shared-with-coturn";

for (const protection of ["off", "proofOfWork"] as const) {
  Deno.test(`a call goes through TURN with its own credentials, protection ${protection}`, () =>
    callThroughTurn(protection));
}

async function callThroughTurn(
  protection: "off" | "proofOfWork",
): Promise<void> {
  await using turn = await startTurn(SECRET);
  await using product = await openProduct([
    `--turn=${turn.host}`,
    `--turn-secret=${SECRET}`,
  ]);
  const widget = await product.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
    content.protection = protection;
  });
  const desk = await product.openDesk("ada", "Ada Lovelace");
  await watchPeers(desk.context);
  await desk.page.reload();
  const { page, context } = await product.browser.open({
    permissions: ["camera", "microphone"],
  });
  await relayOnly(context);
  await watchPeers(context);
  await page.goto(product.website([widget.uuid]).origin);

  await press(
    page.getByRole("button", { name: "Call Ada Lovelace", exact: true }),
  );
  const ring = desk.page.getByRole("region", { name: /is calling/ });
  await press(ring.getByRole("button", { name: "Answer" }));
  await seen(page.getByRole("timer"));
  await received(page, "audio");
  await received(desk.page, "audio");
  const candidate = await localCandidate(page);
  const during = await metricsOf(product.service.url);
  await press(page.getByRole("button", { name: "Hang up" }));
  await seen(page.getByText("The call has ended."));
  const after = await metricsOf(product.service.url);

  equal(candidate, "relay");
  match(during, /contacts\{media="voice",state="connected"\} 1$/m);
  match(during, /answer_seconds_count\{media="voice"\} 1$/m);
  match(after, /contacts\{media="voice",state="connected"\} 0$/m);
  match(
    after,
    /contact_ended_total\{media="voice",cause="16",answered="true"\} 1$/m,
  );
  const [user = ""] = turn.allocations();
  match(user, /^\d{10}:[0-9a-f]{32}$/);
  ok(Number(user.split(":")[0]) > Date.now() / 1_000);
}

Deno.test("TURN rejects expired credentials and those made with another secret", async () => {
  await using turn = await startTurn(SECRET);
  await using browser = await openBrowser();
  const { page } = await browser.open();
  const made = (turnSecret: string, age: number) =>
    iceConfig(
      { stun: "", turn: turn.host, turnSecret, ttlSeconds: ICE_TTL_SECONDS },
      { user: "ada", now: Date.now() - age * 1_000 },
    );

  const good = await gather(page, made(SECRET, 0));
  const old = await gather(page, made(SECRET, ICE_TTL_SECONDS + 60));
  const foreign = await gather(page, made("another", 0));

  equal(good, "relay");
  equal(old, "none");
  equal(foreign, "none");
  equal(turn.allocations().length, 1);
});

async function metricsOf(url: string): Promise<string> {
  return await (await fetch(`${url}/metrics`)).text();
}

/** Every peer connection of the profile may use TURN only. */
async function relayOnly(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    class Relayed extends RTCPeerConnection {
      constructor(configuration: RTCConfiguration = {}) {
        super({ ...configuration, iceTransportPolicy: "relay" });
      }
    }
    Object.assign(globalThis, { RTCPeerConnection: Relayed });
  });
}

/** Returns the local candidate type of the page's newest connection. */
function localCandidate(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { peers } = globalThis as unknown as { peers: RTCPeerConnection[] };
    const stats = await peers.at(-1)!.getStats();
    for (const report of stats.values()) {
      if (report.type !== "transport") continue;
      const pair = stats.get(report.selectedCandidatePairId);
      return stats.get(pair.localCandidateId).candidateType;
    }
  });
}

/** The type of candidate that a page gets with these servers alone. */
function gather(page: Page, config: IceConfig): Promise<string> {
  return page.evaluate(async (iceServers) => {
    const peer = new RTCPeerConnection({
      iceServers,
      iceTransportPolicy: "relay",
    });
    peer.createDataChannel("x");
    const found = new Promise<string>((done) => {
      peer.onicecandidate = ({ candidate }) => {
        if (candidate?.type) done(candidate.type);
        else if (candidate === null) done("none");
      };
    });
    await peer.setLocalDescription();
    const type = await found;
    peer.close();
    return type;
  }, iceServers(config));
}
