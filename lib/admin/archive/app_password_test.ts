import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newContent } from "@/lib/model/widget.ts";
import type { Store } from "@/lib/store/open.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import type { StoredAppPassword } from "./app_password.ts";
import { exportLines } from "./export.ts";
import { Import } from "./import.ts";
import type { PushKey, StoredPushKey } from "./push_key.ts";
import { reportText } from "./report.ts";

const passphrase = "a long passphrase";
const uuid = "a".repeat(32);

Deno.test("the App password is exported only with a passphrase, and encrypted", async () => {
  using store = await memoryStore();
  const appPassword = new FakePassword("s3cret of the PBX");

  const sealed = await archiveOf(store, { appPassword, passphrase });
  const open = await archiveOf(store, { appPassword });

  ok(sealed.includes('"secrets"') && !sealed.includes("s3cret"));
  ok(!open.includes('"secrets"') && !open.includes("s3cret"));
  const empty = new FakePassword(undefined);
  const done = await bring(store, sealed, { appPassword: empty, passphrase });
  equal(empty.value, "s3cret of the PBX");
  equal(done.counts["app password"].added, 1);
});

Deno.test("an import keeps the store's own App password and reports it", async () => {
  using store = await memoryStore();
  const sealed = await archiveOf(store, {
    appPassword: new FakePassword("theirs"),
    passphrase,
  });
  const [own, same] = [new FakePassword("own"), new FakePassword("theirs")];

  const other = await bring(store, sealed, { appPassword: own, passphrase });
  const equalOne = await bring(store, sealed, {
    appPassword: same,
    passphrase,
  });

  equal(own.value, "own");
  deepEqual(other.refused, [
    "app password of the PBX: another one is stored here",
  ]);
  equal(equalOne.counts["app password"].kept, 1);
});

Deno.test("the key of push notifications is exported encrypted, and an import keeps the store's own one", async () => {
  using store = await memoryStore();
  const [theirs, own] = [{ x: "1", y: "2", d: "s3cret" }, {
    x: "3",
    y: "4",
    d: "5",
  }];
  const keyOf = (value: PushKey | undefined) => ({
    value,
    get() {
      return Promise.resolve(this.value);
    },
    set(key: PushKey) {
      this.value = key;
      return Promise.resolve();
    },
  });

  const sealed = await archiveOf(store, { pushKey: keyOf(theirs), passphrase });
  const open = await archiveOf(store, { pushKey: keyOf(theirs) });
  const [empty, same, other] = [keyOf(undefined), keyOf(theirs), keyOf(own)];
  const reports = [];
  for (const pushKey of [empty, same, other]) {
    reports.push(await bring(store, sealed, { pushKey, passphrase }));
  }

  ok(!sealed.includes("s3cret") && !open.includes("s3cret"));
  deepEqual([empty.value, other.value], [theirs, own]);
  deepEqual(
    reports.map(({ counts, refused }) => [
      ...[counts["push key"].added, counts["push key"].kept, refused],
    ]),
    [
      [1, 0, []],
      [0, 1, []],
      [0, 0, ["push key of notifications: another one is stored here"]],
    ],
  );
});

Deno.test("without the passphrase an archive's secrets stay encrypted, and the import reports it", async () => {
  using store = await memoryStore();
  const sealed = await archiveOf(store, {
    appPassword: new FakePassword("theirs"),
    passphrase,
  });
  const empty = new FakePassword(undefined);

  const done = await bring(store, sealed, { appPassword: empty });

  equal(empty.value, undefined);
  deepEqual(done.refused, ["secrets: CW_PASSPHRASE opens them"]);
});

Deno.test("a plan names each widget and account that is new or differs, and the differences", async () => {
  using from = await memoryStore();
  using to = await memoryStore();
  const ada = { name: "ada", displayName: "Ada", roles: ["admin" as const] };
  const made = await from.accounts.createFirst(ada, "hash");
  ok(made.ok);
  await from.widgets.create("sidebar", newContent("Shop", "en"), uuid);
  const text = await archiveOf(from, {});
  const toStore = new Import(to, { source: () => ReadableStream.from([text]) });

  const fresh = await toStore.run();
  const current = await to.widgets.get(uuid);
  const changed = { ...newContent("Store", "en"), consent: "May we?" };
  await to.widgets.save(uuid, current?.revision ?? "", changed);
  const account = await to.accounts.getByName("ada");
  await to.accounts.save(account?.value.id ?? "", account?.revision ?? "", {
    ...ada,
    displayName: "Augusta Ada",
  });
  const plan = await toStore.plan();

  deepEqual(fresh.ok && fresh.value.differences, [
    "new account: ada",
    "new widget: Shop",
  ]);
  deepEqual(plan.ok && plan.value.differences, [
    "account ada differs in: displayName",
    "widget Shop differs in: name, consent",
  ]);
  ok(plan.ok);
  match(reportText(plan.value), /^widget Shop differs in: name, consent$/m);
  const many = Array.from({ length: 203 }, (_, n) => `new widget: ${n}`);
  match(
    reportText({ ...plan.value, differences: many }),
    /^new widget: 199\nand 3 more$/m,
  );
});

class FakePassword implements StoredAppPassword {
  value: string | undefined;

  constructor(value: string | undefined) {
    this.value = value;
  }

  get(): Promise<string | undefined> {
    return Promise.resolve(this.value);
  }

  set(password: string): Promise<void> {
    this.value = password;
    return Promise.resolve();
  }
}

interface Secret {
  appPassword?: StoredAppPassword;
  pushKey?: StoredPushKey;
  passphrase?: string;
}

async function archiveOf(
  store: Awaited<ReturnType<typeof memoryStore>>,
  secret: Secret,
): Promise<string> {
  const lines = exportLines(store, { clock: store.clock, ...secret });
  return (await Array.fromAsync(lines)).join("");
}

async function bring(store: Store, text: string, secret: Secret) {
  const source = () => ReadableStream.from([text]);
  const done = await new Import(store, { source, ...secret }).run();
  if (!done.ok) throw new Error(done.error.why);
  return done.value;
}
