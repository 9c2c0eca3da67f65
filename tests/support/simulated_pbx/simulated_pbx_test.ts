import { deepEqual, equal, ok } from "node:assert/strict";
import { turns, user } from "./in_memory.ts";
import { isJson, type Json, listOf } from "./messages.ts";
import { CAPTURED, presenceItems } from "./presence.ts";
import { SimulatedPbx } from "./simulated_pbx.ts";

// The simulated PBX as app services of others know a real one.

/** An app service that is written in Go: an empty `api`, and nothing is left out. */
class OtherService {
  readonly heard: Json[] = [];
  readonly pbx: SimulatedPbx;
  #say: (text: string) => void = () => {};

  constructor(options: ConstructorParameters<typeof SimulatedPbx>[1] = {}) {
    this.pbx = new SimulatedPbx((pbx) => {
      this.#say = (text) => queueMicrotask(() => pbx.message(text));
      queueMicrotask(() => pbx.opened());
      return {
        send: (text) => queueMicrotask(() => this.#hear(JSON.parse(text))),
        close: () => queueMicrotask(() => pbx.closed()),
      };
    }, { users: [user("atlantis", "Atlantis", "201")], ...options });
  }

  say(message: Json): void {
    this.#say(JSON.stringify(message));
  }

  /** The messages that the PBX has sent since then, by a request. */
  async ask(message: Json): Promise<Json[]> {
    const before = this.heard.length;
    this.say(message);
    await turns(2);
    return this.heard.slice(before);
  }

  #hear(message: unknown): void {
    if (!isJson(message)) return;
    this.heard.push(message);
    const answer = ANSWERS[String(message.mt)];
    if (answer) this.say({ api: "", src: "", ...answer });
  }
}

const ANSWERS: Record<string, Json> = {
  AppChallenge: { mt: "AppChallengeResult", challenge: "0123456789abcdef" },
  AppLogin: { mt: "AppLoginResult", ok: true, domain: "example.com" },
  AppInfo: { mt: "AppInfoResult", app: {}, serviceInfo: {}, deviceInfo: {} },
};

async function linked(
  options: ConstructorParameters<typeof SimulatedPbx>[1] = {},
): Promise<OtherService> {
  const service = new OtherService(options);
  await service.pbx.connect();
  return service;
}

Deno.test("a service that sends an empty api logs in and gets PbxInfo", async () => {
  const { heard } = await linked();

  const [, login, info] = heard;
  deepEqual(heard.map(({ mt }) => mt), [
    "AppChallenge",
    "AppLogin",
    "PbxInfo",
    "AppInfo",
  ]);
  deepEqual(info?.apis, ["PbxSignal", "PbxApi", "PbxAdminApi"]);
  ok(isJson(login?.info));
  equal(login.info.lics, 0);
});

Deno.test("the error of a rejected subscription is a number", async () => {
  const service = await linked();

  const answers = await service.ask({
    api: "PbxApi",
    mt: "SubscribePresence",
    src: "1",
    sip: "nobody",
  });

  deepEqual(answers, [
    { api: "PbxApi", mt: "SubscribePresenceResult", src: "1", error: 1 },
  ]);
});

Deno.test("a captured presence is sent item by item as recorded", async () => {
  const service = await linked();
  service.pbx.setPresence("atlantis", CAPTURED.busy);

  const answers = await service.ask({
    api: "PbxApi",
    mt: "SubscribePresence",
    src: "1",
    sip: "atlantis",
  });

  deepEqual(answers.map(({ mt }) => mt), [
    "SubscribePresenceResult",
    "PresenceState",
    "PresenceUpdate",
  ]);
  deepEqual(answers.at(-1)?.presence, CAPTURED.busy);
});

Deno.test("a presence set by an app becomes the newest item", async () => {
  const service = await linked();
  await service.ask({
    api: "PbxApi",
    mt: "SubscribePresence",
    src: "1",
    sip: "atlantis",
  });
  const set = { api: "PbxApi", mt: "SetPresence", src: "2" };
  const busy = { contact: "im:", activity: "busy", note: "Meeting" };

  const answers = await service.ask({ ...set, sip: "atlantis", ...busy });
  const refused = await service.ask({ ...set, sip: "nobody", ...busy });

  deepEqual(answers.map(({ mt }) => mt), [
    "SetPresenceResult",
    "PresenceState",
    "PresenceUpdate",
  ]);
  const [phone] = presenceItems({ status: "open", activity: "" });
  deepEqual(answers.at(-1)?.presence, [{ status: "open", ...busy }, phone]);
  deepEqual(refused.map(({ error }) => error), [1]);
});

