import { Hub } from "@/lib/base/hub.ts";
import { PROGRAM } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { OwnAccount } from "@/lib/admin/own_account.ts";
import { People } from "@/lib/admin/people.ts";
import { Pictures } from "@/lib/admin/pictures.ts";
import { Sessions } from "@/lib/admin/sessions.ts";
import { SignIn } from "@/lib/admin/sign_in.ts";
import { memoryStore } from "./temporary_store.ts";

/** The password that {@linkcode openOffice} gives to new users. */
export const GIVEN = "given by an admin";
/** The address from which passwords are changed. */
export const ADDRESS = "192.0.2.7";

/** Opens accounts on a store in memory, with every class that can change
 * them. */
export async function openOffice() {
  const store = await memoryStore();
  const hub = new Hub<Topics>();
  const heard: string[] = [];
  const counted: string[] = [];
  hub.on("signed-out", () => heard.push("signed-out"));
  const { accounts, clock } = store;
  const sessions = new Sessions({ sessions: store.sessions, accounts, hub });
  const people = new People({ accounts, sessions, hub });
  const counters = {
    count: (name: string, labels: Record<string, string> = {}) =>
      void counted.push([name, ...Object.values(labels)].join(" ")),
  };
  const signIn = new SignIn({
    accounts,
    places: store.signInPlaces,
    clock,
    counters,
  });
  type Ending = ConstructorParameters<typeof OwnAccount>[0]["sessions"];
  const ownWith = (sessions: Ending) =>
    new OwnAccount({ accounts: store.ownAccounts, signIn, sessions, hub });
  const own = ownWith(sessions);
  const pictures = new Pictures(store);
  async function person(id: string) {
    const stored = await accounts.get(id);
    if (stored === undefined) throw new Error("no account");
    return { revision: stored.revision, ...stored.value };
  }
  return {
    ...{ store, sessions, people, signIn, own, pictures, heard, counted },
    person,
    /** Returns the own account with other sessions, such as failing ones. */
    ownWith,
    /** Adds an agent whose password an administrator has set. */
    async add(name: string, password = GIVEN) {
      const content = { name, displayName: name, roles: ["agent" as const] };
      const made = await people.create({ ...content, password }, PROGRAM);
      if (!made.ok) throw new Error(made.error.reason);
      clock.advance(1); // Gives the audit log an order.
      return made.value;
    },
    isMarked: async (id: string) =>
      (await person(id)).mustChangePassword === true,
    async change(
      id: string,
      current: string,
      password: string,
      token?: string,
    ) {
      const session = token ?? await sessions.open(id);
      const change = { current, password, address: ADDRESS, token: session };
      return await own.changePassword(await person(id), change);
    },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}
