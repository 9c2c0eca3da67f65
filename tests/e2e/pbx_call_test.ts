import { deepEqual, equal, ok } from "node:assert/strict";
import { AdminClient, agentOf, PASSWORD } from "../support/admin_client.ts";
import { openBrowser } from "../support/browser.ts";
import { startService } from "../support/service.ts";
import { user } from "../support/simulated_pbx/in_memory.ts";
import type { PhoneCall } from "../support/simulated_pbx/phone_call.ts";
import { SimulatedPbx } from "../support/simulated_pbx/simulated_pbx.ts";
import {
  LEAVES_TIMERS,
  WeriftMedia,
} from "../support/simulated_pbx/werift_media.ts";
import { webSocketWire } from "../support/simulated_pbx/wire.ts";
import { VISITOR_PAGE, VisitorPage } from "../support/visitor_page.ts";
import { serveWebsite } from "../support/website.ts";

Deno.test(
  "a visitor in Chromium has a video call with a PBX phone: hold, new offers, hang-up by either side",
  LEAVES_TIMERS,
  async () => {
    await using product = await openProduct();
    const { visitor, phones } = product;

    const call = await connect(product, { video: true });
    equal(call.visitorName, "Ada");
    const media = phones.at(-1);
    ok(
      media !== undefined && media.received.audio > 0 &&
        media.received.video > 0,
    );

    call.hold();
    await visitor.until({ mt: "CallHold", held: true });
    call.retrieve();
    await visitor.until({ mt: "CallHold", held: false });
    await call.offer();
    await call.gotAnswer();
    await visitor.flows({ video: true });
    await visitor.offer();
    await call.gotOffer();
    await visitor.until({ mt: "Channels", cmd: "SELECT" });
    await visitor.flows({ video: true });
    await holdByMedia(call, visitor);
    await call.transfer("Columbia");
    await visitor.until({ mt: "CallName", dn: "Columbia" });
    await call.gotAnswer();
    await visitor.flows({ video: true });
    await visitor.press("12#");
    await call.gotDigits(3);

    call.hangUp();
    await visitor.until({ mt: "CallInfo", state: "terminated" });
    equal(call.digits, "12#");
    const ends = (await visitor.heard()).filter((m) =>
      m.state === "terminated"
    );
    deepEqual(ends.map((m) => m.cause), [16]);
  },
);

/** P41: the phone says nothing, and the visitor learns it all the same. */
async function holdByMedia(
  call: PhoneCall,
  visitor: VisitorPage,
): Promise<void> {
  call.closeMedia();
  await visitor.until({ mt: "CallHold", held: true }, 2);
  await call.offer();
  await call.gotAnswer();
  await visitor.until({ mt: "CallHold", held: false }, 2);
  await visitor.flows({ video: true });

  await call.offerHold();
  await call.gotAnswer();
  await visitor.until({ mt: "CallHold", held: true }, 3);
  await call.offer();
  await call.gotAnswer();
  await visitor.until({ mt: "CallHold", held: false }, 3);
  await visitor.flows({ video: true });
}

Deno.test(
  "a visitor in Chromium makes a voice call and hangs up, and another call is declined",
  LEAVES_TIMERS,
  async () => {
    await using product = await openProduct();
    const { pbx, visitor } = product;

    const call = await connect(product, { video: false });
    await visitor.say({ mt: "ClearCall" });
    await call.ended();
    await visitor.until({ mt: "CallInfo", state: "terminated" });
    equal(call.cause, 16);

    await visitor.call("atlantis", { video: false });
    (await pbx.calls.next()).hangUp();
    await visitor.until({ mt: "CallInfo", state: "terminated", cause: 21 });
  },
);

Deno.test(
  "losing the PBX in a call ends it once, shows offline, and online again after the reconnect",
  LEAVES_TIMERS,
  async () => {
    await using product = await openProduct();
    const { pbx, visitor } = product;
    await visitor.call("atlantis", { video: false });
    await (await pbx.calls.next()).answer();
    await visitor.until({ mt: "CallInfo", state: "connected" });

    const cutAt = performance.now();
    pbx.cut();
    await visitor.until({ mt: "CallInfo", state: "terminated" });
    const endedMs = performance.now() - cutAt;
    await visitor.until({ mt: "Info", presence: "offline" }, 2); // And at the start.
    const offlineMs = performance.now() - cutAt;
    const linkedAt = performance.now();
    await pbx.connect();
    await visitor.until({ mt: "Info", presence: "online" }, 2);
    const onlineMs = performance.now() - linkedAt;

    ok(endedMs < 1_000, `terminated after ${endedMs} ms`);
    ok(offlineMs < 1_500, `offline after ${offlineMs} ms`);
    ok(onlineMs < 2_000, `online after ${onlineMs} ms`);
  },
);

/** A call through which media flow. */
async function connect(
  { pbx, visitor }: Pick<Product, "pbx" | "visitor">,
  { video }: { video: boolean },
): Promise<PhoneCall> {
  await visitor.call("atlantis", { video });
  const call = await pbx.calls.next();
  await visitor.until({ mt: "CallInfo", state: "alerting" });
  equal(call.video, video);
  await call.answer();
  await visitor.until({ mt: "CallInfo", state: "connected" });
  await visitor.flows({ video });
  return call;
}

type Product = Awaited<ReturnType<typeof openProduct>>;

/** The whole product with a PBX, and a visitor's page of a widget with one agent. */
async function openProduct() {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(
    await startService({
      args: ["--pbx-password=s3cret", `--admin-password=${PASSWORD}`],
    }),
  );
  const phones: WeriftMedia[] = [];
  const pbx = new SimulatedPbx(
    webSocketWire(`${service.url.replace("http", "ws")}/widgets`),
    {
      users: [user("atlantis", "Atlantis")],
      openMedia: () => {
        const media = new WeriftMedia();
        phones.push(media);
        return media;
      },
    },
  );
  await pbx.connect();
  stack.defer(() => pbx.cut());
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
  const { uuid } = await admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("atlantis", "Atlantis")];
  });
  const website = stack.use(serveWebsite(() => VISITOR_PAGE));
  const browser = stack.use(await openBrowser());
  const { page } = await browser.open({
    permissions: ["camera", "microphone"],
  });
  const visitor = new VisitorPage(page);
  await visitor.start(website.origin, service.url, uuid);
  await visitor.until({ mt: "Info", presence: "online" });
  const all = stack.move();
  return {
    pbx,
    phones,
    visitor,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
