import { deepEqual, equal, ok } from "node:assert/strict";
import {
  type LinkState,
  openLink,
  patienceMs,
  type PbxLinkEffect,
  stepLink,
} from "./link_machine.ts";

const DIGEST = "0".repeat(64);
const login = {
  mt: "AppLogin",
  app: "innovaphone-widgets",
  sip: "widgets",
  info: { appobj: "widgets", pbx: "master" },
  digest: DIGEST,
};
const pbxInfo = {
  mt: "PbxInfo",
  domain: "example.com",
  pbx: "master",
  pbxDns: "pbx.example.com",
  apis: ["PbxSignal", "PbxApi"],
  version: "14r1",
  build: "1410520",
};

Deno.test("[P17] a link is ready after the challenge, a genuine login and PbxInfo", () => {
  const run = new Run();

  run.frame({ mt: "AppChallenge", user: "x" });
  run.frame(login);
  run.on({ type: "checked", genuine: true });
  run.frame(pbxInfo);

  deepEqual(run.sent, [
    { mt: "AppChallengeResult", challenge: "0123" },
    { mt: "AppLoginResult", ok: true, app: "innovaphone-widgets" },
  ]);
  equal(run.effects.at(-1)?.type, "ready");
  ok(run.link.state === "ready");
  deepEqual(run.link.info.apis, ["PbxSignal", "PbxApi"]);
});

Deno.test("[P17] a login without a challenge isn't checked", () => {
  const run = new Run();

  run.frame(login);

  deepEqual(run.effects, []);
  equal(run.link.state, "opening");
});

Deno.test("[P17] a wrong digest is answered, counted as rejected and closes the link", () => {
  const run = new Run();
  run.frame({ mt: "AppChallenge" });
  run.frame(login);

  run.on({ type: "checked", genuine: false });

  equal(run.sent.at(-1)?.ok, false);
  ok(run.effects.some((effect) => effect.type === "refused"));
  equal(run.closeCode, 1008);
  equal(run.link.state, "closed");
});

Deno.test("[P17] a challenge is valid once, so a second login changes nothing", () => {
  const run = new Run();
  run.frame({ mt: "AppChallenge" });
  run.frame(login);

  run.frame({ mt: "AppChallenge" });
  run.frame(login);

  equal(run.effects.filter(({ type }) => type === "check").length, 1);
  equal(run.sent.length, 1);
});

Deno.test("[P18] before a login, API messages, long or unreadable frames and many messages close the link", () => {
  const cases: [number, string[]][] = [
    [1008, [JSON.stringify({ mt: "Register", api: "PbxSignal" })]],
    [1008, ["no json"]],
    [1008, ["[]"]],
    [1009, [" ".repeat(16_385)]],
    [1008, Array(21).fill('{"mt":"Hello"}')],
  ];
  for (const [code, frames] of cases) {
    const run = new Run();
    for (const text of frames) run.on({ type: "frame", text });
    equal(run.closeCode, code, frames[0]?.slice(0, 50) ?? "");
    equal(run.link.state, "closed");
  }
  const patient = new Run();
  for (const text of Array(20).fill('{"mt":"Hello"}')) {
    patient.on({ type: "frame", text });
  }
  equal(patient.closeCode, undefined);
});

Deno.test("[P18] every state before ready times out", () => {
  const opening = new Run();
  const welcome = ready({ until: "welcome" });

  equal(patienceMs(opening.link), 10_000);
  equal(patienceMs(welcome.link), 180_000);
  equal(patienceMs(ready().link), undefined);
  equal(opening.link.until, 10_000);
  equal(welcome.link.until, 180_000);
  equal(ready().link.until, undefined);
  for (const run of [opening, welcome]) {
    run.on({ type: "time" });
    equal(run.closeCode, 1008);
  }
});

Deno.test("[P18] after the login an unreadable frame is counted, and a huge one closes the link", () => {
  const run = ready();

  run.on({ type: "frame", text: "no json" });
  run.frame({ mt: 5 });
  equal(run.link.state, "ready");
  equal(run.problems, 2);
  run.on({ type: "frame", text: " ".repeat(1_048_576) });
  equal(run.closeCode, undefined);
  run.on({ type: "frame", text: " ".repeat(1_048_577) });

  equal(run.closeCode, 1009);
});

