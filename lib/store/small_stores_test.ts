import { deepEqual, equal } from "node:assert/strict";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { SignInPlaceStore } from "./sign_in_place_store.ts";

eachEngine(
  "an agent's last presence is stored until it is deleted",
  async (engine) => {
    await using store = await storeOn(engine);
    const { presences } = store;
    const ada = { address: "ada", presence: "online", since: 1 } as const;
    const ben = { address: "ben", presence: "busy", since: 2 } as const;

    await presences.set(ada);
    await presences.set(ben);
    const both = await presences.list();
    await presences.set({ ...ada, presence: "away", since: 3 });
    await presences.delete("ben");

    deepEqual(both, [ada, ben]);
    deepEqual(await presences.get("ada"), {
      address: "ada",
      presence: "away",
      since: 3,
    });
    equal(await presences.get("ben"), undefined);
    equal((await presences.list()).length, 1);
  },
);

eachEngine(
  "a sign-in address is remembered for 180 days, as a hash only",
  async (engine) => {
    await using kv = await kvOn(engine);
    const places = new SignInPlaceStore(kv);
    const expiries: (number | undefined)[] = [];
    const { set } = kv;
    kv.set = (key, value, options) => {
      expiries.push(options?.expireIn);
      return set.call(kv, key, value, options);
    };

    const before = await places.has("ada", "192.0.2.0/24");
    await places.add("ada", "192.0.2.0/24");

    equal(before, false);
    equal(await places.has("ada", "192.0.2.0/24"), true);
    equal(await places.has("ben", "192.0.2.0/24"), false);
    equal(await places.has("ada", "198.51.100.0/24"), false);
    deepEqual(expiries, [180 * 24 * 3_600_000]);
    const all = await Array.fromAsync(kv.list({ prefix: [] }));
    equal(/ada|192/.test(all.map(({ key }) => key.join("/")).join()), false);
  },
);