Deno.test("requests used only by other services are answered", async () => {
  const service = await linked();
  const mts = [
    ["PbxApi", "GetNodeInfo"],
    ["PbxApi", "AddAlienCall"],
    ["PbxApi", "DelAlienCall"],
    ["PbxAdminApi", "GetPbxLicenses"],
    ["PbxAdminApi", "GetAppLics"],
    ["PbxAdminApi", "GetStun"],
  ];

  for (const [api, mt] of mts) {
    const [answer, ...more] = await service.ask({ api, mt, src: "7" });

    deepEqual([answer?.api, answer?.mt, answer?.src], [
      api,
      `${mt}Result`,
      "7",
    ]);
    deepEqual(more, []);
  }
});

Deno.test("a chat in the format of other services reaches the client and comes back", async () => {
  const service = await linked();
  const signal = (sig: Json) =>
    service.ask({ api: "PbxSignal", mt: "Signaling", call: 1, src: "1", sig });
  const write = (fty: Json) => signal({ type: "facility", fty: [fty] });
  await service.ask({ api: "PbxSignal", mt: "Register", src: "1", hw: "app" });

  const [proceeding] = await signal({
    type: "setup",
    cd: { flags: "U", sip: "atlantis" },
    channel: 0,
    fty: [{ type: "im_setup" }],
  });
  const chat = await service.pbx.chats.next();
  await write({ type: "im_message", typing: true });
  await chat.sawTyping();
  const text = { data: "Hello", mime: "text/html", attach: "" };
  await write({ type: "im_message", ...text });
  const before = service.heard.length;
  chat.say("Hi");
  await turns(2);

  ok(isJson(proceeding?.sig));
  equal(proceeding.sig.type, "call_proc");
  deepEqual(chat.texts, ["Hello"]);
  const [answer] = service.heard.slice(before);
  ok(isJson(answer?.sig));
  const [message] = listOf(answer.sig.fty);
  deepEqual([message?.type, message?.data, message?.mime], [
    "im_message",
    "Hi",
    "text/html",
  ]);
});

/** Makes a call, and gives back what the phone signals when it is answered. */
async function answered(channels: Json | undefined, src?: string) {
  const service = await linked();
  const api = "PbxSignal";
  const marked = src === undefined ? {} : { src };
  await service.ask({ api, mt: "Register", ...marked });
  const sig = {
    type: "setup",
    cd: { sip: "atlantis" },
    channel: -1,
    ...(channels && { channels_cmd: "PROPOSAL", channels }),
  };
  await service.ask({ api, mt: "Signaling", call: 1, sig, ...marked });
  const before = service.heard.length;
  await (await service.pbx.calls.next()).answer();
  await turns(2);
  return service.heard.slice(before);
}

Deno.test("a phone without a name sends no facility", async () => {
  const [message] = await answered(
    { ch: [{ coder: "OPUS-WB", pt: 111 }] },
    "1",
  );

  ok(isJson(message?.sig));
  equal(message.sig.type, "conn");
  equal("fty" in message.sig, false);
  equal(message.src, "1");
});

Deno.test("signals have no mark if the registration had none", async () => {
  const [message] = await answered({ ch: [{ coder: "OPUS-WB", pt: 111 }] });

  equal(message?.mt, "Signaling");
  equal("src" in (message ?? {}), false);
});

Deno.test("an offer that no phone can accept ends the call with cause 88", async () => {
  for (const channels of [{}, { ch: [] }]) {
    const messages = await answered(channels, "1");

    deepEqual(messages.map(({ sig }) => sig), [
      { type: "rel", cau: { num: 88 } },
    ]);
  }
});

Deno.test("a setup without media gets an offer with the answer", async () => {
  const [message] = await answered(undefined, "1");

  ok(isJson(message?.sig));
  const { type, channels_cmd: cmd, channels } = message.sig;
  deepEqual([type, cmd, isJson(channels)], ["conn", "PROPOSAL", true]);
});
