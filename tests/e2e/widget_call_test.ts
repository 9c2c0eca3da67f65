import { equal, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { enter, gone, press, pressNext, seen } from "@/tests/support/seen.ts";
import { session } from "@/tests/support/visitor_messages.ts";
import {
  ada,
  connect,
  NO_KEYS,
  openWithAgent,
  sdpOf,
} from "@/tests/support/widget_call.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

/** True if the visitor's page plays the agent's media. */
async function plays(page: Page, query: string): Promise<void> {
  await page.waitForFunction((query) => {
    const root = document.querySelector("contact-widget")?.shadowRoot;
    const media = root?.querySelector<HTMLMediaElement>(query);
    return media && media.currentTime > 0.2;
  }, query);
}

forEachPage(
  "a voice call rings, connects, shows its duration, and is hung up",
  async (kind) => {
    await using shown = await openWithAgent(kind);
    const { page, service, agent } = shown;

    await connect(shown);
    await agent.receives("audio");
    await seen(page.getByRole("timer").getByText("0:02"));
    await press(page.getByRole("button", { name: "Hang up" }));
    await service.once("ClearCall");
    await seen(page.getByText("The call has ended."));

    const created = await service.once("CreateCall");
    equal(created.dest, "ada");
    equal((await sdpOf(shown)).includes("m=video"), false);
  },
);

forEachPage(
  "a video call shows both videos, and the camera can be turned off",
  async (kind) => {
    await using shown = await openWithAgent(kind);
    const { page, agent } = shown;

    await connect(shown, "Video call with");
    await agent.receives("video");
    await plays(page, ".remote");
    await plays(page, ".own");
    await press(page.getByRole("button", { name: "Turn camera off" }));
    await gone(page.getByLabel("Your video"));
    await press(page.getByRole("button", { name: "Turn camera on" }));
    await seen(page.getByLabel("Your video"));
  },
);

forEachPage("a voice call becomes a video call", async (kind) => {
  await using shown = await openWithAgent(kind);
  const { page, service, agent } = shown;
  await connect(shown);

  await press(page.getByRole("button", { name: "Turn camera on" }));
  const sdp = await agent.answer(await sdpOf(shown, 2));
  service.say({ mt: "Channels", cmd: "SELECT", sdp });
  await agent.receives("video");
  await agent.receives("audio");
});

forEachPage("the agent can send a new offer during the call", async (kind) => {
  await using shown = await openWithAgent(kind);
  const { service, agent } = shown;
  await connect(shown);

  service.say({ mt: "Channels", cmd: "PROPOSAL", sdp: await agent.offer() });
  await agent.take(await sdpOf(shown, 2));
  await agent.receives("audio");
});

forEachPage(
  "a network change restarts the media of the same call",
  async (kind) => {
    await using shown = await openWithAgent(kind);
    const { page, service, agent } = shown;
    await connect(shown);
    const ufrag = (sdp: string) => /a=ice-ufrag:(\S+)/.exec(sdp)?.[1];

    await page.evaluate(() => dispatchEvent(new Event("online")));
    const offer = await sdpOf(shown, 2);
    service.say({
      mt: "Channels",
      cmd: "SELECT",
      sdp: await agent.answer(offer),
    });
    await agent.receives("audio");
    await gone(page.getByText("Reconnecting"));

    ok(ufrag(offer) !== ufrag(await sdpOf(shown, 1)));
    equal(service.heard.filter(({ mt }) => mt === "CreateCall").length, 1);
  },
);

forEachPage(
  "a call continues while the connection to the service is cut",
  async (kind) => {
    await using shown = await openWithAgent(kind);
    const { page, service, agent } = shown;
    await connect(shown);

    service.silent = true;
    service.cut();
    await seen(page.getByText("Reconnecting"));
    service.speak();
    await service.once("Start", 2);
    await gone(page.getByText("Reconnecting"));
    await agent.receives("audio");

    await seen(page.getByText("Connected"));
  },
);

forEachPage("keys, mute and hold work during a call", async (kind) => {
  await using shown = await openWithAgent(kind);
  const { page, service } = shown;
  await connect(shown);

  await press(page.getByRole("button", { name: "Keypad" }));
  await gone(page.getByText(NO_KEYS)); // Sound flows.
  await press(page.getByRole("button", { name: "5", exact: true }));
  const mute = page.getByRole("button", { name: "Mute" });
  await press(mute);
  service.say({ mt: "CallHold", held: true });
  await seen(page.getByText("Ada Lovelace has put the call on hold."));
  service.say({ mt: "CallName", dn: "Grace" });
  await seen(page.getByText("Grace has put the call on hold."));

  equal((await service.once("Dtmf")).digits, "5");
  equal(await mute.getAttribute("aria-pressed"), "true");
});

Deno.test("a call that accepts no keys says so and sends none", async () => {
  await using shown = await openWithAgent("strict");
  const { page, service } = shown;
  await connect(
    shown,
    "Call",
    (sdp) =>
      sdp.replaceAll(/a=(rtpmap|fmtp):(110|126) .*\r\n/g, "")
        .replaceAll(/(m=audio .*) 110 126/g, "$1"),
  );

  await seen(page.getByRole("timer").getByText("0:02"));
  await press(page.getByRole("button", { name: "Keypad" }));
  await seen(page.getByText(NO_KEYS));
  await page.getByRole("button", { name: "5", exact: true })
    .dispatchEvent("click");
  await press(page.getByRole("button", { name: "Hang up" }));
  await service.once("ClearCall");

  equal(service.heard.some(({ mt }) => mt === "Dtmf"), false);
});

Deno.test(
  "devices can be chosen during a call, and the level is visible",
  async () => {
    await using shown = await openWithAgent("strict");
    const { page, agent } = shown;
    await connect(shown);

    await press(
      page.getByRole("button", { name: "Microphone, camera, speaker" }),
    );
    const microphones = page.getByRole("combobox", { name: "Microphone" });
    await microphones.selectOption({ index: 1 });
    await agent.receives("audio");
    await page.waitForFunction(
      () => {
        const root = document.querySelector("contact-widget")?.shadowRoot;
        return (root?.querySelector("meter")?.value ?? 0) > 0.01;
      },
      undefined,
      { polling: 20 },
    ); // The fake one beeps once a second.

    ok(await microphones.locator("option").count() > 1);
  },
);

forEachPage("a chat becomes a call, and the chat continues", async (kind) => {
  await using shown = await openWithAgent(kind);
  const { page, service } = shown;
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");
  const dialog = page.getByRole("dialog");

  await press(dialog.getByRole("button", { name: "Call Ada Lovelace" }));
  await service.once("CreateCall");
  service.write("I call you back");
  await press(dialog.getByRole("button", { name: /^Chat(,|$)/ }));
  await seen(page.getByText("I call you back"));
  await press(dialog.getByRole("button", { name: "Hang up" }));
  await service.once("ClearCall");

  equal(await page.getByRole("log").getByText("Hello").count(), 1);
});

forEachPage(
  "the end of a call gives the reason and offers other contact options",
  async (kind) => {
    const ends = [
      [17, "Ada Lovelace is on another call."],
      [19, "Ada Lovelace did not answer."],
      [21, "Ada Lovelace cannot take the call right now."],
      [27, "Ada Lovelace cannot be reached at the moment."],
    ] as const;
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service } = shown;
    await press(page.getByRole("button", { name: "Call Ada Lovelace" }));
    for (const [i, [cause, sentence]] of ends.entries()) {
      await service.once("Channels", i + 1);
      service.say({ mt: "CallInfo", state: "terminated", cause });
      await seen(page.getByText(sentence));
      await pressNext(page.getByRole("button", { name: "Call again" }));
    }
  },
);

