import * as v from "valibot";
import type { AgentMatches, AgentQuery } from "@/lib/contact/ports.ts";
import type { BankName } from "./agent_messages.ts";
import type { Pipes } from "./pipes.ts";
import { MatchesMessage, type SearchOpening } from "./search_messages.ts";

const OFFLINE: AgentMatches = { agents: [], notice: "offline" };

/** Searches at another instance. An instance that does not answer counts as
 * offline. Rejects with an AbortError as soon as `signal` is aborted. */
export function searchRemote(
  query: AgentQuery,
  signal: AbortSignal,
  { pipes, to, bank, onBadMessage }: {
    pipes: Pick<Pipes, "open">;
    to: string;
    bank: BankName;
    onBadMessage(): void;
  },
): Promise<AgentMatches> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () => {
      pipe.close();
      reject(signal.reason);
    };
    const answer = (matches: AgentMatches) => {
      signal.removeEventListener("abort", abort);
      pipe.close();
      resolve(matches);
    };
    const pipe = pipes.open(to, {
      message(message) {
        const read = v.safeParse(MatchesMessage, message);
        if (!read.success) onBadMessage();
        answer(read.success ? read.output : OFFLINE);
      },
      broken: () => answer(OFFLINE),
    });
    const opening: SearchOpening = { open: "search", bank, query };
    pipe.send(opening);
    signal.addEventListener("abort", abort, { once: true });
  });
}
