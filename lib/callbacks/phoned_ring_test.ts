import { deepEqual, equal } from "node:assert/strict";
import type { TellPresence } from "@/lib/model/presence.ts";
import { PhonedRing } from "./phoned_ring.ts";
import type { PhoneEvent, PhoneRequest } from "./phones.ts";

/** A ring at one agent, who has a Boolean object. */
function ringAt({ claims = true, hasPbx = true } = {}) {
  const tells = new Map<string, TellPresence>();
  const sent: string[] = [];
  let tell: (event: PhoneEvent) => void = () => {};
  const claimed = Promise.withResolvers<boolean>();
  const ring = new PhonedRing({
    number: "+4970317300",
    visitor: { name: "Ada", widget: { uuid: "w", name: "Shop" }, lang: "en" },
    rung: [{ address: "atlantis", name: "Atlantis", boolean: "office" }],
    phones: {
      watch(address, tell) {
        tells.set(address, tell);
        tell("offline");
        return { [Symbol.dispose]: () => void tells.delete(address) };
      },
      callBack({ address }: PhoneRequest, told) {
        sent.push(`call ${address}`);
        tell = told;
        if (!hasPbx) return undefined;
        return {
          send: (command) =>
            void sent.push(
              command.type === "connect" ? "connect" : `end ${command.cause}`,
            ),
        };
      },
    },
    mayRing: () => Promise.resolve(true),
    claim: async ({ name }) => {
      sent.push(`claim ${name}`);
      return await claimed.promise && claims;
    },
    failed: ({ address }) => sent.push(`failed ${address}`),
    onError: (error) => sent.push(String(error)),
  });
  return {
    ...{ ring, sent, tells, claimed },
    tell: (event: PhoneEvent) => tell(event),
    async show(address: string, ...shown: Parameters<TellPresence>) {
      tells.get(address)?.(...shown);
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

/** Lets everything happen that waits for no one. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

Deno.test("[DUE10] the phone of an agent rings only while the Boolean object is on, and once", async () => {
  const { sent, show, ring } = ringAt();
  await show("atlantis", "online");
  const off = [...sent];

  await show("office", "online");
  await show("atlantis", "busy");
  await show("atlantis", "online");

  deepEqual(off, []);
  deepEqual(sent, ["call atlantis"]);
  ring[Symbol.dispose]();
});

Deno.test("[DUE10] a ring that ends stops the phone and watches nobody any more", async () => {
  const { sent, show, ring, tells } = ringAt();
  await show("office", "online");
  await show("atlantis", "online");

  ring[Symbol.dispose]();

  deepEqual(sent, ["call atlantis", "end 16"]);
  equal(tells.size, 0);
});

Deno.test("[DUE10] an agent who hangs up before the number is called has missed the ring", async () => {
  const { sent, show, ring, tell, claimed } = ringAt();
  await show("office", "online");
  await show("atlantis", "online");

  tell({ type: "answered", name: "Ms Smith" });
  ring[Symbol.dispose](); // The ring is over as soon as it is stored.
  tell({ type: "ended", wasCalled: false });
  claimed.resolve(true);
  await settled();

  deepEqual(sent, ["call atlantis", "claim Ms Smith", "failed atlantis"]);
});

Deno.test("[DUE10] the end of a call that was placed, or may have been, changes nothing", async () => {
  const { sent, show, tell, claimed } = ringAt();
  await show("office", "online");
  await show("atlantis", "online");
  tell({ type: "answered" });
  claimed.resolve(true);
  await settled();

  tell({ type: "ended", wasCalled: true });

  deepEqual(sent, ["call atlantis", "claim Atlantis", "connect"]);
});

Deno.test("[DUE10] a phone that no PBX can call misses nothing", async () => {
  const { sent, show } = ringAt({ hasPbx: false });
  await show("office", "online");

  await show("atlantis", "online");

  deepEqual(sent, ["call atlantis"]);
});
