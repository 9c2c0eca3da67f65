import { deepEqual, rejects } from "node:assert/strict";
import type {
  AgentFinder,
  AgentMatches,
  AgentQuery,
} from "@/lib/contact/ports.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { AgentSearch } from "./agent_search.ts";

const never = new AbortController().signal;

Deno.test("[ACC16] search results list desk agents first, then PBX agents, page by page", async () => {
  using store = await memoryStore();
  const desk = new Bank("ada", "ben");
  const pbx = new Bank("cem", "dora", "eva");
  const search = searchOf(store, desk, pbx);

  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await search.find("", after, never);
    found.push(...page.agents.map((a) => `${a.source} ${a.address}`));
    after = page.next;
  } while (after !== undefined);

  deepEqual(found, [
    "desk ada",
    "desk ben",
    "pbx cem",
    "pbx dora",
    "pbx eva",
  ]);
});

Deno.test("an address that belongs to a desk account isn't offered as a PBX agent", async () => {
  using store = await memoryStore();
  const content = {
    name: "ada",
    displayName: "Ada",
    roles: ["agent" as const],
  };
  await store.accounts.create(content, "hash");
  const search = searchOf(store, new Bank("ada"), new Bank("Ada", "cem"));

  const { agents } = await search.find("", undefined, never);
  const next = await search.find("", "pbx:1", never);

  deepEqual(
    [...agents, ...next.agents].map((a) => [a.source, a.address]),
    [["desk", "ada"], ["pbx", "cem"]],
  );
});

Deno.test("[ACC14] a desk agent is found with the account's picture", async () => {
  using store = await memoryStore();
  const content = { name: "ada", displayName: "Ada", roles: [] };
  const made = await store.accounts.create(content, "hash");
  const picture = await store.pictures.put("image/png", new Uint8Array([1]));
  const id = made.ok ? made.value.value.id : "";
  await store.ownAccounts.save(id, { what: "picture", picture });
  const search = searchOf(store, new Bank("ada", "ben"));

  const first = await search.find("", undefined, never);
  const second = await search.find("", first.next, never);

  deepEqual(
    [...first.agents, ...second.agents]
      .map(({ address, picture }) => [address, picture]),
    [["ada", picture], ["ben", undefined]],
  );
});

Deno.test("a PBX's notice is passed on, and without a PBX there is none", async () => {
  using store = await memoryStore();
  const offline = { search: () => reply({ agents: [], notice: "offline" }) };
  const noSearch = { search: () => reply({ agents: [], notice: "no-search" }) };

  const pages = await Promise.all([
    searchOf(store, new Bank()).find("", undefined, never),
    searchOf(store, new Bank(), offline).find("", undefined, never),
    searchOf(store, new Bank(), noSearch).find("", undefined, never),
  ]);

  deepEqual(pages, [
    { agents: [] },
    { agents: [], notice: "pbx-offline" },
    { agents: [], notice: "pbx-no-search" },
  ]);
});

Deno.test("[ACC16] a PBX that doesn't answer in time counts as offline", async () => {
  using store = await memoryStore();
  const silent = new SilentBank();
  const search = searchOf(store, new Bank("ada"), silent);

  const finding = search.find("", undefined, never);
  await silent.asked;
  store.clock.advance(5_000);

  deepEqual((await finding).notice, "pbx-offline");
  deepEqual((await finding).agents.map((a) => a.address), ["ada"]);
});

Deno.test("an aborted search rejects", async () => {
  using store = await memoryStore();
  const silent = new SilentBank();
  const leave = new AbortController();

  const finding = searchOf(store, new Bank(), silent)
    .find("", undefined, leave.signal);
  await silent.asked;
  leave.abort();

  await rejects(finding, { name: "AbortError" });
});

/** A bank whose pages have one agent each. */
class Bank {
  readonly #addresses: string[];

  constructor(...addresses: string[]) {
    this.#addresses = addresses;
  }

  search({ after }: AgentQuery): Promise<AgentMatches> {
    const at = Number(after ?? 0);
    const address = this.#addresses[at];
    if (address === undefined) return reply({ agents: [] });
    const agents = [{ address, name: address, email: "" }];
    const isLast = at + 1 === this.#addresses.length;
    return reply(isLast ? { agents } : { agents, next: `${at + 1}` });
  }
}

class SilentBank {
  readonly #asked = Promise.withResolvers<void>();
  readonly asked = this.#asked.promise;

  search(_: AgentQuery, signal: AbortSignal): Promise<AgentMatches> {
    this.#asked.resolve();
    return new Promise((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason))
    );
  }
}

function reply(page: AgentMatches): Promise<AgentMatches> {
  return Promise.resolve(page);
}

function searchOf(
  { accounts, clock }: Awaited<ReturnType<typeof memoryStore>>,
  desk: AgentFinder,
  pbx?: AgentFinder,
): AgentSearch {
  return new AgentSearch({ desk, ...pbx && { pbx }, accounts, clock });
}