Deno.test("[P19] KeepAlive, CheckBuild and AppInfo are answered, with src only if it was sent", () => {
  for (const run of [new Run(), ready()]) {
    const before = run.sent.length;
    run.frame({ mt: "KeepAlive" });
    run.frame({ mt: "CheckBuild", url: "x/y.htm", src: "7" });
    run.frame({ mt: "AppInfo", app: "innovaphone-widgets" });

    deepEqual(run.sent.slice(before), [
      { mt: "KeepAlive" },
      { mt: "CheckBuildResult", src: "7" },
      {
        mt: "AppInfoResult",
        app: "innovaphone-widgets",
        info: { hidden: false, apis: {} },
        serviceInfo: { apis: {} },
      },
    ]);
  }
});

Deno.test("[P19] unknown messages are ignored, API messages delivered once ready", () => {
  const early = ready({ until: "welcome" });
  const run = ready();

  early.frame({ mt: "PresenceUpdate", api: "PbxApi" });
  run.frame({ mt: "SomethingNew", x: {} });
  run.frame({ mt: "PresenceUpdate", api: "PbxApi", src: "p1" });

  equal(early.problems, 1);
  ok(!early.effects.some(({ type }) => type === "deliver"));
  const delivered = run.effects.filter(({ type }) => type === "deliver");
  deepEqual(delivered, [{
    type: "deliver",
    message: { mt: "PresenceUpdate", api: "PbxApi", src: "p1" },
  }]);
});

Deno.test("[P18] an empty api counts as missing, before and after the login", () => {
  const run = new Run();
  run.frame({ mt: "AppChallenge", api: "" });
  run.frame({ ...login, api: "" });
  run.on({ type: "checked", genuine: true });
  run.frame({ ...pbxInfo, api: "" });
  const before = run.sent.length;
  run.frame({ mt: "KeepAlive", api: "" });

  equal(run.link.state, "ready");
  deepEqual(run.sent.slice(before), [{ mt: "KeepAlive" }]);
});

Deno.test("[P35] a login that can't be checked closes the link without an answer", () => {
  const run = new Run();
  run.frame({ mt: "AppChallenge" });
  run.frame(login);
  const before = run.sent.length;

  run.on({ type: "unchecked", reason: "later" });

  equal(run.closeCode, 1013);
  equal(run.sent.length, before);
  ok(!run.effects.some(({ type }) => type === "refused"));
});

Deno.test("[P15] a user's connection never becomes a link", () => {
  const run = new Run();
  run.frame({ mt: "AppChallenge" });
  run.frame({
    ...login,
    sip: "atlantis",
    info: { appobj: "widgets", groups: [] },
  });
  run.on({ type: "checked", genuine: true });

  run.frame(pbxInfo);

  equal(run.link.state, "welcome");
  equal(run.problems, 1);
});

Deno.test("[P19] rights can change while the link is up", () => {
  const run = ready();

  run.frame({ ...pbxInfo, apis: [] });
  run.frame({ ...pbxInfo, apis: "all" });

  ok(run.link.state === "ready");
  deepEqual(run.link.info.apis, []);
  equal(run.effects.filter(({ type }) => type === "ready").length, 2);
  equal(run.problems, 1);
});

/** A machine and all that it did. */
class Run {
  link: LinkState = openLink("0123", 0);
  readonly effects: PbxLinkEffect[] = [];

  on(event: Parameters<typeof stepLink>[1]): void {
    const { state, effects } = stepLink(this.link, event, 0);
    this.link = state;
    this.effects.push(...effects);
  }

  frame(message: object): void {
    this.on({ type: "frame", text: JSON.stringify(message) });
  }

  get sent() {
    return this.effects.flatMap((e) => e.type === "send" ? e.message : []);
  }

  get problems(): number {
    return this.effects.filter(({ type }) => type === "problem").length;
  }

  get closeCode(): number | undefined {
    return this.effects.flatMap((e) => e.type === "close" ? e.code : [])[0];
  }
}

function ready({ until = "ready" } = {}): Run {
  const run = new Run();
  run.frame({ mt: "AppChallenge" });
  run.frame(login);
  run.on({ type: "checked", genuine: true });
  if (until === "ready") run.frame(pbxInfo);
  return run;
}
