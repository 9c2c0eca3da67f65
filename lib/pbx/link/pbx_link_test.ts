import { deepEqual, equal, match } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { appLogin } from "@/tests/support/simulated_pbx/login.ts";
import { turns } from "@/tests/support/simulated_pbx/in_memory.ts";
import { loginDigest } from "../login/app_login.ts";
import { PbxLink } from "./pbx_link.ts";
import { Trace } from "./trace.ts";

const WIDGETS = {
  app: "innovaphone-widgets",
  domain: "example.com",
  object: "widgets",
  name: "Contact Widgets",
  pbx: "master",
  password: "s3cret",
};
const { domain, pbx } = WIDGETS;
const PBX_INFO = { mt: "PbxInfo", domain, pbx, apis: ["PbxApi"] };
const STATE = { mt: "PresenceState", api: "PbxApi", src: "p" };

/** A connection, and everything that it said to its socket and owner. */
function open({ password = "s3cret" }: { password?: string | undefined } = {}) {
  const clock = new FakeClock();
  const trace = new Trace();
  const sent: Record<string, unknown>[] = [];
  const said: string[] = [];
  const socket = {
    send: (text: string) => void sent.push(JSON.parse(text)),
    close: (code?: number, reason?: string) =>
      void said.push(`close ${code} ${reason}`),
    bufferedAmount: 0,
  };
  const tools = {
    clock,
    trace,
    password: () => Promise.resolve(password === "" ? undefined : password),
  };
  const owner = {
    ready: () => void said.push("ready"),
    message: (_: PbxLink, { mt }: { mt: string }) => void said.push(mt),
    mustWait: () => false,
    refused: () => void said.push("refused"),
    closed: () => void said.push("closed"),
  };
  const link = new PbxLink(socket, "192.0.2.1", { tools, owner });
  const take = (message: object) => link.message(JSON.stringify(message));
  return { ...{ clock, trace, sent, said, link, take } };
}

/** A link that can be used; what it has said so far is left out. */
async function ready() {
  const room = open();
  const { link, take, sent, said } = room;
  take({ mt: "AppChallenge" });
  const challenge = String(sent[0]?.challenge);
  take(appLogin(challenge, WIDGETS));
  await turns(1);
  take(PBX_INFO);
  equal(link.key, "example.com/master/widgets");
  deepEqual(said.splice(0), ["ready"]);
  return room;
}

Deno.test("[P32] the answer to a request settles it once, and its time is measured", async () => {
  const { link, take, clock, sent, said } = await ready();

  const asked = link.request({ mt: "GetNode", api: "PbxApi" });
  clock.advance(70);
  const { src } = sent.at(-1) ?? {};
  take({ mt: "Other", api: "PbxApi", src });
  take({ mt: "GetNodeResult", api: "PbxApi", src: "someone" });
  take({ mt: "GetNodeResult", api: "PbxApi", src, name: "root" });
  take({ mt: "GetNodeResult", api: "PbxApi", src });
  const answer = await asked;
  clock.advance(10_000);

  equal(answer.ok && answer.value.name, "root");
  deepEqual(said, ["Other", "GetNodeResult", "GetNodeResult"]);
  deepEqual([link.roundTripMs, link.errors], [70, []]);
});

Deno.test("[P32] a request without an answer within ten seconds is a problem, and a later answer isn't its answer", async () => {
  const { link, take, clock, sent, said } = await ready();

  const asked = link.request({ mt: "GetNode", api: "PbxApi" });
  clock.advance(10_000);
  take({ mt: "GetNodeResult", api: "PbxApi", src: sent.at(-1)?.src });

  deepEqual(await asked, { ok: false, error: "late" });
  deepEqual(link.errors.map(({ text }) => text), ["GetNode was not answered"]);
  deepEqual([link.roundTripMs, said], [undefined, ["GetNodeResult"]]);
});

Deno.test("[P32] a closed link loses its requests, is reported once, and delivers nothing more", async () => {
  const { link, take, clock, sent, said, trace } = await ready();
  const asked = link.request({ mt: "GetNode", api: "PbxApi" });

  link.close("replaced");
  link.closed(1006);
  take(STATE);
  const before = sent.length;
  const afterwards = link.request({ mt: "GetNode", api: "PbxApi" });
  clock.advance(60_000);

  const lost = { ok: false, error: "lost" };
  deepEqual([await asked, await afterwards], [lost, lost]);
  deepEqual(said, ["close 1000 replaced", "closed"]);
  deepEqual([sent.length, link.errors, clock.pending], [before, [], 0]);
  deepEqual(
    trace.entries().flatMap((e) => e.direction === "note" ? e.text : []),
    ["replaced", "closed 1006"],
  );
});

Deno.test("[P32] an exception in the service is a problem of the link, which stays", async () => {
  const { link, take, said } = await ready();
  const owner = { fails: true };
  Object.defineProperty(said, "push", {
    value: (text: string) => {
      if (owner.fails) throw new Error("out of order");
      said[said.length] = text;
    },
  });

  take(STATE);
  owner.fails = false;
  take(STATE);

  match(link.errors[0]?.text ?? "", /^failed: .*out of order/);
  deepEqual(said, ["PresenceState"]);
});

Deno.test("[P36] a link counts its messages, and the trace has the type and API of each", async () => {
  const { link, take, trace } = await ready();
  const before = { ...link.counts };
  const after = trace.entries().length;

  take(STATE);
  link.send({ mt: "Hello", api: "PbxSignal" });
  link.send({ mt: "KeepAlive" });
  link.message("no JSON");

  deepEqual(link.counts, {
    received: before.received + 2,
    sent: before.sent + 2,
    problems: before.problems + 1,
  });
  deepEqual(
    trace.entries({ after }).map(({ direction, mt, api, link }) =>
      [direction, mt, api, link].join(" ")
    ),
    [
      "in PresenceState PbxApi example.com/master/widgets",
      "out Hello PbxSignal example.com/master/widgets",
      "out KeepAlive  example.com/master/widgets",
      "in   example.com/master/widgets",
    ],
  );
});

Deno.test("[P33] a link without the name of its App object in the login is named by its SIP-ID", async () => {
  const room = open();
  const { link, take, sent } = room;
  take({ mt: "AppChallenge" });
  const members = { app: "", domain: "", sip: "widgets", guid: "", dn: "" };
  const digest = loginDigest(members, undefined, {
    challenge: String(sent[0]?.challenge),
    password: WIDGETS.password,
  });
  take({ mt: "AppLogin", sip: "widgets", digest });
  await turns(1);
  take(PBX_INFO);

  equal(link.claim, "//widgets");
  equal(link.key, "example.com/master/widgets");
});

Deno.test("[P14] a login without an App password on our side is rejected, with the reason as a problem", async () => {
  const { link, take, sent, said } = open({ password: "" });
  take({ mt: "AppChallenge" });

  take(appLogin(String(sent[0]?.challenge), WIDGETS));
  await turns(1);

  equal(link.claim, "example.com/master/widgets");
  deepEqual(link.errors.map(({ text }) => text), [
    "no App password is set",
    "digest does not match",
  ]);
  deepEqual(said, ["refused", "close 1008 login refused", "closed"]);
});
