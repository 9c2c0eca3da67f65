import * as v from "valibot";
import { AGENT_LIMITS, BankName } from "./agent_messages.ts";

// A search for agents at another instance: one pipe, one answer.

const Name = v.pipe(v.string(), v.maxLength(AGENT_LIMITS.nameLength));
const Limit = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(1),
  v.maxValue(AGENT_LIMITS.matches),
);

export const QueryMessage = v.object({
  text: Name,
  after: v.exactOptional(Name),
  limit: Limit,
});

export const SearchOpening = v.object({
  open: v.literal("search"),
  bank: BankName,
  query: QueryMessage,
});
export type SearchOpening = v.InferOutput<typeof SearchOpening>;

/** The answer to a search; an empty one if the bank could not search. */
export const MatchesMessage = v.object({
  agents: v.pipe(
    v.array(v.object({
      address: Name,
      name: Name,
      email: Name,
      untested: v.exactOptional(v.literal(true)),
    })),
    v.maxLength(AGENT_LIMITS.matches),
  ),
  next: v.exactOptional(Name),
  notice: v.exactOptional(v.picklist(["offline", "no-search"])),
});
