import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import type { AgentMatches } from "@/lib/contact/ports.ts";
import { ADDRESS_LENGTH_MAX } from "@/lib/model/address.ts";
import { addressOf } from "../address.ts";
import { decodeMessage } from "../link/envelope.ts";
import type { PbxLink } from "../link/pbx_link.ts";
import { LIMITS } from "../limits.ts";

export type Found = AgentMatches["agents"][number];

const PAGE = 20; // The maximum of SearchUsers (SDK: PbxAdminApi).

const text = v.exactOptional(v.string(), "");

const User = v.object({
  cn: text,
  dn: text,
  guid: text,
  h323: text,
  emails: v.exactOptional(v.fallback(v.array(v.unknown()), []), []),
});
type User = v.InferOutput<typeof User>;

const SearchUsersResult = v.object({
  user: v.exactOptional(
    v.array(v.fallback(v.nullable(User), null)),
    [],
  ),
});

/**
 * The users of one PBX. SearchUsers doesn't search: it returns the next twenty
 * from a position in the sorted list. So this class reads the whole list,
 * caches it for a short time and searches in it.
 */
export class Users {
  readonly #link: PbxLink;
  readonly #clock: Clock;
  readonly #domain: string;
  #list: Promise<Found[]> | undefined;
  #readAt = 0;

  /** @param domain Completes email addresses without a domain. */
  constructor(link: PbxLink, clock: Clock, domain: string) {
    this.#link = link;
    this.#clock = clock;
    this.#domain = domain;
  }

  /** Returns all users; concurrent calls share one list. Never rejects. */
  all(): Promise<Found[]> {
    const age = this.#clock.now() - this.#readAt;
    if (this.#list === undefined || age > LIMITS.directoryMs) {
      this.#readAt = this.#clock.now();
      this.#list = this.#read();
    }
    return this.#list;
  }

  async #read(): Promise<Found[]> {
    const users = new Map<string, Found>();
    let from = "";
    while (users.size < LIMITS.users) {
      const page = await this.#page(from);
      const before = users.size;
      for (const user of page ?? []) {
        const found = foundUser(user, this.#domain);
        if (found) users.set(user.guid || found.address, found);
      }
      const last = page?.at(-1)?.cn;
      // A page without new users is the end, or the PBX does not continue.
      if (last === undefined || users.size === before) break;
      from = last;
    }
    return [...users.values()];
  }

  async #page(cn: string): Promise<User[] | undefined> {
    const answer = await this.#link.request({
      api: "PbxAdminApi",
      mt: "SearchUsers",
      cn,
      limit: PAGE,
      includeMatch: true, // Two users may have the same name.
    });
    if (!answer.ok) {
      this.#list = undefined; // An incomplete list must not be cached.
      return undefined;
    }
    const page = decodeMessage(SearchUsersResult, answer.value, this.#link);
    return page?.user.filter((user) => user !== null);
  }
}

/** The agent's address is the SIP-ID; an object without one cannot be
 * dialled. */
function foundUser(
  { h323, dn, cn, emails }: User,
  domain: string,
): Found | undefined {
  const sipId = h323.trim();
  const address = addressOf(sipId);
  if (sipId === "" || address.length > ADDRESS_LENGTH_MAX) return undefined;
  return { address, name: dn || cn || sipId, email: emailOf(emails, domain) };
}

/**
 * Returns the first email entry, with a domain. An entry that is also the
 * user's name has no domain, so the PBX's domain is added. INFERRED: an entry
 * is a string, or an object that contains it.
 */
function emailOf(emails: readonly unknown[], domain: string): string {
  const Entry = v.union([
    v.string(),
    v.pipe(v.object({ email: v.string() }), v.transform(({ email }) => email)),
  ]);
  const entries = emails.filter((entry) => v.is(Entry, entry))
    .map((entry) => v.parse(Entry, entry).trim())
    .filter((entry) => entry !== "");
  const [first] = entries;
  return entries.find((entry) => entry.includes("@")) ??
    (first === undefined ? "" : `${first}@${domain}`);
}
