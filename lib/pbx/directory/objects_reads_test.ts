import { deepEqual, equal } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { Heard } from "@/tests/support/heard.ts";
import { facility, isJson } from "@/tests/support/simulated_pbx/messages.ts";
import { InMemory, turns } from "@/tests/support/simulated_pbx/in_memory.ts";
import type { SimulatedPbx } from "@/tests/support/simulated_pbx/simulated_pbx.ts";

const never = new AbortController().signal;
const OPEN = { name: "open", on: true };
const CLOSED = { name: "closed", on: false };

/** The addresses of Booleans whose changes the service has asked for. */
function dialogs(pbx: SimulatedPbx): unknown[] {
  return pbx.received.flatMap(({ sig }) =>
    isJson(sig) && facility(sig, "dialog_info_subscribe") ? sig.cd : []
  );
}

/** The signals of the service for its first dialog. */
function signalsOf(pbx: SimulatedPbx): unknown[] {
  const first = pbx.received.find(({ sig }) =>
    isJson(sig) && facility(sig, "dialog_info_subscribe") !== undefined
  );
  return pbx.received.flatMap(({ call, sig }) =>
    call === first?.call && isJson(sig) ? { type: sig.type, cau: sig.cau } : []
  ).slice(1);
}

async function watched(setup: InMemory, pbx: SimulatedPbx, address = "open") {
  const heard = new Heard<Presence>();
  const watching = setup.bank.watch(address, heard.tell);
  await turns();
  setup.clock.advance(60_000);
  await turns();
  equal(dialogs(pbx).length, 1);
  return { heard, watching };
}

Deno.test("[P39] changes are asked for once, and only of Booleans that are watched", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ booleans: [OPEN, CLOSED] });
  await watched(setup, pbx);

  for (let n = 0; n < 5; n++) {
    setup.clock.advance(5_000);
    await turns();
  }

  deepEqual(dialogs(pbx), [{ sip: "open" }]);
});

Deno.test("[P39] watched objects are read every five seconds, however often they were told to have changed", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ booleans: [OPEN] });
  await watched(setup, pbx);
  for (let n = 0; n < 4; n++) {
    pbx.setBoolean("open", n % 2 === 0);
    await turns();
  }
  const before = pbx.count("GetBooleans");

  for (let n = 0; n < 24; n++) {
    setup.clock.advance(5_000);
    await turns();
  }

  equal(pbx.count("GetBooleans"), before + 24);
});

Deno.test("[P39] changes during a read lead to one more read after it", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ booleans: [OPEN] });
  const { heard } = await watched(setup, pbx);
  const before = pbx.count("GetBooleans");
  pbx.silent.add("GetBooleans");

  for (const on of [false, true, false]) pbx.setBoolean("open", on);
  await turns();
  equal(pbx.count("GetBooleans"), before + 1);
  pbx.silent.clear();
  setup.clock.advance(10_000); // The first read gets no answer.
  await turns();

  equal(pbx.count("GetBooleans"), before + 2);
  equal(heard.all.at(-1), "offline");
});

Deno.test("[P39] the PBX's end of a dialog is answered only if it asks for that", async () => {
  for (const type of ["disc", "rel"]) {
    using setup = new InMemory();
    const pbx = await setup.linked({ booleans: [OPEN] });
    await watched(setup, pbx);
    const { call } = pbx.received.findLast(({ mt }) => mt === "Signaling") ??
      {};
    const end = { api: "PbxSignal", mt: "Signaling", call, sig: { type } };

    pbx.raw(end);
    pbx.raw(end);
    await turns();

    deepEqual(
      signalsOf(pbx),
      type === "disc" ? [{ type: "rel", cau: undefined }] : [],
    );
  }
});

Deno.test("[P39] a dialog ends with the right to read objects, once", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ booleans: [OPEN] });
  await watched(setup, pbx);
  const { domain, pbx: name } = pbx.options;
  const apis = ["PbxSignal", "PbxApi"];
  const before = pbx.count("GetBooleans");

  pbx.raw({ mt: "PbxInfo", domain, pbx: name, apis });
  await turns();
  setup.clock.advance(60_000);
  await turns();

  deepEqual(signalsOf(pbx), [{ type: "rel", cau: { num: 16 } }]);
  equal(pbx.count("GetBooleans"), before);
});

Deno.test("[P44] a queue that a search finds first is reachable immediately", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ queues: [] });
  const heard = new Heard<Presence>();
  setup.bank.watch("q.help", heard.tell);
  await turns();
  pbx.options.queues.push({ sip: "q.help", name: "Help queue" });
  setup.clock.advance(900_000);
  await turns();
  const search = () => setup.bank.search({ text: "", limit: 5 }, never);

  await search();
  await turns();
  equal(heard.all.at(-1), "online");
  const before = pbx.count("GetBooleans");
  await search();
  await turns();

  equal(pbx.count("GetBooleans"), before, "the list is known");
});

Deno.test("[P44] the SIP-ID of a queue is read once, and only if the queue has a GUID", async () => {
  using setup = new InMemory();
  const pbx = setup.pbx({ queues: [{ sip: "q.sales", name: "Sales" }] });
  pbx.distort = (answer) =>
    answer.mt === "GetPseudoObjectsResult" && Array.isArray(answer.objects)
      ? [{ ...answer, objects: [...answer.objects, { cn: "help" }] }]
      : [answer];
  await pbx.connect();
  await turns();
  setup.clock.advance(900_000);

  const { agents } = await setup.bank.search({ text: "", limit: 5 }, never);

  deepEqual(agents.map(({ address }) => address), ["help", "q.sales"]);
  equal(pbx.count("GetObject"), 1);
});

Deno.test("[P39] a group that nobody watched for a while isn't shown as it was before", async () => {
  using setup = new InMemory();
  const members = [{ sip: "a", active: true }];
  const pbx = await setup.linked({ groups: [{ name: "support", members }] });
  const first = new Heard<Presence>();
  const watching = setup.bank.watch("support", first.tell);
  await first.until((presence) => presence === "online");
  watching[Symbol.dispose]();
  setup.clock.advance(120_000);
  await turns();
  setup.clock.advance(60_000);
  await turns();

  pbx.silent.add("GetGroup");
  const second = new Heard<Presence>();
  setup.bank.watch("support", second.tell);

  deepEqual(second.all, ["offline"]);
});