Deno.test("a missing requirement for a call is explained in a sentence", async () => {
  const faults = [
    ["NotAllowedError", "Allow it in the address bar"],
    ["NotFoundError", "No microphone was found."],
    ["NotReadableError", "Another program is using"],
  ] as const;
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service } = shown;
  for (const [name, sentence] of faults) {
    await page.evaluate((name) => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("", name));
    }, name);
    const again = page.getByRole("button", { name: /^Call (again|Ada)/ })
      .last();
    await pressNext(again);
    await seen(page.getByText(sentence));
  }

  equal(service.heard.some(({ mt }) => mt === "CreateCall"), false);
});

forEachPage("consent is also asked for before a call", async (kind) => {
  await using shown = await openWidgetPage({
    kind,
    service: {
      session: session({}, { consent: "Calls are not recorded." }),
      infos: [ada],
    },
  });
  const { page, service } = shown;

  await press(page.getByRole("button", { name: "Call Ada Lovelace" }));
  await seen(page.getByText("Calls are not recorded."));
  const before = service.heard.map(({ mt }) => mt).join();
  await press(page.getByRole("button", { name: "Agree and continue" }));
  await service.once("CreateCall");

  equal(before, "Start,Opened");
});

forEachPage(
  "leaving the page while it rings hangs up first",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service, url } = shown;
    await press(page.getByRole("button", { name: "Call Ada Lovelace" }));
    await service.once("Channels");
    page.on("dialog", (dialog) => dialog.accept());

    await page.goto(`${url}/elsewhere`);

    await service.once("ClearCall");
  },
);
